/** A bounded number of runs of every model, the same in every test run: the command goes further. */
import fc from 'fast-check';
import { MODELS } from '.';

const SEED = 6455;

test('names tell models apart', () => {
  expect(new Set(MODELS.map(({ name }) => name)).size).toBe(MODELS.length);
});

test.each(MODELS)(
  '$name: $law',
  async ({ property, runs }) => {
    await fc.assert(property, { numRuns: runs, seed: SEED });
  },
  300_000,
);
