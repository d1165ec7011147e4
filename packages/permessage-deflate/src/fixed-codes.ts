/**
 * The fixed Huffman codes (RFC 1951 §3.2.6) in the form in which they are written: the bits of a code, which come with
 * the most significant one first, and above them the extra bits behind it (§3.2.5).
 */

/** A code and its extra bits in the low 24 bits, and how many bits that is above them. */
type PackedBits = number;

export const BITS_MASK = 0xffffff;
export const COUNT_SHIFT = 24;

export const SHORTEST_MATCH = 3;

/** By byte. */
export function literalCodes(): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, byte) => literalOrLength(byte));
}

/** By length, from 3 to `most`, which is less than 258: that one has a code of its own. */
export function lengthCodes(most: number): Uint32Array {
  return codesUpTo(most, SHORTEST_MATCH, (index) => ({
    code: literalOrLength(257 + index),
    extra: index < 8 ? 0 : (index >> 2) - 1,
  }));
}

/** By distance, from 1 to `most`. */
export function distanceCodes(most: number): Uint32Array {
  return codesUpTo(most, 1, (index) => ({
    code: packed(index, 5),
    extra: index < 4 ? 0 : (index >> 1) - 1,
  }));
}

/** The tables of §3.2.5: a code stands for as many values as its extra bits tell apart. */
function codesUpTo(
  most: number,
  first: number,
  at: (index: number) => { code: PackedBits; extra: number },
): Uint32Array {
  const codes = new Uint32Array(most + 1);
  for (let index = 0, next = first; next <= most; index++) {
    const { code, extra } = at(index);
    for (let value = 0; value < 1 << extra && next <= most; value++) {
      codes[next++] = withExtra(code, value, extra);
    }
  }
  return codes;
}

/** The code of a value of the literal/length alphabet: the table of §3.2.6. */
function literalOrLength(value: number): PackedBits {
  if (value < 144) return packed(0b00110000 + value, 8);
  if (value < 256) return packed(0b110010000 + value - 144, 9);
  if (value < 280) return packed(value - 256, 7);
  return packed(0b11000000 + value - 280, 8);
}

function packed(code: number, count: number): PackedBits {
  let bits = 0;
  for (let at = 0; at < count; at++) bits |= ((code >> at) & 1) << (count - 1 - at);
  return bits | (count << COUNT_SHIFT);
}

function withExtra(code: PackedBits, value: number, extra: number): PackedBits {
  return (code | (value << (code >>> COUNT_SHIFT))) + (extra << COUNT_SHIFT);
}
