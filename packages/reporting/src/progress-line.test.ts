import { ProgressLine } from '.';

let now: number;
let written: string;

beforeEach(() => {
  now = 0;
  written = '';
});

function progressOn(isTTY: boolean, columns = 80): ProgressLine {
  const write = (text: string): void => {
    written += text;
  };
  return new ProgressLine({ isTTY, columns, write }, () => now);
}

test('a terminal has one line, which is kept up to date', () => {
  const progress = progressOn(true);
  progress.show({ done: 0, total: 4, text: 'ws' });
  expect(written).toBe('\r\u001b[K░░░░░░░░░░░░░░░░░░░░ 0/4 · ws');
  written = '';
  now = 30_000;
  progress.show({ done: 1, total: 4, text: 'faye' });
  expect(written).toBe('\r\u001b[K█████░░░░░░░░░░░░░░░ 1/4 · 1:30 left · faye');
});

test('a line that is too long for the terminal is cut', () => {
  progressOn(true, 30).show({ done: 0, total: 4, text: 'a long name' });
  expect(written).toBe('\r\u001b[K░░░░░░░░░░░░░░░░░░░░ 0/4 · a ');
});

test('a file gets a line now and then', () => {
  const progress = progressOn(false);
  for (now = 0; now <= 20_000; now += 1000) progress.show({ done: 1, total: 2, text: `${now}` });
  expect(written.match(/· \d+$/gm)).toEqual(['· 0', '· 10000', '· 20000']);
});

test('a note stays, above the line', () => {
  const progress = progressOn(true);
  progress.show({ done: 0, total: 1, text: 'ws' });
  written = '';
  progress.note('bun is left out');
  expect(written).toBe('\r\u001b[Kbun is left out\n');
});

test('a run that lasts for a time says how long it has run, and goes on when that is over', () => {
  const progress = progressOn(true);
  progress.show({ done: 61.5, total: 123, unit: 'seconds', text: 'well' });
  expect(written).toBe('\r\u001b[K██████████░░░░░░░░░░ 1:01 of 2:03 · well');
  progress.show({ done: 130, total: 123, unit: 'seconds', text: 'ending' });
  expect(written).toMatch(/█{20} 2:10 of 2:03 · ending$/);
});
