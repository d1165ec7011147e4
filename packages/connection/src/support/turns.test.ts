import { inTurnOfItsOwn } from './turns';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('long work waits for a turn in which there is no other', async () => {
  const done: number[] = [];
  const all = [1, 2, 3].map((number) => inTurnOfItsOwn(() => done.push(number)));
  const grown: number[] = [];
  while (done.length < 3) {
    const before = done.length;
    await turn();
    grown.push(done.length - before);
  }
  expect(Math.max(...grown)).toBe(1);
  expect(await Promise.all(all)).toEqual([1, 2, 3]);
  expect(done).toEqual([1, 2, 3]);
});

test('what long work throws is told to who asked for it, and no other', async () => {
  const failing = inTurnOfItsOwn(() => {
    throw new RangeError('too long');
  });
  const other = inTurnOfItsOwn(() => 'done');
  await expect(failing).rejects.toThrow('too long');
  await expect(other).resolves.toBe('done');
});
