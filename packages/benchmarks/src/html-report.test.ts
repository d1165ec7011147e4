import { htmlReport } from './html-report';
import type { RunReport } from './run-report';

const SECTION = {
  name: 'servers',
  title: 'server CPU time per message',
  unit: 'µs',
  compared: 'by capacity',
  shown: 'median',
} as const;

const REPORT: RunReport = {
  where: 'Node on a machine',
  when: '2026-11-29T12:00:00.000Z',
  sections: [
    {
      ...SECTION,
      results: [
        { row: 'small', peer: 'ours', samples: [2, 2] },
        { row: 'small', peer: 'ws', samples: [8, 8] },
        { row: 'small', peer: 'ws+bufferutil', samples: [4, 4] },
        { row: 'small', peer: 'bun', samples: [1, 1] },
        { row: 'small', peer: 'raw', samples: [1, 1] },
        { row: 'large', peer: 'ours', samples: [5] },
        { row: 'large', peer: 'ws', samples: [8] },
        { row: 'large', peer: 'ws+bufferutil', samples: [4] },
        { row: 'large', peer: 'bun', samples: [], error: 'stuck' },
      ],
    },
    {
      ...SECTION,
      name: 'memory',
      title: 'server memory per connection',
      unit: 'KiB',
      compared: 'as they are',
      results: [{ row: 'idle', peer: 'ours', samples: [2] }],
    },
    {
      ...SECTION,
      name: 'stream',
      title: 'growth',
      unit: '',
      compared: 'as they are',
      shown: 'most',
      results: [{ row: 'bytes', peer: 'seconds', samples: [1, 3] }],
    },
  ],
};

const PAGE = htmlReport(REPORT);

test('the page says where, when and what', () => {
  for (const text of ['Node on a machine', '2026-11-29', 'Server CPU time per message']) {
    expect(PAGE).toContain(text);
  }
});

test('a sentence tells how this toolkit stands', () => {
  expect(PAGE).toContain(
    'One core does 1.6 to 4.0 times the work of ws with this toolkit. ' +
      'It is ahead of every other library in Node in 1 of 2 rows.',
  );
});

test('a card has the longest bar first, and sockets without a protocol as limits', () => {
  const [, card] = /<h3>small<\/h3>([^]*?)<\/section>/.exec(PAGE)!;
  expect([...card.matchAll(/<b>(.*?)<\/b>/g)].map(([, name]) => name)).toEqual([
    ...['bun', 'ours', 'ws+bufferutil', 'ws'],
  ]);
  expect(card).toContain('raw 8.00×');
});

test('what failed has no bar, and is named in the table', () => {
  const [, card] = /<h3>large<\/h3>([^]*?)<\/section>/.exec(PAGE)!;
  expect(card).not.toContain('bun');
  expect(PAGE).toContain('<td>failed</td>');
});

test('figures without ws are shown as they are', () => {
  expect(PAGE).toContain('2.00 KiB');
});

test('what has no unit of its own is a table of the most', () => {
  expect(PAGE).toContain('growth, the most of 2');
  expect(PAGE).toContain('<td>3.00</td>');
});

test('rows that are points of a curve become one chart, with the shape of each line', () => {
  const points = [1, 10].map((at) => ({ row: `size ${at} B`, at, label: `${at} B` }));
  const section = {
    ...SECTION,
    curves: [{ title: 'Size of a message', points }],
    results: [
      { row: 'size 1 B', peer: 'ours', samples: [2] },
      { row: 'size 10 B', peer: 'ours', samples: [20] },
      { row: 'size 1 B', peer: 'ws', samples: [], error: 'stuck' },
      { row: 'size 1 B', peer: 'raw', samples: [1] },
    ],
  };
  const page = htmlReport({ ...REPORT, sections: [section] });
  expect(page).toContain('<h3>Size of a message</h3>');
  expect(page).toContain('<b>ours</b> linear to 10 B');
  expect(page).toContain('raw, 1 B: 1.00 µs');
  expect(page).not.toContain('<b>ws</b>');
});
