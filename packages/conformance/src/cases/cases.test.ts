import { CASES, choose, groupOf, GROUPS } from '.';
import type { Role } from '../model/case';

const COUNTS: [group: string, count: number][] = [
  ['1', 16],
  ['2', 11],
  ['3', 7],
  ['4', 10],
  ['5', 20],
  ['6', 145],
  ['7', 37],
  ['9', 54],
  ['10', 1],
  ['12', 90],
  ['13', 126],
];

test.each(COUNTS)('group %s has %d cases', (group, count) => {
  expect(CASES.filter(({ id }) => groupOf(id) === group)).toHaveLength(count);
});

test.each<Role>(['server', 'client'])('numbers are unique for a %s', (role) => {
  const numbers = choose({ role, full: true, patterns: [] }).map(({ id }) => id);
  expect(new Set(numbers).size).toBe(numbers.length);
});

test('every group has a name', () => {
  expect(new Set(CASES.map(({ id }) => groupOf(id)))).toEqual(new Set(GROUPS.keys()));
});

test('every script can be made, and has an outcome that is OK', () => {
  const quick = CASES.filter(({ fullOnly, id }) => fullOnly !== true && groupOf(id) !== '9');
  expect(quick.filter((given) => given.script().outcomes[0]?.behavior !== 'OK')).toEqual([]);
});

test.each([
  [['10'], 1],
  [['6.4'], 4],
  [['6.4.*'], 4],
  [['1.1.1', '1.1.2'], 2],
  [['1.1.1*'], 1],
  [['c.1000'], 1],
  [['C.1'], 0],
  [['C.2500'], 0],
  [['nothing'], 0],
])('%p chooses %d cases', (patterns, count) => {
  const chosen = choose({ role: 'server', full: false, patterns });
  expect(chosen.filter(({ id }) => id !== 'C.1')).toHaveLength(count);
});

test('a full run has every close code', () => {
  expect(choose({ role: 'client', full: true, patterns: ['C'] })).toHaveLength(5001);
});
