import { flushThisTick, MOST_FLUSHES } from './flush-queue';

/** The numbers of those that were flushed, in order. */
function flushables(count: number, flushed: number[]): { flush: () => void }[] {
  return Array.from({ length: count }, (_, index) => ({ flush: () => flushed.push(index) }));
}

const tick = (): Promise<void> => new Promise((resolve) => process.nextTick(resolve));
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('what waits is flushed when the tick is over, in order', async () => {
  const flushed: number[] = [];
  for (const each of flushables(3, flushed)) flushThisTick(each);
  expect(flushed).toEqual([]);
  await tick();
  expect(flushed).toEqual([0, 1, 2]);
});

test('what is asked for by a flush is flushed in the same tick', async () => {
  const flushed: string[] = [];
  flushThisTick({
    flush: () => {
      flushed.push('first');
      flushThisTick({ flush: () => flushed.push('second') });
    },
  });
  await tick();
  expect(flushed).toEqual(['first', 'second']);
});

test('of very many some are flushed in a turn, and those that come later are behind them', async () => {
  const flushed: number[] = [];
  const most = 2 * MOST_FLUSHES;
  for (const each of flushables(most, flushed)) flushThisTick(each);
  await tick();
  expect(flushed).toHaveLength(MOST_FLUSHES);
  flushThisTick({ flush: () => flushed.push(-1) });
  await tick();
  expect(flushed).toHaveLength(MOST_FLUSHES);
  while (flushed.length < most + 1) await turn();
  expect(flushed).toEqual([...Array(most).keys(), -1]);
});
