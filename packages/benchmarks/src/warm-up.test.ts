import { QUICK_ROUNDS } from './quick';
import { warmUpFor } from './warm-up';

/** That of handshakes. */
const LONGEST = 2.5;

test.each([QUICK_ROUNDS.seconds, 1, 30])('it is the usual one before %d s', (counted) => {
  expect(warmUpFor(LONGEST, counted)).toBe(LONGEST);
});

test('it is short before a load that only shows that the command works', () => {
  expect(warmUpFor(LONGEST, 0.01)).toBeCloseTo(0.1);
});
