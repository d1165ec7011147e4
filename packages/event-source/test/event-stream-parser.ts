/** What a client makes of an event stream: HTML §9.2.6, by the letter, and as slow as that. */
export interface ParsedEvent {
  readonly type: string;
  readonly data: string;
  readonly lastEventId: string;
}

export class EventStreamParser {
  readonly events: ParsedEvent[] = [];
  readonly comments: string[] = [];
  /** In milliseconds; null: nothing was said of it. */
  retry: number | null = null;
  lastEventId = '';
  private readonly decoder = new TextDecoder();
  private rest = '';
  private type = '';
  private data = '';

  /** Takes bytes of the stream, cut anywhere. */
  push(bytes: Uint8Array): this {
    this.rest += this.decoder.decode(bytes, { stream: true });
    for (;;) {
      // A CR at the end may be half of a line's end.
      const end = /\r\n|\n|\r(?!$)/.exec(this.rest);
      if (end === null) return this;
      const line = this.rest.slice(0, end.index);
      this.rest = this.rest.slice(end.index + end[0].length);
      this.takeLine(line);
    }
  }

  private takeLine(line: string): void {
    if (line === '') this.dispatch();
    else if (line.startsWith(':')) this.comments.push(line.slice(1));
    else {
      const [, name, value = ''] = /^([^:]*)(?:: ?([^]*))?$/.exec(line)!;
      this.takeField(name, value);
    }
  }

  private takeField(name: string, value: string): void {
    if (name === 'event') this.type = value;
    else if (name === 'data') this.data += `${value}\n`;
    else if (name === 'id' && !value.includes('\0')) this.lastEventId = value;
    else if (name === 'retry' && /^\d+$/.test(value)) this.retry = Number(value);
  }

  private dispatch(): void {
    const { type, data, lastEventId } = this;
    this.type = this.data = '';
    if (data === '') return;
    this.events.push({ type: type || 'message', data: data.slice(0, -1), lastEventId });
  }
}
