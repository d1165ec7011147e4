import { figuresOf, quantile } from './figures';
import type { Outcome } from './measure';
import { tableOf, type Row } from './table';

test.each([
  [[], 0.5, 0],
  [[7], 0.99, 7],
  [[1, 2, 3], 0.5, 2],
  [[1, 2, 3, 4], 0.5, 2],
  [[1, 2, 3, 4], 0.99, 4],
  [[1, 2, 3, 4], 1, 4],
])('of %j, %d is %d', (values, share, expected) => {
  expect(quantile(Float64Array.from(values), share)).toBe(expected);
});

test('what is on its way counts for as long as it has been waited for', () => {
  const roundTrips = Array.from({ length: 99 }, (_, i) => 99 - i);
  expect(figuresOf(roundTrips, [], [3, 1, 2])).toEqual({
    median: 50,
    p99: 99,
    max: 99,
    ownDelay: 3,
    unanswered: 0,
  });
  expect(figuresOf(roundTrips, [500], [])).toMatchObject({ p99: 99, max: 500, unanswered: 1 });
});

test('nothing at all is no reason to fail', () => {
  expect(figuresOf([], [], [])).toMatchObject({ median: 0, p99: 0, max: 0 });
});

const OUTCOME: Outcome = {
  median: 0.26,
  p99: 12.345,
  max: 1234.5,
  ownDelay: 0.04,
  unanswered: 0,
  growth: 1_600_000,
};

test('the table has a row for each attack, and says what failed and what is not for a server', () => {
  const rows: Row[] = [
    {
      attack: 'both',
      outcomes: new Map([
        ['ours', OUTCOME],
        ['ws', { ...OUTCOME, unanswered: 2 }],
      ]),
    },
    { attack: 'ours alone', outcomes: new Map([['ours', OUTCOME]]) },
    {
      attack: 'too much',
      outcomes: new Map([
        ['ours', null],
        ['ws', OUTCOME],
      ]),
    },
  ];
  const table = tableOf(rows, ['ours', 'ws']).split('\n');
  const [head, , ...lines] = table.map((line) =>
    line
      .split('|')
      .map((entry) => entry.trim())
      .slice(1, -1),
  );
  expect(new Set(table.map((line) => line.length)).size).toBe(1);
  expect(head).toHaveLength(11);
  const figures = ['0.3', '12.3', '1235', '2', '0.0'];
  const most = ['0.3', '12.3', '>1235', '2', '0.0'];
  expect(lines).toEqual([
    ['both', ...figures, ...most],
    ['ours alone', ...figures, ...Array<string>(5).fill('–')],
    ['too much', ...Array<string>(5).fill('failed'), ...figures],
  ]);
});
