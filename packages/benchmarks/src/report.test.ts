import { cpuTable, markdownTable, median, memoryTable } from './report';

test.each([
  [[3], 3],
  [[3, 1, 2], 2],
  [[10, 9, 100, 1], 9.5],
])('the median of %j is %d', (values, expected) => {
  expect(median(values)).toBe(expected);
});

test('the median leaves its argument as it was, and nothing has none', () => {
  const values = [3, 1, 2];
  median(values);
  expect(values).toEqual([3, 1, 2]);
  expect(() => median([])).toThrow(RangeError);
});

test('the columns of a table line up', () => {
  expect(
    markdownTable([
      ['cell', 'ws'],
      ['a', '1,234'],
      ['longer', '5'],
    ]),
  ).toBe(
    [
      '| cell   |    ws |', //
      '| ------ | ----: |',
      '| a      | 1,234 |',
      '| longer |     5 |',
    ].join('\n'),
  );
});

test('the matrix shows medians and how much more one core carries than with ws', () => {
  const table = cpuTable([
    { row: 'small', peer: 'ours', samples: [2, 9, 1] },
    { row: 'small', peer: 'ws', samples: [8, 8, 8] },
    { row: 'large', peer: 'ours', samples: [], error: 'stuck' },
    { row: 'large', peer: 'ws', samples: [1234.5] },
  ]);
  expect(table.split('\n').slice(2)).toEqual([
    '| small          | 2.00 (4.00×) |  8.00 |',
    '| large          |       failed | 1,235 |',
  ]);
});

test('there are no ratios where ws was not measured', () => {
  expect(cpuTable([{ row: 'small', peer: 'raw', samples: [0.5] }])).toMatch(/\| 0\.500 \|$/);
  const failed = { row: 'small', peer: 'ws', samples: [], error: 'stuck' };
  expect(cpuTable([{ row: 'small', peer: 'raw', samples: [0.5] }, failed])).toMatch(/ 0\.500 \|/);
});

test('memory is shown in KiB, the heap and the resident set apart', () => {
  const table = memoryTable([{ row: 'idle', peer: 'ws', samples: [{ heap: 1024, rss: 5632 }] }]);
  expect(table.split('\n').slice(2)).toEqual([
    '| idle: heap         | 1.0 |',
    '| idle: rss          | 5.5 |',
  ]);
});
