import { runMatrix } from './matrix';

const PLAN = {
  rows: ['row'],
  peers: ['a', 'b'],
  rounds: 2,
  takesPart: () => true,
  isWide: () => false,
  progress: { show: () => {}, note: () => {} },
};

test('the rounds of the peers are interleaved', async () => {
  const order: string[] = [];
  const measure = (peer: string): Promise<number> => Promise.resolve(order.push(peer));
  expect(await runMatrix({ ...PLAN, measure })).toEqual([
    { row: 'row', peer: 'a', samples: [1, 3] },
    { row: 'row', peer: 'b', samples: [2, 4] },
  ]);
  expect(order).toEqual(['a', 'b', 'a', 'b']);
});

test('samples that lie too far apart are taken once more', async () => {
  const order: string[] = [];
  const measure = (peer: string): Promise<string> => Promise.resolve(`${peer}${order.push(peer)}`);
  const isWide = ([first]: readonly string[]): boolean => first.startsWith('b');
  const results = await runMatrix({ ...PLAN, isWide, measure });
  expect(order).toEqual(['a', 'b', 'a', 'b', 'b', 'b']);
  expect(results[1].samples).toEqual(['b2', 'b4', 'b5', 'b6']);
});

test('progress is out of what is planned so far', async () => {
  const steps: string[] = [];
  const progress = {
    show: ({ done, total, text }: { done: number; total: number; text: string }) =>
      steps.push(`${done}/${total} ${text}`),
    note: () => {},
  };
  const isWide = (samples: readonly number[]): boolean => samples.length === 1;
  const measure = (): Promise<number> => Promise.resolve(0);
  await runMatrix({ ...PLAN, rounds: 1, peers: ['a'], isWide, measure, progress });
  expect(steps).toEqual(['0/1 row · a', '1/2 row · a']);
});

test('a peer that fails is left out of the rest of the row, and only of that', async () => {
  const order: string[] = [];
  const notes: string[] = [];
  const measure = (peer: string, row: string): Promise<number> => {
    order.push(`${peer} ${row}`);
    return peer === 'a' && row === '1' ? Promise.reject(new Error('stuck')) : Promise.resolve(0);
  };
  const progress = { show: () => {}, note: (text: string) => notes.push(text) };
  const results = await runMatrix({ ...PLAN, rows: ['1', '2'], measure, progress });
  expect(order).toEqual(['a 1', 'b 1', 'b 1', 'a 2', 'b 2', 'a 2', 'b 2']);
  expect(results[0]).toEqual({ row: '1', peer: 'a', samples: [], error: 'stuck' });
  expect(notes).toEqual(["a failed in '1': stuck"]);
});

test('a peer that takes no part in a row is there without samples', async () => {
  const takesPart = (peer: string): boolean => peer === 'b';
  const results = await runMatrix({ ...PLAN, takesPart, measure: () => Promise.resolve(7) });
  expect(results).toEqual([
    { row: 'row', peer: 'a', samples: [] },
    { row: 'row', peer: 'b', samples: [7, 7] },
  ]);
});
