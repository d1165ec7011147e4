/** Options of permessage-deflate, and messages that it makes more or less of. */
import { createHash } from 'node:crypto';
import { constants } from 'node:zlib';
import fc from 'fast-check';
import type { DeflateOptions } from '@ws/permessage-deflate';

const KIB = 1024;
const { Z_DEFAULT_STRATEGY, Z_FILTERED, Z_FIXED, Z_HUFFMAN_ONLY, Z_RLE } = constants;

/** The ends of every range, and some between: what differs is kept apart as long as the process lives. */
export const deflateOptions: fc.Arbitrary<DeflateOptions> = fc.record({
  level: fc.constantFrom(-1, 0, 1, 9),
  memLevel: fc.constantFrom(8, 1, 9),
  strategy: fc.constantFrom(Z_DEFAULT_STRATEGY, Z_FILTERED, Z_HUFFMAN_ONLY, Z_RLE, Z_FIXED),
  threshold: fc.constantFrom(KIB, 0),
  serverNoContextTakeover: fc.boolean(),
  clientNoContextTakeover: fc.boolean(),
  serverMaxWindowBits: fc.constantFrom(15, 8, 9, 12),
  clientMaxWindowBits: fc.constantFrom(15, 8, 9, 12),
  takeoverWindowBits: fc.constantFrom(13, 8, 9, 15),
  // Of enough, of enough for little more than the histories, and of none.
  maxContextMemory: fc.constantFrom(64 * KIB * KIB, 100 * KIB, 0),
});

/** What messages are pieces of: later ones repeat earlier ones, near and far. */
const NOISE = createHash('shake256', { outputLength: 40 * KIB }).digest();
const LINES = Buffer.from(JSON.stringify(Array.from({ length: 9000 }, (_, id) => ({ id, on: 1 }))));

/** Around all that decides how a message is treated. */
const length = fc.oneof(
  fc.nat(40),
  fc.nat(3000),
  fc.constantFrom(KIB, 16 * KIB, 128 * KIB).chain((at) => fc.integer({ min: at - 1, max: at + 1 })),
);

export const payload: fc.Arbitrary<Buffer> = fc.oneof(
  slicesOf(NOISE),
  slicesOf(LINES),
  fc.tuple(length, fc.nat(255)).map(([size, byte]) => Buffer.alloc(size, byte)),
);

function slicesOf(bytes: Buffer): fc.Arbitrary<Buffer> {
  const start = fc.constantFrom(0, 100, 3000, 30_000);
  return fc.tuple(start, length).map(([from, size]) => bytes.subarray(from, from + size));
}
