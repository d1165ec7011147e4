/**
 * Bytes that arrived in pieces and wait. What it holds stays under twice what it was given (and a
 * small constant), whether it is given 64 KiB at a time or one byte.
 *
 * A large piece that is most of its memory is kept as it is; others are copied into a growing tail.
 */
import { isBorrowed } from './receive-buffer';
import { allocate, allocateApart, view } from './runtime';

const NOTHING = allocate(0);
const KEPT_AS_IS = 0x2000;
const FIRST_TAIL = 64;
const LARGEST_TAIL = 0x4_0000;

export class ByteQueue {
  #segments: Uint8Array[] = [];
  #tail: Uint8Array | null = null;
  #tailLength = 0;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** Memory taken, for accounting: at least `length`. */
  get capacity(): number {
    const kept = this.#segments.reduce((sum, segment) => sum + segment.buffer.byteLength, 0);
    return kept + (this.#tail?.length ?? 0);
  }

  /** Adds `bytes[start, end)`, whose memory now belongs to the queue, unless it is borrowed. */
  append(bytes: Uint8Array, start: number, end: number): void {
    const length = end - start;
    this.#length += length;
    if (isRestOfItsMemory(bytes, start, end)) {
      this.#finishTail();
      this.#segments.push(view(bytes, start, end));
      return;
    }
    this.#reserve(length);
    copyBytes(bytes, start, end, this.#tail!, this.#tailLength);
    this.#tailLength += length;
  }

  /** Everything as one array, which belongs to the caller; the queue is empty then. */
  take(): Uint8Array {
    this.#finishTail();
    const segments = this.#segments;
    const whole = segments.length === 1 ? segments[0] : join(segments, this.#length);
    this.#segments = [];
    this.#length = 0;
    return whole;
  }

  #reserve(length: number): void {
    const wanted = this.#tailLength + length;
    if (this.#tail !== null && wanted <= this.#tail.length) return;
    if (wanted > LARGEST_TAIL) this.#finishTail();
    const least = this.#tailLength + length;
    const grown = allocateApart(Math.max(this.#tailLength * 2, least, FIRST_TAIL));
    if (this.#tail !== null) copyBytes(this.#tail, 0, this.#tailLength, grown, 0);
    this.#tail = grown;
  }

  #finishTail(): void {
    if (this.#tailLength > 0) this.#segments.push(view(this.#tail!, 0, this.#tailLength));
    this.#tail = null;
    this.#tailLength = 0;
  }
}

/**
 * Whether `bytes[start, end)` may be kept as they are: they are not borrowed, that wastes less than it
 * saves, and nothing behind them is still to be read. Whoever gets them may transfer their memory.
 */
export function isRestOfItsMemory(bytes: Uint8Array, start: number, end: number): boolean {
  const length = end - start;
  if (length < KEPT_AS_IS || end !== bytes.length || isBorrowed(bytes)) return false;
  return length * 2 >= bytes.buffer.byteLength;
}

/** `chunk[start, end)` for good: a copy, unless it is most of the chunk, and its end. */
export function own(chunk: Uint8Array, start: number, end: number): Uint8Array {
  if (start === end) return NOTHING;
  if (isRestOfItsMemory(chunk, start, end)) return view(chunk, start, end);
  const copy = allocate(end - start);
  copyBytes(chunk, start, end, copy, 0);
  return copy;
}

function join(segments: readonly Uint8Array[], length: number): Uint8Array {
  const whole = allocate(length);
  let offset = 0;
  for (const segment of segments) {
    whole.set(segment, offset);
    offset += segment.length;
  }
  return whole;
}

/** For a few bytes a loop beats the native copy and the view it needs. */
const LOOP_LENGTH = 40;

export function copyBytes(
  source: Uint8Array,
  start: number,
  end: number,
  target: Uint8Array,
  offset: number,
): void {
  if (end - start > LOOP_LENGTH) target.set(source.subarray(start, end), offset);
  else for (let i = start, o = offset; i < end; i++, o++) target[o] = source[i]!;
}
