/**
 * What went over the wire, for people to read: the first entries and the last, with payloads cut
 * short. Entries are only put into words in the end, since most cases are never looked at.
 */
import { CLOSE } from '../model/builders';
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
const SHOWN_LINE = 200;
const RSV_NAMES = [
  '',
  ', RSV3',
  ', RSV2',
  ', RSV2+3',
  ', RSV1',
  ', RSV1+3',
  ', RSV1+2',
  ', RSV1+2+3',
];
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

  /** The head of a request or a response. */
  head(from: Sender, what: string, head: Buffer | string): void {
    const lines = head.toString('latin1').replaceAll('\r\n', '\n').trimEnd();
    this.#add({ at: this.#now(), from, what: `${what}\n${lines}`, octets: undefined });
  }

  /** Octets that are not a whole frame. */
  octets(from: Sender, octets: Buffer): void {
    this.#add({ at: this.#now(), from, what: `${octets.length} octets`, octets });
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
  if (typeof what === 'string') {
    const [first = '', ...rest] = what.split('\n');
    const text = rest.map((line) => printable(line.slice(0, SHOWN_LINE))).join('\n');
    return { at, from, what: first, hex: inHex(octets), text };
  }
  const isClose = what.opcode === CLOSE;
  const text = isClose ? octets.subarray(2) : octets.subarray(0, SHOWN_OCTETS);
  return {
    at,
    from,
    what: frameInWords(what),
    hex: inHex(octets),
    text: printable(text.toString()),
  };
}

function inHex(octets: Buffer): string {
  const cut = octets.length > SHOWN_OCTETS ? ' …' : '';
  return `${octets.toString('hex', 0, SHOWN_OCTETS)}${cut}`;
}

function frameInWords({ opcode, fin, rsv, payload }: FrameSpec): string {
  const name = OPCODES[opcode] ?? `OPCODE ${opcode}`;
  const code = opcode === CLOSE && payload.length >= 2 ? ` ${payload.readUInt16BE(0)}` : '';
  const flags = `${fin ? '' : ', not final'}${RSV_NAMES[rsv]}`;
  return `${name}${code}${flags}, ${payload.length} octet${payload.length === 1 ? '' : 's'}`;
}

/** What cannot be printed becomes a dot. */
function printable(text: string): string {
  return text.replace(/\p{C}|\uFFFD/gu, '·');
}
