import { select } from './select';

const NAMES = [
  '10,000 idle',
  '16 B text',
  '1 MiB binary',
  '1 MiB text',
  '16 MiB text',
  'handshakes',
];

test.each([
  ['a whole name', 'handshakes', ['handshakes']],
  ['a whole name with a comma', '10,000 idle', ['10,000 idle']],
  ['a glob', '1 MiB *', ['1 MiB binary', '1 MiB text']],
  ['a glob in any case', '1 mib T*', ['1 MiB text']],
  ['a single character', '1? B *', ['16 B text']],
  ['a list, in the order of the names', 'handshakes, 16 B*', ['16 B text', 'handshakes']],
  ['a regular expression', '/^1 .*text/', ['1 MiB text']],
])('selects by %s', (_, patterns, expected) => {
  expect(select(patterns, NAMES)).toEqual(expected);
});

test('a glob is matched against the whole name, and its dots are dots', () => {
  expect(select('handshake', NAMES)).toEqual([]);
  expect(select('handshake.', NAMES)).toEqual([]);
});
