/** SHA-1 (RFC 3174), for runtimes without a synchronous hash of their own. */
import { digest, rotateLeft } from './merkle-damgard';

const INITIAL_STATE = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];

/** K(t), one for each round of twenty steps. §5 */
const CONSTANTS = [0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6] as const;

/** The 20 bytes of the SHA-1 digest of `message`, which is only read. */
export function sha1(message: Uint8Array): Uint8Array {
  return digest(message, INITIAL_STATE, false, compress);
}

function compress(state: Int32Array, words: Int32Array): void {
  const schedule = expanded(words);
  let [a, b, c, d, e] = state as unknown as [number, number, number, number, number];
  for (let step = 0; step < 80; step++) {
    const round = Math.floor(step / 20);
    const sum = rotateLeft(a, 5) + mix(round, b, c, d) + e + schedule[step] + CONSTANTS[round];
    [a, b, c, d, e] = [sum | 0, a, rotateLeft(b, 30), c, d];
  }
  state[0] += a;
  state[1] += b;
  state[2] += c;
  state[3] += d;
  state[4] += e;
}

/** §6.1 (b): "W(t) = S^1(W(t-3) XOR W(t-8) XOR W(t-14) XOR W(t-16))". */
function expanded(words: Int32Array): Int32Array {
  const schedule = new Int32Array(80);
  schedule.set(words);
  for (let t = 16; t < 80; t++) {
    const mixed = schedule[t - 3] ^ schedule[t - 8] ^ schedule[t - 14] ^ schedule[t - 16];
    schedule[t] = rotateLeft(mixed, 1);
  }
  return schedule;
}

function mix(round: number, b: number, c: number, d: number): number {
  if (round === 0) return (b & c) | (~b & d);
  if (round === 2) return (b & c) | (b & d) | (c & d);
  return b ^ c ^ d;
}
