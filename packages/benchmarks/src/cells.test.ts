import { CELLS, selectCells } from './cells';

function names(patterns: string): string[] {
  return selectCells(patterns, CELLS).map(({ name }) => name);
}

test('every cell has a name of its own', () => {
  expect(new Set(CELLS.map(({ name }) => name)).size).toBe(CELLS.length);
});

test.each([
  ['a whole name', 'handshakes', ['handshakes']],
  ['a glob', '16 MiB *', ['16 MiB binary c1 P1', '16 MiB text c1 P1']],
  ['a glob in any case', '1 mib T*', ['1 MiB text c1 P1']],
  ['a single character', '1? B * c1 *', ['16 B binary c1 P1']],
  [
    'a list, in the order of the matrix',
    'handshakes, 125 B t*',
    ['125 B text c100 P16', 'handshakes'],
  ],
  ['a regular expression', '/^1 .iB text/', ['1 KiB text c100 P16', '1 MiB text c1 P1']],
])('selects by %s', (_, patterns, expected) => {
  expect(names(patterns)).toEqual(expected);
});

test('a glob is matched against the whole name, and its dots are dots', () => {
  expect(() => names('handshake')).toThrow(RangeError);
  expect(() => names('handshake.')).toThrow(RangeError);
});

test('a selection of nothing throws, and names the cells there are', () => {
  expect(() => selectCells('nothing', CELLS)).toThrow(/no cell matches 'nothing'[^]*handshakes/);
});
