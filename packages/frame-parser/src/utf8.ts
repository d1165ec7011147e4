/**
 * UTF-8 as RFC 3629 has it: no overlong forms, no surrogates, nothing over U+10FFFF (RFC 6455 §8.1).
 *
 * The validator is incremental and exact: it refuses a byte as soon as no valid text can go on with
 * it, however the text was cut into pieces.
 */
import {
  asciiSlice,
  isAscii,
  isUtf8,
  nativeUtf8Length,
  utf8Slice,
  utf8SliceByUtf16,
} from './runtime';

const REPLACEMENT = '\uFFFD';

/** From this length on, UTF-8 is decoded by way of UTF-16, where that is faster at all. */
const UTF16_THRESHOLD = utf8SliceByUtf16 === null ? Infinity : 512;

/** As much is decoded by way of UTF-16 at a time: in memory that is still in the processor's caches. */
const UTF16_PIECE = 0x1_0000;

/**
 * From this length on, bytes are looked at first: to ask whether they are ASCII costs less than to decode them as UTF-8, and to
 * validate them less than to look for U+FFFD in the text.
 */
const LONG = Math.min(UTF16_THRESHOLD, 2048);

/** From this length on, a native call beats a loop over the bytes. */
const NATIVE_THRESHOLD = 48;

/** Follows one text through its pieces. */
export class Utf8Validator {
  /** Continuation bytes that the current character still needs. */
  #needed = 0;
  /** The range of the next continuation byte: narrower than 80–BF after E0, ED, F0 and F4. */
  #lowest = 0x80;
  #highest = 0xbf;
  #isAscii = true;

  /** Whether the text may end here: no character is half read. */
  get complete(): boolean {
    return this.#needed === 0;
  }

  /** Whether all of the text was ASCII until now. */
  get isAscii(): boolean {
    return this.#isAscii;
  }

  /** Reads `bytes[start, end)`; false as soon as the text cannot be UTF-8 any more. */
  push(bytes: Uint8Array, start: number, end: number): boolean {
    let position = start;
    while (this.#needed > 0 && position < end) {
      if (!this.#step(bytes[position++])) return false;
    }
    if (isUtf8 !== null && end - position >= NATIVE_THRESHOLD) {
      if (this.#isAscii && isAscii?.(bytes.subarray(position, end)) === true) return true;
      this.#isAscii = false;
      const boundary = lastBoundary(bytes, end);
      if (!isUtf8(bytes.subarray(position, boundary))) return false;
      position = boundary;
    }
    while (position < end) {
      if (!this.#step(bytes[position++])) return false;
    }
    return true;
  }

  #step(byte: number): boolean {
    if (this.#needed === 0) return byte < 0x80 || this.#lead(byte);
    if (byte < this.#lowest || byte > this.#highest) return false;
    this.#needed--;
    this.#lowest = 0x80;
    this.#highest = 0xbf;
    return true;
  }

  #lead(byte: number): boolean {
    // C0 and C1 could only start overlong forms, F5–FF only what is over U+10FFFF.
    if (byte < 0xc2 || byte > 0xf4) return false;
    this.#isAscii = false;
    this.#needed = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
    if (byte === 0xe0) this.#lowest = 0xa0;
    else if (byte === 0xf0) this.#lowest = 0x90;
    else if (byte === 0xed) this.#highest = 0x9f;
    else if (byte === 0xf4) this.#highest = 0x8f;
    return true;
  }
}

/** Where the last character before `end` starts if it is incomplete, else `end`. At least 4 bytes. */
function lastBoundary(bytes: Uint8Array, end: number): number {
  for (let back = 1; back <= 3; back++) {
    const byte = bytes[end - back];
    if (byte >= 0xc0) return sequenceLength(byte) > back ? end - back : end;
    if (byte < 0x80) return end;
  }
  return end;
}

function sequenceLength(lead: number): number {
  return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

/** Whether all of `bytes` is UTF-8. */
export function isValidUtf8(bytes: Uint8Array): boolean {
  if (isUtf8 !== null) return isUtf8(bytes);
  const validator = new Utf8Validator();
  return validator.push(bytes, 0, bytes.length) && validator.complete;
}

/**
 * The text in `bytes[start, end)`, all of it by default; `null` if it is not UTF-8. A byte order
 * mark is kept.
 *
 * @throws what the host throws for a text longer than it can hold
 */
export function decodeUtf8(
  bytes: Uint8Array,
  start = 0,
  end: number = bytes.length,
): string | null {
  if (isUtf8 !== null && end - start >= LONG) return decodeLong(bytes, start, end);
  const text = utf8Slice(bytes, start, end);
  // Invalid bytes always leave U+FFFD behind; if there is one, it may also have been sent as such.
  return text.includes(REPLACEMENT) && !isValidUtf8(bytes.subarray(start, end)) ? null : text;
}

function decodeLong(bytes: Uint8Array, start: number, end: number): string | null {
  if (asciiSlice !== null && isLongAscii(bytes, start, end)) return asciiSlice(bytes, start, end);
  return isValidUtf8(bytes.subarray(start, end)) ? sliceOfUtf8(bytes, start, end) : null;
}

/**
 * As `decodeText`, of bytes that are known to be UTF-8.
 *
 * @param knownAscii whether they are known to be ASCII, too
 */
export function decodeTrusted(
  bytes: Uint8Array,
  start: number,
  end: number,
  knownAscii: boolean,
): string | typeof TOO_LONG {
  try {
    const slice = knownAscii || isLongAscii(bytes, start, end) ? asciiSlice : null;
    return (slice ?? sliceOfUtf8)(bytes, start, end);
  } catch {
    return TOO_LONG;
  }
}

/** The text in bytes that are UTF-8. */
function sliceOfUtf8(bytes: Uint8Array, start: number, end: number): string {
  if (utf8SliceByUtf16 === null || end - start < UTF16_THRESHOLD)
    return utf8Slice(bytes, start, end);
  let text = '';
  for (let at = start; at < end;) {
    const next = end - at <= UTF16_PIECE ? end : lastBoundary(bytes, at + UTF16_PIECE);
    text += utf8SliceByUtf16(bytes.subarray(at, next));
    at = next;
  }
  return text;
}

function isLongAscii(bytes: Uint8Array, start: number, end: number): boolean {
  return end - start >= LONG && isAscii?.(bytes.subarray(start, end)) === true;
}

/** What `decodeText` says of a text that the host cannot hold. */
export const TOO_LONG: unique symbol = Symbol('too long');

/** As `decodeUtf8`, but never throws. */
export function decodeText(
  bytes: Uint8Array,
  start: number,
  end: number,
): string | null | typeof TOO_LONG {
  try {
    return decodeUtf8(bytes, start, end);
  } catch {
    return TOO_LONG;
  }
}

/** How many bytes `text` is in UTF-8. A lone surrogate counts as the U+FFFD it will be sent as. */
export function utf8Length(text: string): number {
  return nativeUtf8Length === null ? countUtf8(text) : nativeUtf8Length(text);
}

function countUtf8(text: string): number {
  let length = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    length += unit < 0x800 ? 1 : 2;
    // A pair is two units and four bytes: the second unit adds nothing to what the first did.
    if (isHigh(unit) && isLow(text.charCodeAt(i + 1))) i++;
  }
  return length;
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000;
}
