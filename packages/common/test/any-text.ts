/** Texts of any code points but surrogates, as those of fast-check's unit `binary`. */
import fc from 'fast-check';

const FIRST_SURROGATE = 0xd800;
const SURROGATES = 0x800;
const CODE_POINTS = 0x110000 - SURROGATES;

// fast-check's own makes a map of all code points first: a second in each test file.
const character = fc.nat({ max: CODE_POINTS - 1 }).map(
  (index) => String.fromCodePoint(index < FIRST_SURROGATE ? index : index + SURROGATES),
  (text) => {
    const codePoint = typeof text === 'string' ? text.codePointAt(0) : undefined;
    if (codePoint === undefined || text !== String.fromCodePoint(codePoint))
      throw new Error('not one character');
    if (codePoint < FIRST_SURROGATE) return codePoint;
    if (codePoint < FIRST_SURROGATE + SURROGATES) throw new Error('a surrogate');
    return codePoint - SURROGATES;
  },
);

export function anyText(
  constraints: Omit<fc.StringConstraints, 'unit'> = {},
): fc.Arbitrary<string> {
  return fc.string({ ...constraints, unit: character });
}
