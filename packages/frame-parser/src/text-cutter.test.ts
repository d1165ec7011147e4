import fc from 'fast-check';
import { anyText } from '../../common/test/any-text';
import { hex } from '../test/bits';
import { TextCutter } from './text-cutter';
import { isValidUtf8 } from './utf8';

const encoder = new TextEncoder();

/** The texts that come of a text in pieces of these lengths; null ends them. */
function pieces(bytes: Uint8Array, lengths: readonly number[]): (string | null | symbol)[] {
  const cutter = new TextCutter();
  const texts: (string | null | symbol)[] = [];
  for (let at = 0, i = 0; at < bytes.length && texts.at(-1) !== null; i++) {
    const end = Math.min(at + lengths[i % lengths.length], bytes.length);
    texts.push(cutter.push(bytes, at, end));
    at = end;
  }
  if (texts.at(-1) !== null && !cutter.complete) texts.push(null);
  return texts;
}

test.each<[string, string, number[], (string | null)[]]>([
  ['ASCII', '616263', [1], ['a', 'b', 'c']],
  ['two bytes', 'c3a4c3b6', [1], ['', 'ä', '', 'ö']],
  ['three bytes', 'e282ac', [1], ['', '', '€']],
  ['four bytes', 'f09f9880', [1], ['', '', '', '😀']],
  ['text around a cut', '61e282ac62', [2], ['a', '€', 'b']],
  ['two characters cut in one piece', 'c3a4e282', [1, 3], ['', 'ä', null]],
  ['an end inside a character', '61f09f98', [9], ['a', null]],
  ['a byte order mark', 'efbbbf61', [2], ['', '\ufeffa']],
  ['nothing behind a held byte', 'c3', [1], ['', null]],
  ['what no character goes on with', 'f490', [1], ['', null]],
  ['a surrogate', 'eda080', [1], ['', null]],
])('cuts %s', (_, bytes, lengths, texts) => {
  expect(pieces(hex(bytes), lengths)).toEqual(texts);
});

test('takes an empty piece anywhere', () => {
  const cutter = new TextCutter();
  const texts = ['', 'c3', '', 'a4', ''].map((bytes) => cutter.push(hex(bytes)));
  expect(texts).toEqual(['', '', '', 'ä', '']);
});

test('any cut of a text gives that text, in whole code points', () => {
  const text = anyText().map((t) => t.replace(/\p{Surrogate}/gu, ''));
  const lengths = fc.array(fc.integer({ min: 1, max: 80 }), { minLength: 1 });
  fc.assert(
    fc.property(text, lengths, (given, cuts) => {
      const got = pieces(encoder.encode(given), cuts);
      expect(got.join('')).toBe(given);
      expect(got.some((piece) => /\p{Surrogate}/u.test(String(piece)))).toBe(false);
    }),
  );
});

test('any cut of any bytes is refused exactly where they are not UTF-8', () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 60 }),
    fc
      .array(fc.constantFrom(0x61, 0xc3, 0xa4, 0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x98, 0x80), {
        maxLength: 80,
      })
      .map((list) => Uint8Array.from(list)),
  );
  const lengths = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1 });
  fc.assert(
    fc.property(bytes, lengths, (given, cuts) => {
      expect(pieces(given, cuts).includes(null)).toBe(!isValidUtf8(given));
    }),
  );
});
