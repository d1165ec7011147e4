import { htmlReport } from './html-report';
import { textReport } from './text-report';
import { flatHeap, verdictsOn, type Result, type Sample } from './verdicts';

function samples(...heaps: number[]): Sample[] {
  return heaps.map((heap, index) => ({
    seconds: index * 30,
    connections: 10,
    heapUsed: heap * 1e6,
    rss: 80e6,
    external: 3e6,
    arrayBuffers: 1e6,
  }));
}

const GOOD: Result = {
  when: '2026-02-03T04:05:06.789Z',
  where: 'Node v20.19.0, linux x64, 2 cores (of a kind)',
  versions: { '@ws/websocket': '1.2.3', V8: '11' },
  seed: 1,
  connections: 1000,
  minutes: 15,
  seconds: 900,
  samples: samples(5, 9, 9, 10, 10, 10, 10.2, 10.2, 10.2),
  afterwards: { heapUsed: 5e6, rss: 80e6, external: 3e6, arrayBuffers: 1e6 },
  handles: { TCPServerWrap: 2 },
  tallied: { messages: { sent: 1500, echoed: 1499, 'behind a fault': 1 }, ended: { all: 1200 } },
};

function failures(result: Result): string[] {
  return verdictsOn(result).flatMap(({ name, passed }) => (passed === false ? [name] : []));
}

test('a good run passes', () => {
  expect(verdictsOn(GOOD).map(({ passed }) => passed)).toEqual(Array(6).fill(true));
});

test.each<[string, Partial<Result>]>([
  ['it ran', { tallied: {} }],
  ['no message lost or wrong', { tallied: { messages: { echoed: 1, lost: 1 } } }],
  ['no message lost or wrong', { tallied: { messages: { echoed: 1, wrong: 1 } } }],
  ['no unexpected ending', { tallied: { messages: { echoed: 1 }, unexpected: { 'a <b>': 1 } } }],
  ['no crash', { tallied: { messages: { echoed: 1 }, crashes: { TypeError: 1 } } }],
  ['no socket left', { handles: { TCPSocketWrap: 1 } }],
  ['heap is flat', { samples: samples(1, 1, 1, 10, 10, 10, 10.31, 10.31, 10.31) }],
])('%s: fails when it is not so', (name, change) => {
  expect(failures({ ...GOOD, ...change })).toEqual([name]);
});

test('of a server that is gone nobody knows whether it had sockets', () => {
  const verdicts = verdictsOn({ ...GOOD, handles: null, afterwards: null });
  const open = verdicts.filter(({ passed }) => passed === null).map(({ name }) => name);
  expect(open).toEqual(['no socket left']);
});

test.each<[string, number[], boolean | null]>([
  ['growth within 3%', [0, 0, 0, 100, 101, 99, 103, 102, 103], true],
  ['a fall within 3%', [0, 0, 0, 100, 100, 100, 97.5, 97.5, 97.5], true],
  ['a fall of more', [0, 0, 0, 100, 100, 100, 96, 96, 96], false],
  ['what the first third was, whatever it was', [500, 1, 1, 1, 1, 1, 1, 1, 1], true],
  ['too few samples to tell', [1, 1, 1, 9, 9, 99, 99, 99], null],
])('flat heap: %s', (_name, heaps, passed) => {
  expect(flatHeap(samples(...heaps)).passed).toBe(passed);
});

test('the report for the console has verdicts and counts', () => {
  const text = textReport(GOOD);
  expect(text).toContain('passed  no message lost or wrong: 0 lost or wrong');
  expect(text).toMatch(/^ *1,499 {2}echoed$/m);
  expect(text).toMatch(/^ *2026-02-03 04:05 UTC {2}ended$/m);
  expect(text).toMatch(/^Node v20.19.0, linux x64/);
  expect(text).toMatch(/^ *1\.2\.3 {2}@ws\/websocket$/m);
  expect(text).not.toContain('Crashes');
  expect(textReport({ ...GOOD, samples: [] })).toContain('open    heap is flat');
});

test('the page needs nothing else, and escapes what it shows', () => {
  const page = htmlReport({ ...GOOD, tallied: { crashes: { 'at <anonymous> & "more"': 1 } } });
  expect(page).not.toMatch(/src=|href=|url\((?!#)|<script/);
  expect(page).toContain('at &lt;anonymous&gt; &amp; &quot;more&quot;');
  expect(page.match(/<svg/g)).toHaveLength(3);
  expect(page).toContain('Ended on 2026-02-03.');
  expect(page).toMatch(/<td>@ws\/websocket<\/td>\s*<td>1\.2\.3<\/td>/);
});

test('a run that never came to a sample still makes a page', () => {
  expect(htmlReport({ ...GOOD, samples: [], afterwards: null })).not.toMatch(
    /NaN|Infinity|undefined/,
  );
});
