/**
 * MD5 (RFC 1321), which draft hixie-76 demands for its challenge. It protects nothing here; it is
 * written out because runtimes in FIPS mode, and Web Crypto everywhere, do not offer it.
 */
import { digest, rotateLeft } from './merkle-damgard';

const INITIAL_STATE = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];

/** Left rotations, four per round of sixteen steps. */
const SHIFTS = [
  [7, 12, 17, 22],
  [5, 9, 14, 20],
  [4, 11, 16, 23],
  [6, 10, 15, 21],
] as const;

/** "T[i] … the integer part of 4294967296 times abs(sin(i)), where i is in radians." §3.4 */
const SINES = Int32Array.from({ length: 64 }, (_, i) =>
  Math.floor(2 ** 32 * Math.abs(Math.sin(i + 1))),
);

/** The 16 bytes of the MD5 digest of `message`, which is only read. */
export function md5(message: Uint8Array): Uint8Array {
  return digest(message, INITIAL_STATE, true, compress);
}

function compress(state: Int32Array, words: Int32Array): void {
  let [a, b, c, d] = state as unknown as [number, number, number, number];
  for (let step = 0; step < 64; step++) {
    const round = step >> 4;
    const sum = (a + mix(round, b, c, d) + SINES[step] + words[wordIndex(round, step)]) | 0;
    [a, d, c, b] = [d, c, b, (b + rotateLeft(sum, SHIFTS[round][step & 3])) | 0];
  }
  state[0] += a;
  state[1] += b;
  state[2] += c;
  state[3] += d;
}

function mix(round: number, b: number, c: number, d: number): number {
  if (round === 0) return (b & c) | (~b & d);
  if (round === 1) return (b & d) | (c & ~d);
  if (round === 2) return b ^ c ^ d;
  return c ^ (b | ~d);
}

/** Which of the sixteen words a step reads. */
function wordIndex(round: number, step: number): number {
  return [step, 5 * step + 1, 3 * step + 5, 7 * step][round] & 15;
}
