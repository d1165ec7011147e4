/** A message that comes to nothing and takes long: blocks with a Huffman code each, and nothing else. */

/** The code lengths that a block gives (RFC 1951 §3.2.7): one for "1", one for a run of zeros. */
const CODE_LENGTHS = [0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];

/** As a peer would send it, of `length` octets or a few less. */
export function emptyBlocks(length: number): Buffer {
  const bits: number[] = [];
  const put = (value: number, count: number): void => {
    for (let bit = 0; bit < count; bit++) bits.push((value >> bit) & 1);
  };
  for (let blocks = 0; blocks < 8; blocks++) {
    put(0, 1);
    put(2, 2);
    put(0, 10);
    put(CODE_LENGTHS.length - 4, 4);
    CODE_LENGTHS.forEach((codeLength) => put(codeLength, 3));
    // 138 and 118 literals without a code; then the end of the block, one distance, and that end
    put(1, 1);
    put(138 - 11, 7);
    put(1, 1);
    put(118 - 11, 7);
    put(0, 3);
  }
  const octets = Buffer.alloc(bits.length / 8);
  bits.forEach((bit, index) => (octets[index >> 3] |= bit << (index & 7)));
  const times = Math.floor((length - 1) / octets.byteLength);
  return Buffer.concat([...Array<Buffer>(times).fill(octets), Buffer.of(0)]);
}
