/**
 * What MD5 and SHA-1 have in common: padding a message to blocks of sixteen 32-bit words (RFC 1321
 * §3.1–3.2, RFC 3174 §4) and writing the state out. They differ in byte order and in the rounds.
 *
 * Inputs here are tens of bytes, so clarity comes before speed.
 */

const BLOCK = 64;

/** Mixes one block, as sixteen words, into the state. */
export type Compress = (state: Int32Array, words: Int32Array) => void;

/** The digest of `message`, which is only read: the final state in the given byte order. */
export function digest(
  message: Uint8Array,
  initialState: readonly number[],
  littleEndian: boolean,
  compress: Compress,
): Uint8Array {
  const state = Int32Array.from(initialState);
  const blocks = padded(message, littleEndian);
  const words = new Int32Array(16);
  for (let at = 0; at < blocks.byteLength; at += BLOCK) {
    for (let i = 0; i < 16; i++) words[i] = blocks.getInt32(at + 4 * i, littleEndian);
    compress(state, words);
  }
  const output = new DataView(new ArrayBuffer(4 * state.length));
  state.forEach((word, i) => output.setInt32(4 * i, word, littleEndian));
  return new Uint8Array(output.buffer);
}

export function rotateLeft(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

/** The message, a 1 bit, zeros, and the message's length in bits as a 64-bit number. */
function padded(message: Uint8Array, littleEndian: boolean): DataView {
  const bytes = new Uint8Array(Math.ceil((message.length + 9) / BLOCK) * BLOCK);
  bytes.set(message);
  bytes[message.length] = 0x80;
  const view = new DataView(bytes.buffer);
  view.setBigUint64(bytes.length - 8, BigInt(message.length) * 8n, littleEndian);
  return view;
}
