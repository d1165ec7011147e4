/**
 * UTF-8 in pieces to text in pieces. A code point that a piece's end has cut waits for its rest.
 */
import { copyBytes } from './byte-queue';
import { allocate } from './runtime';
import { decodeTrusted, type TOO_LONG, Utf8Validator } from './utf8';

const NOTHING = allocate(0);

/** Follows one text through its pieces. */
export class TextCutter {
  readonly #validator = new Utf8Validator();
  /** The bytes of an unfinished code point: three at most. */
  #held: Uint8Array = NOTHING;

  /** Whether the text may end here: no code point is half read. */
  get complete(): boolean {
    return this.#validator.complete;
  }

  /**
   * The text in `bytes[start, end)`, up to its last whole code point, and what was held back before.
   * The bytes are not kept.
   *
   * @returns `null` as soon as the text cannot be UTF-8 any more, which ends it; `TOO_LONG` if the
   *   piece is more than the host can hold
   */
  push(bytes: Uint8Array, start = 0, end: number = bytes.length): string | null | typeof TOO_LONG {
    if (!this.#validator.push(bytes, start, end)) return null;
    const cut = this.complete ? end : lastLead(bytes, start, end);
    const held = this.#held;
    if (held.length === 0) {
      this.#held = joined(NOTHING, bytes, cut, end);
      return decodeTrusted(bytes, start, cut, this.#validator.isAscii);
    }
    // Where there is no lead, the whole piece belongs to the code point that is held back.
    if (cut < start) {
      this.#held = joined(held, bytes, start, end);
      return '';
    }
    this.#held = joined(NOTHING, bytes, cut, end);
    const whole = joined(held, bytes, start, cut);
    return decodeTrusted(whole, 0, whole.length, false);
  }
}

/** Where the code point starts that `end` cuts; before `start` if that is in an earlier piece. */
function lastLead(bytes: Uint8Array, start: number, end: number): number {
  let at = end - 1;
  while (at >= start && bytes[at] < 0xc0) at--;
  return at;
}

/** A copy of `head` with `bytes[start, end)` behind it. */
function joined(head: Uint8Array, bytes: Uint8Array, start: number, end: number): Uint8Array {
  const length = head.length + end - start;
  if (length === 0) return NOTHING;
  const whole = allocate(length);
  whole.set(head);
  copyBytes(bytes, start, end, whole, head.length);
  return whole;
}
