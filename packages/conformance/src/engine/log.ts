/**
 * What went over the wire, for people to read: the first entries and the last, with payloads cut
 * short. Entries are only put into words in the end, since most cases are never looked at.
 */
import type { FrameSpec } from '../model/case';

export type Sender = 'suite' | 'endpoint';

export interface LogEntry {
  /** Milliseconds since the connection was begun. */
  readonly at: number;
  /** Undefined for what is not on the wire. */
  readonly from: Sender | undefined;
  /** `TEXT, 13 octets`, or what happened. */
  readonly what: string;
  /** The first octets in hexadecimal. */
  readonly hex: string;
  /** The same as text. */
  readonly text: string;
}

interface Raw {
  readonly at: number;
  readonly from: Sender | undefined;
  readonly what: string | FrameSpec;
  readonly octets: Buffer | undefined;
}

const FIRST = 24;
const LAST = 12;
const SHOWN_OCTETS = 48;
const SHOWN_HEAD = 1_024;
const OPCODES: Readonly<Record<number, string>> = {
  0: 'CONTINUATION',
  1: 'TEXT',
  2: 'BINARY',
  8: 'CLOSE',
  9: 'PING',
  10: 'PONG',
};

export class WireLog {
  readonly #began = performance.now();
  readonly #first: Raw[] = [];
  readonly #last: Raw[] = [];
  #omitted = 0;

  frame(from: Sender, frame: FrameSpec): void {
    this.#add({ at: this.#now(), from, what: frame, octets: frame.payload });
  }

  octets(from: Sender, what: string, octets: Buffer): void {
    this.#add({ at: this.#now(), from, what, octets });
  }

  note(what: string): void {
    this.#add({ at: this.#now(), from: undefined, what, octets: undefined });
  }

  entries(): LogEntry[] {
    const omitted = `${this.#omitted} entries left out`;
    const gap = { at: this.#last[0]?.at ?? 0, from: undefined, what: omitted, octets: undefined };
    return [...this.#first, ...(this.#omitted > 0 ? [gap] : []), ...this.#last].map(inWords);
  }

  #now(): number {
    return Math.round((performance.now() - this.#began) * 10) / 10;
  }

  #add(raw: Raw): void {
    if (this.#first.length < FIRST) {
      this.#first.push(raw);
      return;
    }
    this.#last.push(raw);
    if (this.#last.length <= LAST) return;
    this.#last.shift();
    this.#omitted += 1;
  }
}

function inWords({ at, from, what, octets = Buffer.alloc(0) }: Raw): LogEntry {
  const [words, limit] = typeof what === 'string' ? [what, SHOWN_HEAD] : [frameInWords(what), SHOWN_OCTETS];
  const shown = octets.subarray(0, limit);
  const cut = octets.length > limit ? ' …' : '';
  const hex = typeof what === 'string' ? '' : `${shown.toString('hex')}${cut}`;
  return { at, from, what: words, hex, text: `${printable(shown)}${cut}` };
}

function frameInWords({ opcode, fin, rsv, payload }: FrameSpec): string {
  const name = OPCODES[opcode] ?? `OPCODE ${opcode}`;
  const code = opcode === 8 && payload.length >= 2 ? ` ${payload.readUInt16BE(0)}` : '';
  const flags = `${fin ? '' : ', not final'}${rsv === 0 ? '' : `, reserved bits ${rsv}`}`;
  return `${name}${code}${flags}, ${payload.length} octet${payload.length === 1 ? '' : 's'}`;
}

/** What cannot be printed becomes a dot; line ends stay. */
function printable(octets: Buffer): string {
  return octets.toString('utf8').replace(/[^\P{C}\n]|\uFFFD/gu, '·');
}
