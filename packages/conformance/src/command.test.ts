import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { bundled } from '../../child-process/test/bundled';
import { checkPatterns, choose } from './cases';
import { compare, merged, readExpected } from './expected';
import type { CaseResult } from './engine/result';
import { readOptions } from './options';
import { Progress } from './progress';
import { renderReport } from './report/page';
import { describeDifferences, summarize } from './summary';

const GOOD: CaseResult = {
  id: '1.1.1',
  title: 'A <message>',
  expects: 'It comes back.',
  role: 'server',
  behavior: 'OK',
  closing: 'OK',
  reason: '',
  came: 'text of 2 “hi”',
  milliseconds: 3,
  log: [{ at: 0.5, from: 'suite', what: 'TEXT, 2 octets', hex: '6869', text: '"hi" & more' }],
};
const BAD: CaseResult = { ...GOOD, id: '2.1', behavior: 'FAILED', reason: 'nothing came' };

test('options have defaults', () => {
  expect(readOptions([])).toMatchObject({ subject: { kind: 'ours' }, cases: [], full: false });
  expect(readOptions(['client'])).toMatchObject({ subject: { kind: 'client', port: 9001 } });
});

test('options are read', () => {
  expect(readOptions(['server', 'ws://a/', '--cases', '1, 2.*', '--parallel', '3'])).toMatchObject({
    subject: { kind: 'server', url: 'ws://a/' },
    cases: ['1', '2.*'],
    parallel: 3,
  });
});

test.each([
  [['server']],
  [['server', 'http://a/']],
  [['server', 'not a URL']],
  [['server', 'ws://a/', 'ws://b/']],
  [['other']],
  [['--parallel', '0']],
  [['--port', '1']],
  [['client', '--update']],
  [['--update', '--full']],
  [['--unheard-of']],
])('%p is refused', (args) => {
  expect(() => readOptions(args)).toThrow();
});

test.each([
  [['9.*', '99', 'x.1', '6.4'], /'99', 'x\.1'$/],
  [['C.2500'], /'C\.2500'$/],
])('each of the patterns %p that matches no case is named', (patterns, named) => {
  const ids = choose({ role: 'server', full: false, patterns: [] }).map(({ id }) => id);
  expect(() => checkPatterns(patterns, ids)).toThrow(named);
});

test('patterns that all match a case are fine, and so are none', () => {
  expect(() => checkPatterns(['9.*', '6.4.3'], ['6.4.3', '9.1.1'])).not.toThrow();
  expect(() => checkPatterns([], ['1.1'])).not.toThrow();
});

test.each(['main', 'with-ws'])('%s fails when a pattern matches no case', async (name) => {
  const scripts = await bundled([join(__dirname, `${name}.ts`)]);
  const args = [join(scripts.folder, `${name}.js`), '--cases', '12.1.1,99.*'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  scripts.remove();
  expect(stderr).toContain("no case of this run has a number like '99.*'");
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
});

test('every difference from what is expected counts, for better or worse', () => {
  expect(compare({ '1.1.1': 'FAILED', '2.1': 'FAILED / OK' }, [GOOD, BAD])).toEqual([
    { id: '1.1.1', expected: 'FAILED', actual: 'OK' },
  ]);
  expect(compare({}, [GOOD, BAD])).toEqual([{ id: '2.1', expected: 'OK', actual: 'FAILED / OK' }]);
  expect(describeDifferences('Ours', compare({}, [BAD]))).toContain(
    '2.1: FAILED / OK, expected OK',
  );
});

test.each(['server', 'client'] as const)(
  'what is expected of our %s is what a quick run has',
  (role) => {
    const numbers = choose({ role, full: false, patterns: [] }).map(({ id }) => id);
    expect(Object.keys(readExpected(role)).sort()).toEqual(numbers.sort());
  },
);

test('an update keeps what has not run', () => {
  expect(merged({ '2.1': 'OK', '3.1': 'OK' }, [GOOD, BAD])).toEqual({
    '1.1.1': 'OK',
    '2.1': 'FAILED / OK',
    '3.1': 'OK',
  });
});

test('the summary names what is not fine', () => {
  expect(summarize('Ours', [GOOD, BAD])).toBe(
    'Ours\n  1 OK\n  1 FAILED / OK\n  2.1 A <message>: FAILED / OK: nothing came',
  );
});

test('progress says in words which case has been run, and how many were not fine', () => {
  const written: string[] = [];
  const write = (text: string): boolean => written.push(text) > 0;
  const progress = new Progress('Ours', 2, { write, isTTY: true, columns: 200 });
  progress.add(GOOD);
  progress.add(BAD);
  const [first, second, cleared] = written;
  expect(first).toMatch(/ 1\/2 · 0:00 left · Ours: 0 not fine · 1\.1\.1 A <message>: OK$/);
  expect(second).toMatch(/ 2\/2 · 0:00 left · Ours: 1 not fine · 2\.1 A <message>: FAILED \/ OK$/);
  expect(cleared).toBe('\r\x1b[K');
});

test('the report stands alone, and nothing in it is taken for markup', () => {
  const page = renderReport([{ title: 'ws://<host>/', results: [GOOD, BAD] }]);
  expect(page).toContain('A &lt;message&gt;');
  expect(page).toContain('&quot;hi&quot; &amp; more');
  expect(page).toContain('ws://&lt;host&gt;/');
  expect(page).toContain('<code>68 69</code>');
  expect(page).not.toMatch(/<(link|img|script src)|https?:/);
  expect(page.match(/<details/g)).toHaveLength(2);
  expect(page.match(/data-bad/g)).toHaveLength(1);
});
