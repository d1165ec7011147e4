/** Decoded text is the same by whatever way it was decoded: as UTF-8, as ASCII, or by way of UTF-16 in pieces. */
import { isUtf8 } from 'node:buffer';
import fc from 'fast-check';
import { decodeText, decodeUtf8 } from '.';

const PIECE = 0x1_0000;
/** Characters of one to four bytes, a byte order mark, U+FFFD, and what looks like the halves of a pair. */
const CHARACTERS = ['a', 'é', '€', '日', '💣', '\uFEFF', '\uFFFD', '\uD7FF', '\uE000'];

const character = fc.constantFrom(...CHARACTERS);
/** Around where another way is taken, and where one piece ends and the next begins. */
const length = fc.oneof(
  fc.integer({ min: 0, max: 20 }),
  fc.integer({ min: 500, max: 520 }),
  fc.integer({ min: 2040, max: 2056 }),
  fc.constantFrom(PIECE, 2 * PIECE).chain((end) => fc.integer({ min: end - 8, max: end + 8 })),
);

/** A text of about as many bytes: one character over and over, with others at its start and its end. */
const text = fc
  .tuple(
    length,
    character,
    fc.array(character, { maxLength: 4 }),
    fc.array(character, { maxLength: 4 }),
  )
  .map(([bytes, filler, first, last]) => {
    const filled = filler.repeat(Math.ceil(bytes / Buffer.byteLength(filler)));
    return first.join('') + filled + last.join('');
  });

test('is what was encoded, wherever it lies', () => {
  fc.assert(
    fc.property(text, fc.nat(5), (expected, offset) => {
      const bytes = Buffer.concat([
        Buffer.alloc(offset, 0xff),
        Buffer.from(expected),
        Buffer.of(0xff),
      ]);
      const end = bytes.length - 1;
      expect(decodeUtf8(bytes, offset, end) === expected).toBe(true);
      expect(decodeText(bytes, offset, end) === expected).toBe(true);
    }),
  );
});

test('is none if a byte is changed so that it is no UTF-8 any more', () => {
  fc.assert(
    fc.property(text, fc.nat(), fc.nat(255), (original, place, byte) => {
      const bytes = Buffer.from(original + '.');
      bytes[place % bytes.length] = byte;
      const expected = isUtf8(bytes) ? bytes.toString() : null;
      expect(decodeUtf8(bytes) === expected).toBe(true);
    }),
  );
});
