/**
 * The bytes of a message that arrives in pieces. Memory is taken as bytes come, never because a header
 * announces them: at most four times what has come, whether that is 64 KiB at a time or one byte.
 *
 * What is handed out is copied into memory of exactly its size as soon as a quarter of it is here, so
 * that most of a large message is copied once.
 */
import { copyBytes } from './byte-queue';
import { allocateApart } from './runtime';
import { giveBackMemory, GROWTH, lendMemory } from './spare-memory';

const NOTHING = new Uint8Array(0);

export class MessageMemory {
  /** What has come is in the first `length` of them. */
  bytes: Uint8Array = NOTHING;
  length = 0;
  /** Whether `bytes` are the receiver's in the end. */
  #isOwn = false;

  /**
   * Adds a copy of `chunk[start, end)`.
   *
   * @param expected how long the message will be at least
   * @param isHandedOut whether that is its whole length, and the receiver will keep the bytes
   */
  append(
    chunk: Uint8Array,
    start: number,
    end: number,
    expected: number,
    isHandedOut: boolean,
  ): void {
    const length = this.length + end - start;
    const ownFits = isHandedOut && expected <= length * GROWTH;
    if (length > this.bytes.length || (ownFits && !this.#isOwn)) {
      this.#grow(length, expected, ownFits);
    }
    copyBytes(chunk, start, end, this.bytes, this.length);
    this.length = length;
  }

  /** All of it, for good, in memory of its own. Empty then. */
  take(): Uint8Array {
    const isExact = this.#isOwn && this.length === this.bytes.length;
    if (!isExact) this.#moveTo(allocateApart(this.length), true);
    const { bytes } = this;
    this.bytes = NOTHING;
    this.length = 0;
    return bytes;
  }

  /** Forgets all of it: nobody has a view of the bytes. */
  giveBack(): void {
    if (!this.#isOwn) giveBackMemory(this.bytes);
    this.bytes = NOTHING;
    this.length = 0;
  }

  #grow(length: number, expected: number, isOwn: boolean): void {
    const most = Math.max(expected, this.bytes.length * 2);
    this.#moveTo(isOwn ? allocateApart(expected) : lendMemory(length, most), isOwn);
  }

  #moveTo(bytes: Uint8Array, isOwn: boolean): void {
    copyBytes(this.bytes, 0, this.length, bytes, 0);
    if (!this.#isOwn) giveBackMemory(this.bytes);
    this.bytes = bytes;
    this.#isOwn = isOwn;
  }
}
