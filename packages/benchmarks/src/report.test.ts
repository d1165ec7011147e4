import { bombTable, cpuTable, markdownTable, median, memoryTable, streamTable } from './report';

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

test('a peer that takes no part has a dash, and no effect on the others', () => {
  const table = cpuTable([
    { row: 'deflate', peer: 'ours', samples: [2] },
    { row: 'deflate', peer: 'ws', samples: [8] },
    { row: 'deflate', peer: 'raw', samples: [] },
  ]);
  expect(table.split('\n')[2]).toMatch(/\| 2\.00 \(4\.00×\) \| 8\.00 \| +– \|$/);
});

test('of a bomb the worst round is shown, and of its growth the median too', () => {
  const outcome = { before: 2 ** 20, closeCode: 1009, took: 5, echoes: 9, slowestEcho: 2 };
  const samples = [
    { ...outcome, peak: 2 * 2 ** 20 },
    { ...outcome, peak: 3 * 2 ** 20, closeCode: 1006, took: 50 },
    { ...outcome, peak: 9 * 2 ** 20, echoes: 3, slowestEcho: 20 },
  ];
  const failed = { row: 'bomb', peer: 'ws', samples: [], error: 'stuck' };
  const table = bombTable([{ row: 'bomb', peer: 'ours', samples }, failed]);
  expect(table.split('\n').slice(2)).toEqual([
    '| growth, MiB, median |        2.0 | failed |',
    '| growth, MiB, most   |        8.0 | failed |',
    '| close code          | 1009, 1006 | failed |',
    '| answered after, ms  |       50.0 | failed |',
    '| echoes meanwhile    |          3 | failed |',
    '| slowest echo, ms    |       20.0 | failed |',
  ]);
});

test('of a long message the worst growth of each end is shown, and the median of the time', () => {
  const grown = (mebibytes: number) => ({ before: 0, peak: mebibytes * 2 ** 20 });
  const table = streamTable([
    {
      row: 'bytes',
      peer: 'ours',
      samples: [
        { sender: grown(3), receiver: grown(9), seconds: 2 },
        { sender: grown(5), receiver: grown(1), seconds: 4 },
      ],
    },
    { row: 'text', peer: 'ours', samples: [], error: 'stuck' },
  ]);
  expect(table.split('\n').slice(2)).toEqual([
    '| bytes |         5.0 |           9.0 |    3.00 |',
    '| text  |      failed |        failed |  failed |',
  ]);
});
