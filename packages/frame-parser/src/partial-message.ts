/** A message of which more is to come: its bytes, its fragments, its UTF-8 so far. */
import type { FrameHeader } from './frame-header';
import { MessageMemory } from './message-memory';
import { OPCODE } from './opcode';
import { decodeTrusted, type TOO_LONG, Utf8Validator } from './utf8';

export class PartialMessage {
  readonly opcode: number;
  readonly rsv: number;
  /** Whether it is for extensions to read. */
  readonly isReserved: boolean;
  readonly #memory: MessageMemory = new MessageMemory();
  readonly #validator: Utf8Validator | null;
  readonly #keepsBytes: boolean;
  #fragments = 0;
  /** With all of the frame that is arriving. */
  #expected = 0;
  /** Whether its bytes will be handed out, and that frame is the last. */
  #isHandedOut = false;

  /**
   * @param header of its first frame
   * @param keepsText whether text is handed out as bytes
   */
  constructor(header: Readonly<FrameHeader>, isReserved: boolean, keepsText: boolean) {
    const { opcode, rsv } = header;
    this.opcode = opcode;
    this.rsv = rsv;
    this.isReserved = isReserved;
    this.#keepsBytes = isReserved || opcode !== OPCODE.TEXT || keepsText;
    // What extensions have yet to read is not text yet.
    this.#validator = opcode === OPCODE.TEXT && !isReserved ? new Utf8Validator() : null;
    this.expect(header);
  }

  get length(): number {
    return this.#memory.length;
  }

  /** Complete ones; the frame that is arriving does not count. */
  get fragments(): number {
    return this.#fragments;
  }

  /** The next frame begins. */
  expect({ fin, payloadLength }: Readonly<FrameHeader>): void {
    this.#expected = this.length + payloadLength;
    this.#isHandedOut = fin && this.#keepsBytes;
  }

  /**
   * Adds payload, which may be known to be ASCII.
   *
   * @returns false if it is text and cannot be valid any more
   */
  append(
    chunk: Uint8Array,
    start: number,
    end: number,
    frameEnds: boolean,
    isAscii: boolean,
  ): boolean {
    if (frameEnds) this.#fragments++;
    const isValid = isAscii ? this.mayEnd : this.#validator?.push(chunk, start, end);
    if (isValid === false) return false;
    const { length } = this.#memory;
    const expected = Math.max(this.#expected, length + end - start);
    if (end > start) this.#memory.append(chunk, start, end, expected, this.#isHandedOut);
    return true;
  }

  /** False for text that ends inside a character. */
  get mayEnd(): boolean {
    return this.#validator?.complete ?? true;
  }

  /** All of it, the caller's to keep; the message is empty then. */
  take(): Uint8Array {
    return this.#memory.take();
  }

  /**
   * All of it as text, which was validated as it came; `TOO_LONG` if the host cannot hold it. The
   * message is empty then.
   */
  takeText(): string | typeof TOO_LONG {
    const { bytes, length } = this.#memory;
    const text = decodeTrusted(bytes, 0, length, this.#validator!.isAscii);
    this.#memory.giveBack();
    return text;
  }
}
