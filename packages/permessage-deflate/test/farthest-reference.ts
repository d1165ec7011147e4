/** A slow and obvious reader of DEFLATE (RFC 1951) that only looks at how far back it refers. */

/** The longest distance in a stream of blocks, which ends where the bytes do. */
export function farthestReference(deflated: Uint8Array): number {
  const bits = new Bits(deflated);
  let farthest = 0;
  while (!bits.done) {
    bits.take(1);
    const type = bits.take(2);
    if (type === 0) bits.skipStored();
    else farthest = Math.max(farthest, farthestInBlock(bits, type === 1 ? FIXED : readCodes(bits)));
  }
  return farthest;
}

class Bits {
  #position = 0;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Whether there is no room for another block. */
  get done(): boolean {
    return this.#position + 8 > this.#bytes.byteLength * 8;
  }

  take(count: number): number {
    let value = 0;
    for (let i = 0; i < count; i++) {
      const bit = (this.#bytes[this.#position >> 3] >> (this.#position & 7)) & 1;
      value += bit * 2 ** i;
      this.#position++;
    }
    return value;
  }

  skipStored(): void {
    this.#position = (this.#position + 7) & ~7;
    const length = this.take(16);
    this.#position += 16 + length * 8;
  }
}

/** From a code, written as binary digits, to its symbol. */
type Codes = Map<string, number>;

/** RFC 1951 §3.2.2: from the lengths of the codes to the codes. */
function codesOf(lengths: readonly number[]): Codes {
  const codes: Codes = new Map();
  let code = 0;
  for (let length = 1; length <= 15; length++) {
    code *= 2;
    lengths.forEach((other, symbol) => {
      if (other === length) codes.set((code++).toString(2).padStart(length, '0'), symbol);
    });
  }
  return codes;
}

function readSymbol(bits: Bits, codes: Codes): number {
  let code = '';
  while (!codes.has(code)) {
    code += String(bits.take(1));
    if (code.length > 15) throw new Error('no such code');
  }
  return codes.get(code)!;
}

interface BlockCodes {
  readonly literals: Codes;
  readonly distances: Codes;
}

const times = (count: number, value: number): number[] => new Array<number>(count).fill(value);

const FIXED: BlockCodes = {
  literals: codesOf([...times(144, 8), ...times(112, 9), ...times(24, 7), ...times(8, 8)]),
  distances: codesOf(times(30, 5)),
};

const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** RFC 1951 §3.2.7. */
function readCodes(bits: Bits): BlockCodes {
  const literals = 257 + bits.take(5);
  const distances = 1 + bits.take(5);
  const count = 4 + bits.take(4);
  const lengthLengths = times(19, 0);
  for (const symbol of ORDER.slice(0, count)) lengthLengths[symbol] = bits.take(3);
  const codes = codesOf(lengthLengths);
  const lengths: number[] = [];
  while (lengths.length < literals + distances) {
    const symbol = readSymbol(bits, codes);
    if (symbol < 16) lengths.push(symbol);
    else if (symbol === 16) lengths.push(...times(3 + bits.take(2), lengths.at(-1)!));
    else lengths.push(...times(symbol === 17 ? 3 + bits.take(3) : 11 + bits.take(7), 0));
  }
  return {
    literals: codesOf(lengths.slice(0, literals)),
    distances: codesOf(lengths.slice(literals)),
  };
}

/** RFC 1951 §3.2.5. */
function farthestInBlock(bits: Bits, { literals, distances }: BlockCodes): number {
  let farthest = 0;
  for (;;) {
    const symbol = readSymbol(bits, literals);
    if (symbol === 256) return farthest;
    if (symbol < 256) continue;
    if (symbol >= 265 && symbol < 285) bits.take((symbol - 261) >> 2);
    farthest = Math.max(farthest, readDistance(bits, readSymbol(bits, distances)));
  }
}

function readDistance(bits: Bits, symbol: number): number {
  if (symbol < 4) return symbol + 1;
  const extra = (symbol >> 1) - 1;
  return (2 + (symbol & 1)) * 2 ** extra + bits.take(extra) + 1;
}
