import fc from 'fast-check';
import { constants, deflateRawSync } from 'node:zlib';
import { COMPRESSION, hex, noise, prose } from '../test/messages';
import { deflateShort, isShort, MOST_SHORT } from './deflate-short';
import { PublicZlib } from './public-zlib';

const { Z_FILTERED, Z_FIXED, Z_HUFFMAN_ONLY, Z_RLE, Z_SYNC_FLUSH } = constants;

/** Few different bytes, so that there are matches of every length and distance. */
const repetitive = fc.array(fc.integer({ min: 0, max: 2 }), {
  minLength: 1,
  maxLength: MOST_SHORT,
});

test.each([
  ['literals of 8 bits', '00', '62 00 00'],
  ['literals of 9 bits', '90 ff', '9a f0 1f 00'],
  ['a match', '61 61 61 61 61', '4a 04 01 00 00'],
])('RFC 1951 §3.2.6: %s', (_, message, octets) => {
  expect(deflateShort(hex(message))).toEqual(hex(octets));
});

test.each([
  ['any bytes', fc.uint8Array({ minLength: 1, maxLength: MOST_SHORT })],
  ['few different bytes', repetitive.map((bytes) => Uint8Array.from(bytes))],
])('zlib restores %s', (_, messages) => {
  const zlib = new PublicZlib();
  const law = fc.property(messages, (message) => {
    const restored = zlib.inflate(deflateShort(message), message.length, null);
    expect(restored).toEqual(Buffer.from(message));
  });
  fc.assert(law, { numRuns: 1000 });
});

test('zlib restores the longest match, at the shortest and at the longest distance', () => {
  const zlib = new PublicZlib();
  const run = Buffer.alloc(MOST_SHORT, 7);
  const [half, other] = [noise(MOST_SHORT / 2), noise(MOST_SHORT - 6, 2)];
  const messages = [
    run,
    Buffer.concat([half, half]),
    Buffer.concat([other.subarray(0, 3), other, other.subarray(0, 3)]),
  ];
  for (const message of messages) {
    expect(zlib.inflate(deflateShort(message), MOST_SHORT, null)).toEqual(message);
  }
});

test('the result is about as short as that of zlib with the same codes', () => {
  const options = { level: 9, strategy: Z_FIXED, finishFlush: Z_SYNC_FLUSH };
  let [ours, theirs] = [0, 0];
  for (let seed = 1; seed <= 100; seed++) {
    const message = prose(seed + MOST_SHORT - 100, seed);
    ours += deflateShort(message).length;
    theirs += deflateRawSync(message, options).length - 4;
  }
  expect(ours).toBeLessThan(theirs * 1.02);
});

test('a result is not changed by the next', () => {
  const first = deflateShort(prose(100));
  const copy = Buffer.from(first);
  deflateShort(prose(100, 2));
  expect(first).toEqual(copy);
});

test.each([
  ['a message up to the limit', MOST_SHORT, {}, true],
  ['a longer one', MOST_SHORT + 1, {}, false],
  ['any level that compresses', 10, { level: 9 }, true],
  ['level 0', 10, { level: 0 }, false],
  ['fixed codes', 10, { strategy: Z_FIXED }, true],
  ['Z_FILTERED', 10, { strategy: Z_FILTERED }, false],
  ['Z_HUFFMAN_ONLY', 10, { strategy: Z_HUFFMAN_ONLY }, false],
  ['Z_RLE', 10, { strategy: Z_RLE }, false],
])('isShort: %s', (_, length, asked, expected) => {
  expect(isShort(Buffer.alloc(length), { ...COMPRESSION, ...asked })).toBe(expected);
});
