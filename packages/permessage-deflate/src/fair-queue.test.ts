import fc from 'fast-check';
import { FairQueue } from './fair-queue';
import type { Work } from './job';

/** What happened, in order: `a1` is the first turn of the work `a`, `-a` its end before it is done. */
let log: string[] = [];
beforeEach(() => (log = []));

const tick = (): Promise<void> => Promise.resolve();

/** Work of so many turns, which comes to its own name, and holds much unless its name is in capitals. */
function work(name: string, turns: number): () => Work {
  const held = name === name.toUpperCase() ? 65_536 : 65_537;
  return async function* () {
    let done = false;
    try {
      for (let turn = 1; turn <= turns; turn++) {
        if (turn > 1) yield held;
        log.push(name + String(turn));
        await tick();
      }
      done = true;
      return Buffer.from(name);
    } finally {
      if (!done) log.push('-' + name);
    }
  };
}

/** Runs all of it, for an owner each unless they are given, and shows what happened. */
async function run(queue: FairQueue, works: [string, number, object?][]): Promise<string> {
  const results = works.map(([name, turns, owner = {}]) => queue.run(owner, work(name, turns)));
  const names = (await Promise.all(results)).map((bytes) => Buffer.from(bytes).toString());
  expect(names).toEqual(works.map(([name]) => name));
  return log.join(' ');
}

const one = {};
const other = {};

test.each<[string, number, [string, number, object?][], string]>([
  [
    'short ones have their turns in the order in which they came',
    1,
    [
      ['a', 1],
      ['b', 1],
      ['c', 1],
    ],
    'a1 b1 c1',
  ],
  [
    'a long one lets others pass after each turn',
    1,
    [
      ['a', 4],
      ['b', 1],
      ['c', 1],
    ],
    'a1 b1 c1 a2 a3 a4',
  ],
  [
    'as many large ones as may run keep what they have; others start over',
    1,
    [
      ['a', 3],
      ['b', 3],
      ['c', 2],
    ],
    'a1 b1 -b c1 -c a2 a3 b1 b2 b3 c1 c2',
  ],
  [
    'those that hold little keep it, and take turns with the large ones',
    1,
    [
      ['a', 3],
      ['B', 3],
      ['c', 2],
    ],
    'a1 B1 c1 -c a2 B2 a3 B3 c1 c2',
  ],
  [
    'two large ones take turns where two may run',
    2,
    [
      ['a', 3],
      ['b', 3],
      ['c', 1],
    ],
    'a1 b1 c1 a2 b2 a3 b3',
  ],
  [
    'a connection has one turn at a time, its two messages in turns',
    2,
    [
      ['a', 2, one],
      ['b', 2, one],
      ['c', 1, other],
    ],
    'a1 c1 b1 a2 b2',
  ],
  [
    'a connection with two messages has no more turns than others',
    1,
    [
      ['a', 1, one],
      ['b', 1, one],
      ['c', 1, other],
      ['d', 1],
    ],
    'a1 c1 d1 b1',
  ],
])('%s', async (_, most, works, turns) => {
  expect(await run(new FairQueue(most), works)).toBe(turns);
});

test('work begins at once where there is room', () => {
  const queue = new FairQueue(2);
  for (const name of ['a', 'b', 'c']) void queue.run({}, work(name, 1));
  expect(log).toEqual(['a1', 'b1']);
});

test('who comes later waits for a turn of each of the others at most', async () => {
  const queue = new FairQueue(1);
  const long = ['a', 'b', 'c'].map((name) => queue.run({}, work(name, 100)));
  while (log.length < 50) await tick();
  const before = log.length;
  await queue.run({}, work('x', 1));
  expect(log.slice(before).filter((turn) => /\d/.test(turn)).length).toBeLessThanOrEqual(4);
  await Promise.all(long);
});

test('work that fails gives way to the next', async () => {
  const queue = new FairQueue(1);
  const owner = {};
  // eslint-disable-next-line require-yield
  const failing = queue.run(owner, async function* () {
    await tick();
    throw new Error('no');
  });
  const throwing = queue.run(owner, () => {
    throw new Error('not even begun');
  });
  const next = queue.run(owner, work('a', 2));
  await expect(failing).rejects.toThrow('no');
  await expect(throwing).rejects.toThrow('not even begun');
  expect(Buffer.from(await next).toString()).toBe('a');
  expect(await run(queue, [['b', 2, owner]])).toBe('a1 a2 b1 b2');
});

describe('what is cancelled', () => {
  const gone = (): Error => new Error('gone');

  test('rejects now where it waits, and at the end of its turn where it runs', async () => {
    const queue = new FairQueue(1);
    const settled: string[] = [];
    const start = (name: string, owner: object, turns: number): Promise<unknown> =>
      queue.run(owner, work(name, turns)).catch((error: unknown) => {
        settled.push(name);
        return error;
      });
    const results = [start('a', one, 3), start('b', one, 3), start('c', other, 1)];
    queue.cancel(one, gone);
    expect(log).toEqual(['a1']);
    const errors = await Promise.all(results);
    expect(settled).toEqual(['b', 'a']);
    expect(errors.slice(0, 2)).toEqual([gone(), gone()]);
    expect(log).toEqual(['a1', '-a', 'c1']);
  });

  test('gives its place among the large ones to the next', async () => {
    const queue = new FairQueue(1);
    const cancelled = ['a', 'b'].map((name) => queue.run(one, work(name, 9)));
    const next = queue.run(other, work('c', 3));
    while (!log.includes('-c')) await tick();
    queue.cancel(one, gone);
    for (const result of cancelled) await expect(result).rejects.toThrow('gone');
    expect(Buffer.from(await next).toString()).toBe('c');
    expect(log.slice(-3)).toEqual(['c1', 'c2', 'c3']);
  });

  test('is nothing where there is nothing, or nothing more', async () => {
    const queue = new FairQueue(1);
    queue.cancel(one, gone);
    const result = queue.run(one, work('a', 1));
    await result;
    queue.cancel(one, gone);
    expect(await run(queue, [['b', 1, one]])).toBe('a1 b1');
  });
});

test('everything comes to its end, and no more is kept or runs than may', async () => {
  const jobs = fc.array(
    fc.record({
      owner: fc.nat(4),
      turns: fc.integer({ min: 1, max: 6 }),
      delay: fc.nat(20),
      cancelled: fc.option(fc.nat(30)),
    }),
    { maxLength: 20 },
  );
  const law = fc.asyncProperty(fc.integer({ min: 1, max: 3 }), jobs, async (most, plan) => {
    const queue = new FairQueue(most);
    const owners = Array.from({ length: 5 }, () => ({ running: 0 }));
    const unfinished = new Set<object>();
    let running = 0;
    const results = plan.map(async ({ owner: index, turns, delay, cancelled }) => {
      const owner = owners[index];
      for (let ticks = 0; ticks < delay; ticks++) await tick();
      const result = queue.run(owner, async function* () {
        const self = {};
        try {
          for (let turn = 1; turn <= turns; turn++) {
            expect(++owner.running).toBe(1);
            expect(++running).toBeLessThanOrEqual(most);
            unfinished.add(self);
            expect(unfinished.size).toBeLessThanOrEqual(2 * most);
            await tick();
            owner.running--;
            running--;
            if (turn < turns) yield 1_000_000;
          }
          return new Uint8Array(turns);
        } finally {
          unfinished.delete(self);
        }
      });
      if (cancelled !== null) {
        for (let ticks = 0; ticks < cancelled; ticks++) await tick();
        queue.cancel(owner, () => new Error('gone'));
      }
      return result;
    });
    for (const [index, outcome] of (await Promise.allSettled(results)).entries()) {
      if (outcome.status === 'fulfilled') expect(outcome.value).toHaveLength(plan[index].turns);
      else expect(outcome.reason).toEqual(new Error('gone'));
    }
    expect(unfinished.size).toBe(0);
  });
  await fc.assert(law, { numRuns: 200 });
});
