import { progressText } from './progress';
import type { Status } from './run';

const STATUS: Status = {
  seconds: 61.5,
  phase: 'running',
  live: 1000,
  outstanding: 12,
  server: { rss: 90_500_000, heapUsed: 20_000_000 },
  tallied: {
    messages: { echoed: 300, lost: 1, wrong: 1 },
    errors: { EPIPE: 3 },
    crashes: { a: 1 },
  },
};
const EARLIER: Status = { ...STATUS, seconds: 60.5, tallied: { messages: { echoed: 200 } } };

test('a line says how it stands', () => {
  expect(progressText(STATUS, EARLIER)).toBe(
    '1,000 connections · 100 messages/s · 12 outstanding · RSS 90.5 MB · heap 20.0 MB · ' +
      '2 lost · 1 unexpected · 3 errors',
  );
});

test('and that the end has begun', () => {
  expect(progressText({ ...STATUS, phase: 'ending' }, null)).toMatch(/^ending · 1,000 connections/);
});
