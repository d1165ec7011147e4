import fc from 'fast-check';
import type { Model } from './model';
import { repeat, takeTurns, type Turn } from './turns';

/** Its law breaks for numbers of three digits and more. */
function modelOf(name: string, breaks: boolean, seen: number[] = []): Model {
  const property = fc.property(fc.nat(999), (n) => {
    seen.push(n);
    return !breaks || n < 100;
  });
  return { name, law: '', runs: 50, property };
}

function plan(models: Model[], turns: number): { turns: Turn[] } & Parameters<typeof takeTurns>[0] {
  const taken: Turn[] = [];
  return {
    models,
    seed: 7,
    turns: taken,
    isOver: () => taken.length === turns,
    onTurn: (turn) => taken.push(turn),
  };
}

test('models take turns, each with the next seed, until the time is up', async () => {
  const [a, b] = [modelOf('a', false), modelOf('b', false)];
  const three = plan([a, b], 3);
  const { counts, failure } = await takeTurns(three);
  expect(failure).toBeNull();
  expect(three.turns).toEqual([
    { model: a, seed: 7, runs: 0 },
    { model: b, seed: 8, runs: 50 },
    { model: a, seed: 9, runs: 100 },
  ]);
  expect([...counts]).toEqual([
    [a, 100],
    [b, 50],
  ]);
});

test('a turn can be had again by its seed', async () => {
  const [first, again]: number[][] = [[], []];
  await takeTurns(plan([modelOf('a', false), modelOf('b', false, first)], 2));
  await takeTurns({ ...plan([modelOf('b', false, again)], 1), seed: 8 });
  expect(again).toEqual(first);
});

test('a failure ends the turns, is as small as can be, and can be repeated', async () => {
  const model = modelOf('bad', true);
  const { failure } = await takeTurns(plan([modelOf('good', false), model], 100));
  expect(failure).toMatchObject({ model, seed: 8 });
  expect(failure!.report).toContain('Counterexample: [100]');

  const seen: number[] = [];
  const repeated = await repeat(modelOf('bad', true, seen), failure!.seed, failure!.path);
  expect(repeated!.report).toContain('Counterexample: [100]');
  expect(seen).toEqual([100]);
});

test('a failure that is mended is none any more', async () => {
  expect(await repeat(modelOf('mended', false), 8, '3:0')).toBeNull();
});
