import { isFieldValue, isToken, listIncludes, tokenList, trimmed } from './syntax';

const ALL_OCTETS = Array.from({ length: 257 }, (_, code) => String.fromCharCode(code));

describe('isToken', () => {
  test('takes exactly the characters of RFC 9110 §5.6.2', () => {
    const tokens = ALL_OCTETS.filter((character) => isToken(character)).join('');
    expect(tokens).toBe(
      "!#$%&'*+-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ^_`abcdefghijklmnopqrstuvwxyz|~",
    );
  });

  test.each(['', 'a b', 'a,b', 'a\n', '\na'])('refuses %j', (text) => {
    expect(isToken(text)).toBe(false);
  });
});

test('isFieldValue refuses controls but the tab, and what is no octet', () => {
  const refused = ALL_OCTETS.filter((character) => !isFieldValue(`a${character}`));
  const controls = ALL_OCTETS.slice(0, 32).filter((character) => character !== '\t');
  expect(refused).toEqual([...controls, '\x7f', '\u0100']);
});

describe('tokenList', () => {
  test.each([
    [undefined, []],
    ['', []],
    [',', []],
    [' ,\t, ', []],
    ['a', ['a']],
    [' a ', ['a']],
    ['a,b', ['a', 'b']],
    ['a ,\tb', ['a', 'b']],
    [',a,,b,', ['a', 'b']],
    ['a b', ['a b']],
    ['\u00a0a', ['\u00a0a']],
    [
      ['a, b', 'c'],
      ['a', 'b', 'c'],
    ],
    [[], []],
  ])('reads %j', (value, elements) => {
    expect(tokenList(value)).toEqual(elements);
  });

  // A scanner that looks back, or tries again, would not come to an end with the larger size.
  describe.each([15_000, 1_500_000])('with %i characters', (length) => {
    test.each([
      ['spaces', ' ', 0],
      ['tabs', '\t', 0],
      ['commas', ',', 0],
      ['commas and spaces', ', ', 0],
      ['elements', 'a,', 1 / 2],
      ['elements between spaces', ' a ,', 1 / 4],
      ['quotes', '"', 0],
      ['backslashes', '\\', 0],
    ])('reads a run of %s', (_, unit, elementsPerCharacter) => {
      const text = unit.repeat(length / unit.length);
      const expected = /["\\]/.test(unit) ? 1 : length * elementsPerCharacter;
      expect(tokenList(text)).toHaveLength(expected);
    });

    test('finds the element after a run of blanks', () => {
      expect(tokenList(`${' '.repeat(length)}x${' \t'.repeat(length / 2)},y`)).toEqual(['x', 'y']);
    });
  });
});

test.each([
  ['Upgrade', true],
  ['keep-alive, UPGRADE', true],
  [['keep-alive', 'upgrade'], true],
  ['upgraded', false],
  ['keep-alive upgrade', false],
  ['', false],
  [undefined, false],
])('listIncludes finds upgrade in %j: %s', (value, found) => {
  expect(listIncludes(value, 'upgrade')).toBe(found);
});

test('trimmed takes away spaces and tabs alone', () => {
  expect(trimmed(' \t a b\t ')).toBe('a b');
  expect(trimmed('\u00a0a\n')).toBe('\u00a0a\n');
});
