import { Writable, type WritableOptions } from 'node:stream';

/** A destination that takes one chunk at a time. */
export class SlowDestination<Chunk> extends Writable {
  readonly taken: Chunk[] = [];
  private done: (() => void) | null = null;

  constructor(options: WritableOptions) {
    super({ ...options, highWaterMark: 1 });
  }

  override _write(chunk: Chunk, _encoding: BufferEncoding, done: () => void): void {
    this.taken.push(chunk);
    this.done = done;
  }

  goOn(): void {
    const { done } = this;
    this.done = null;
    done?.();
  }
}
