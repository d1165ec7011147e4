import { comparison } from './compare';
import type { Result } from './matrix';
import { figureText, headingOf, sectionTable } from './report';
import { joined, type RunReport } from './run-report';
import type { Section } from './section';

const SECTION: Section = {
  name: 'servers',
  title: 'server CPU time per message',
  unit: 'µs',
  compared: 'by capacity',
  shown: 'median',
  results: [],
};

function sectionOf(results: Result<number>[], rest: Partial<Section> = {}): Section {
  return { ...SECTION, ...rest, results };
}

function bodyOf(section: Section): string[] {
  return sectionTable(section).split('\n').slice(2);
}

function runOf(...sections: Section[]): RunReport {
  return { where: 'here', when: '2026-11-29T12:00:00.000Z', sections };
}

test('a table shows medians, and how much more one core carries than with ws', () => {
  const section = sectionOf([
    { row: 'small', peer: 'ours', samples: [2, 2, 1.9] },
    { row: 'small', peer: 'ws', samples: [8, 8, 8] },
    { row: 'large', peer: 'ours', samples: [], error: 'stuck' },
    { row: 'large', peer: 'ws', samples: [1234.5] },
  ]);
  expect(bodyOf(section)).toEqual([
    '| small       | 2.00 (4.00×) |  8.00 |',
    '| large       |       failed | 1,235 |',
  ]);
});

test('without ws, figures stand alone; a peer that took no part has a dash', () => {
  const section = sectionOf([
    { row: 'a', peer: 'ours', samples: [2] },
    { row: 'b', peer: 'ours', samples: [] },
  ]);
  expect(bodyOf(section)).toEqual(['| a           | 2.00 |', '| b           |    – |']);
});

test('samples that lie far apart are marked', () => {
  const results = [{ row: 'a', peer: 'ours', samples: [80, 100, 120] }];
  expect(bodyOf(sectionOf(results))).toEqual(['| a           | 100 ±20% |']);
});

test('where a median would hide it, the most is shown', () => {
  const results = [{ row: 'growth', peer: 'ws', samples: [1, 2, 9] }];
  const section = sectionOf(results, { compared: 'as they are', shown: 'most', unit: '' });
  expect(bodyOf(section)).toEqual(['| growth  | 9.00 |']);
  expect(headingOf(section)).toBe('server CPU time per message, the most of 3');
});

test('the heading says how often was measured', () => {
  const results = [
    { row: 'a', peer: 'ws', samples: [1, 2, 3] },
    { row: 'a', peer: 'faye', samples: [], error: 'stuck' },
  ];
  expect(headingOf(sectionOf(results))).toBe(
    'server CPU time per message, median of 3; × = capacity against ws',
  );
});

test.each([
  [0.87012, '0.870'],
  [12.34, '12.3'],
  [1234.5, '1,235'],
])('%d is written %s', (value, text) => {
  expect(figureText(value)).toBe(text);
});

test('files are joined: samples of the same peer and row stand side by side', () => {
  const first = runOf(sectionOf([{ row: 'a', peer: 'ws', samples: [1] }]));
  const second = {
    ...runOf(
      sectionOf([
        { row: 'a', peer: 'ws', samples: [2] },
        { row: 'b', peer: 'ws', samples: [3] },
      ]),
      sectionOf([], { name: 'clients' }),
    ),
    when: '2026-11-30T12:00:00.000Z',
  };
  expect(joined([first, second])).toEqual({
    where: 'here',
    when: '2026-11-30T12:00:00.000Z',
    sections: [
      sectionOf([
        { row: 'a', peer: 'ws', samples: [1, 2] },
        { row: 'b', peer: 'ws', samples: [3] },
      ]),
      sectionOf([], { name: 'clients' }),
    ],
  });
});

test('two runs are compared by capacity, and what is within the spread is in brackets', () => {
  const before = runOf(
    sectionOf([
      { row: 'a', peer: 'ours', samples: [10, 10] },
      { row: 'a', peer: 'raw', samples: [9, 11] },
      { row: 'a', peer: 'ws', samples: [20, 20] },
      { row: 'gone', peer: 'ws', samples: [1] },
    ]),
  );
  const after = runOf(
    sectionOf([
      { row: 'a', peer: 'ours', samples: [10, 10] },
      { row: 'a', peer: 'raw', samples: [19, 21] },
      { row: 'a', peer: 'ws', samples: [40, 40] },
    ]),
  );
  expect(comparison(before, after).split('\n')).toEqual([
    'server CPU time per message (capacity against ws; of itself µs): before → after',
    '',
    '| servers |              ours |              raw |                ws |',
    '| ------- | ----------------: | ---------------: | ----------------: |',
    '| a       | 2.00 → 4.00 +100% | 2.00 → 2.00 (0%) | 20.0 → 40.0 +100% |'.replace(
      '| 20',
      '| 20',
    ),
  ]);
});

test('two runs of different things cannot be compared', () => {
  expect(() => comparison(runOf(), runOf(SECTION))).toThrow(RangeError);
});
