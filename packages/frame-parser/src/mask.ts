/**
 * Masking, RFC 6455 §5.3: byte i of the payload is XORed with byte i mod 4 of the key. Doing it
 * twice undoes it.
 *
 * A key is a 32-bit integer whose most significant byte masks payload byte 0 (the order it has on
 * the wire). Long payloads go by 16 bytes at a time (SIMD), in the receive buffer where they lie, others
 * by a copy; or, where there is no SIMD, by 32-bit words over the aligned part of the memory.
 */
import { checkBytes } from './checks';
import { isBorrowed } from './receive-buffer';
import { allocate, isLittleEndian } from './runtime';
import { PASSAGE_START, simd, type Simd } from './simd';

/** From this length on, a call of SIMD costs less than the words. */
const SIMD_THRESHOLD = 64;

/** From this length on, SIMD is worth two copies. */
const PASSAGE_THRESHOLD = 1024;

/** Bytes that SIMD takes at a time. */
const LEAST = 16;

/** From this length on, finding the aligned words pays for itself. */
const WORD_THRESHOLD = isLittleEndian ? 64 : Infinity;

/** Where every offset is a 32-bit integer, as V8 needs it to compile the loop well. */
const LARGEST_WORD_MEMORY = 0xffff_ffff;

/** The words of a memory up to this size are remembered, so that a chunk of many frames pays once. */
const REMEMBERED_LENGTH = 0x4_0000;

let lastMemory: ArrayBufferLike | null = null;
let lastWords: Int32Array = new Int32Array(0);

/**
 * XORs `bytes[start, end)` with the key where they lie.
 *
 * @param phase the position of `bytes[start]` in the payload
 * @returns true if they were found to be ASCII then; false if they are not, or were not looked at
 */
export function maskInPlace(
  bytes: Uint8Array,
  maskingKey: number,
  start = 0,
  end: number = bytes.length,
  phase = 0,
): boolean {
  const key = rotateKey(maskingKey, phase);
  if (key === 0) return false;
  const length = end - start;
  const fast = length >= SIMD_THRESHOLD ? simd() : null;
  if (fast !== null) {
    if (isBorrowed(bytes)) {
      return fast.mask(bytes.byteOffset + start, length, swapBytes(key)) === 0;
    }
    if (length >= PASSAGE_THRESHOLD) return maskInPassing(fast, bytes, swapBytes(key), start, end);
  }
  const goesByWords = length >= WORD_THRESHOLD && bytes.buffer.byteLength <= LARGEST_WORD_MEMORY;
  if (goesByWords) maskWords(bytes, key, start, end);
  else maskBytes(bytes, key, start, end);
  return false;
}

/**
 * A masked copy of `bytes`.
 *
 * @throws TypeError if `bytes` is not a Uint8Array
 */
export function masked(bytes: Uint8Array, maskingKey: number): Uint8Array {
  const copy = allocate(checkBytes('bytes', bytes).length);
  copy.set(bytes);
  maskInPlace(copy, maskingKey);
  return copy;
}

/** The key as the payload sees it from position `phase` on. */
export function rotateKey(maskingKey: number, phase: number): number {
  const bits = (phase & 3) << 3;
  return (maskingKey << bits) | (maskingKey >>> (32 - bits));
}

/** By a copy in the memory of SIMD, 64 KiB at a time. */
function maskInPassing(
  { passage, mask }: Simd,
  bytes: Uint8Array,
  word: number,
  start: number,
  end: number,
): boolean {
  const room = passage.length;
  let seen = 0;
  for (let at = start, length; at < end; at += length) {
    const rest = end - at;
    // No piece is too short for SIMD, and all but the last are whole words.
    length = rest <= room ? rest : rest < room + LEAST ? room - LEAST : room;
    const piece = bytes.subarray(at, at + length);
    passage.set(piece);
    seen |= mask(PASSAGE_START, length, word);
    piece.set(length === room ? passage : passage.subarray(0, length));
  }
  return seen === 0;
}

function maskBytes(bytes: Uint8Array, key: number, start: number, end: number): void {
  const key0 = key >>> 24;
  const key1 = (key >>> 16) & 0xff;
  const key2 = (key >>> 8) & 0xff;
  let i = start;
  for (const unrolledEnd = end - 3; i < unrolledEnd; i += 4) {
    bytes[i] ^= key0;
    bytes[i + 1] ^= key1;
    bytes[i + 2] ^= key2;
    bytes[i + 3] ^= key;
  }
  if (i < end) bytes[i] ^= key0;
  if (i + 1 < end) bytes[i + 1] ^= key1;
  if (i + 2 < end) bytes[i + 2] ^= key2;
}

function maskWords(bytes: Uint8Array, key: number, start: number, end: number): void {
  const offset = bytes.byteOffset;
  const head = start + (-(offset + start) & 3);
  maskBytes(bytes, key, start, head);
  const rotated = rotateKey(key, head - start);
  const firstWord = (offset + head) >>> 2;
  const count = (end - head) >>> 2;
  xorWords(wordsOf(bytes), swapBytes(rotated), firstWord, firstWord + count);
  maskBytes(bytes, rotated, head + count * 4, end);
}

/** From the end to the start, sixteen at a time: of all plain loops, V8 makes the most of this one. */
function xorWords(words: Int32Array, word: number, first: number, end: number): void {
  let i = end - 16;
  for (; i >= first; i -= 16) {
    words[i + 15] ^= word;
    words[i + 14] ^= word;
    words[i + 13] ^= word;
    words[i + 12] ^= word;
    words[i + 11] ^= word;
    words[i + 10] ^= word;
    words[i + 9] ^= word;
    words[i + 8] ^= word;
    words[i + 7] ^= word;
    words[i + 6] ^= word;
    words[i + 5] ^= word;
    words[i + 4] ^= word;
    words[i + 3] ^= word;
    words[i + 2] ^= word;
    words[i + 1] ^= word;
    words[i] ^= word;
  }
  for (i += 15; i >= first; i--) words[i] ^= word;
}

function wordsOf(bytes: Uint8Array): Int32Array {
  const memory = bytes.buffer;
  if (memory === lastMemory) return lastWords;
  const words = new Int32Array(memory, 0, memory.byteLength >>> 2);
  if (memory.byteLength <= REMEMBERED_LENGTH) {
    lastMemory = memory;
    lastWords = words;
  }
  return words;
}

function swapBytes(word: number): number {
  return (word << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24);
}
