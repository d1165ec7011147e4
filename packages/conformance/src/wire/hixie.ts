/**
 * The frames of the drafts 75 and 76: text between 0x00 and 0xFF, and in draft 76 the closing frame
 * FF 00. They are shown to the rest of the suite as text and closing frames of RFC 6455.
 */
import { CLOSE, TEXT } from '../model/builders';
import type { FrameSpec } from '../model/case';
import { OctetQueue } from './octet-queue';
import type { ReceivedFrame, Wire } from './wire';

const CLOSING = Buffer.from([0xff, 0x00]);

export class HixieWire implements Wire {
  readonly closesByEnding: boolean;
  readonly #queue = new OctetQueue();
  #lost = false;

  constructor(version: 'hixie-75' | 'hixie-76') {
    this.closesByEnding = version === 'hixie-75';
  }

  /** Only text and closing frames can be written: the drafts have nothing else. */
  encode({ opcode, payload }: FrameSpec): Buffer {
    if (opcode === CLOSE) return this.closesByEnding ? Buffer.alloc(0) : CLOSING;
    return Buffer.concat([Buffer.from([0x00]), payload, Buffer.from([0xff])]);
  }

  read(chunk: Buffer): ReceivedFrame[] {
    this.#queue.push(chunk);
    const frames: ReceivedFrame[] = [];
    for (let frame = this.#next(); frame !== undefined; frame = this.#next()) frames.push(frame);
    return frames;
  }

  #next(): ReceivedFrame | undefined {
    if (this.#lost) return undefined;
    const first = this.#queue.peek(1)?.[0];
    if (first === undefined) return undefined;
    if (first === 0x00) return this.#text();
    const start = this.#queue.take(2);
    if (start === undefined) return undefined;
    const close = received(CLOSE);
    if (start.equals(CLOSING)) return close;
    this.#lost = true;
    return { ...close, fault: `a frame starts with the octets ${start.toString('hex')}` };
  }

  #text(): ReceivedFrame | undefined {
    const end = this.#queue.peek(this.#queue.length)!.indexOf(0xff);
    if (end === -1) return undefined;
    return received(TEXT, this.#queue.take(end + 1)!.subarray(1, end));
  }
}

function received(opcode: number, payload: Buffer = Buffer.alloc(0)): ReceivedFrame {
  return { opcode, fin: true, rsv: 0, payload };
}
