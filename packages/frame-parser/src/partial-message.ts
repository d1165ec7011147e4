/** A message of which more is to come: its bytes, its fragments, its UTF-8 so far. */
import { ByteQueue } from './byte-queue';
import { OPCODE } from './opcode';
import { Utf8Validator } from './utf8';

export class PartialMessage {
  readonly opcode: number;
  readonly rsv: number;
  /** Whether it is for extensions to read. */
  readonly isReserved: boolean;
  readonly #bytes: ByteQueue = new ByteQueue();
  readonly #validator: Utf8Validator | null;
  #fragments = 0;

  constructor(opcode: number, rsv: number, isReserved: boolean) {
    this.opcode = opcode;
    this.rsv = rsv;
    this.isReserved = isReserved;
    // What extensions have yet to read is not text yet.
    this.#validator = opcode === OPCODE.TEXT && !isReserved ? new Utf8Validator() : null;
  }

  get length(): number {
    return this.#bytes.length;
  }

  /** Complete ones; the frame that is arriving does not count. */
  get fragments(): number {
    return this.#fragments;
  }

  /** Adds payload; false if it is text and cannot be valid any more. */
  append(chunk: Uint8Array, start: number, end: number, frameEnds: boolean): boolean {
    if (frameEnds) this.#fragments++;
    if (this.#validator?.push(chunk, start, end) === false) return false;
    if (end > start) this.#bytes.append(chunk, start, end);
    return true;
  }

  /** False for text that ends inside a character. */
  get mayEnd(): boolean {
    return this.#validator?.complete ?? true;
  }

  /** All of it, the caller's to keep; the message is empty then. */
  take(): Uint8Array {
    return this.#bytes.take();
  }
}
