/**
 * Compresses short messages in JavaScript: one block with fixed Huffman codes (RFC 1951 §3.2.6), matches found with a
 * hash of three bytes. For so few bytes zlib does little else than clear its tables and build Huffman trees, only to write the
 * same kind of block then.
 */
import type { Compression } from './codec';
import { copyOf } from './copy-of';
import { BITS_MASK, COUNT_SHIFT, distanceCodes, lengthCodes } from './fixed-codes';
import { literalCodes, SHORTEST_MATCH } from './fixed-codes';
import { ZLIB } from './node-zlib';

/** Up to here the result is not longer than zlib's by more than a hundredth or two; in a longer message, trees pay. */
export const MOST_SHORT = 128;

const LITERALS = literalCodes();
const LENGTHS = lengthCodes(MOST_SHORT);
const DISTANCES = distanceCodes(MOST_SHORT);

const HASH_BITS = 9;
/** Spreads three bytes over the upper bits of a product. */
const HASH_FACTOR = 0x9e3779b1;

/** BFINAL = 0, BTYPE = 01, least significant bit first. */
const BLOCK_HEADER = 0b010;
const BLOCK_HEADER_BITS = 3;
/** The end of the block, which is 0000000, and the header of the empty stored block behind it (RFC 7692 §7.2.1). */
const END_BITS = 7 + 3;

/** All bytes as literals of 9 bits, and what stands around them. */
const MOST_WRITTEN = Math.ceil((BLOCK_HEADER_BITS + 9 * MOST_SHORT + END_BITS) / 8);

/** Where in the message three bytes with this hash were seen last, counted from 1; 0 if nowhere. */
const lastSeen = new Uint8Array(2 ** HASH_BITS);

const output = Buffer.allocUnsafeSlow(MOST_WRITTEN);

/** Whether `deflateShort` does what was asked for. */
export function isShort(data: Uint8Array, { level, strategy }: Compression): boolean {
  return (
    data.length <= MOST_SHORT &&
    level !== 0 &&
    (strategy === ZLIB.Z_DEFAULT_STRATEGY || strategy === ZLIB.Z_FIXED)
  );
}

/**
 * Compresses a message that `isShort` (RFC 7692 §7.2.1).
 *
 * @returns bytes that are the caller's
 */
export function deflateShort(data: Uint8Array): Uint8Array {
  lastSeen.fill(0);
  let written = 0;
  let bits = BLOCK_HEADER;
  let count = BLOCK_HEADER_BITS;
  for (let at = 0; at < data.length;) {
    const earlier = lastOccurrence(data, at);
    const length = earlier < 0 ? 0 : matchLength(data, earlier, at);
    if (length === 0) {
      const code = LITERALS[data[at]!]!;
      bits |= (code & BITS_MASK) << count;
      count += code >>> COUNT_SHIFT;
      at++;
    } else {
      const code = LENGTHS[length]!;
      const distance = DISTANCES[at - earlier]!;
      bits |= (code & BITS_MASK) << count;
      count += code >>> COUNT_SHIFT;
      bits |= (distance & BITS_MASK) << count;
      count += distance >>> COUNT_SHIFT;
      at += length;
    }
    for (; count >= 8; count -= 8) {
      output[written++] = bits;
      bits >>>= 8;
    }
  }
  for (count += END_BITS; count > 0; count -= 8) {
    output[written++] = bits;
    bits >>>= 8;
  }
  return copyOf(output, 0, written);
}

/** Where the three bytes at `at` may have been before, negative if nowhere; they are seen now. */
function lastOccurrence(data: Uint8Array, at: number): number {
  if (at > data.length - SHORTEST_MATCH) return -1;
  const three = data[at]! | (data[at + 1]! << 8) | (data[at + 2]! << 16);
  const hash = Math.imul(three, HASH_FACTOR) >>> (32 - HASH_BITS);
  const earlier = lastSeen[hash]! - 1;
  lastSeen[hash] = at + 1;
  return earlier;
}

/** How many bytes at `at` are those at `earlier`; 0 if they are too few to be worth it. */
function matchLength(data: Uint8Array, earlier: number, at: number): number {
  let length = 0;
  while (at + length < data.length && data[earlier + length] === data[at + length]) length++;
  return length < SHORTEST_MATCH ? 0 : length;
}
