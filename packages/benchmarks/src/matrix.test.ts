import { runMatrix } from './matrix';

const PLAN = {
  rows: ['row'],
  peers: ['a', 'b'],
  rounds: 2,
  takesPart: () => true,
  progress: () => {},
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

test('a peer that fails is left out of the rest of the row, and only of that', async () => {
  const order: string[] = [];
  const measure = (peer: string, row: string): Promise<number> => {
    order.push(`${peer} ${row}`);
    return peer === 'a' && row === '1' ? Promise.reject(new Error('stuck')) : Promise.resolve(0);
  };
  const results = await runMatrix({ ...PLAN, rows: ['1', '2'], measure });
  expect(order).toEqual(['a 1', 'b 1', 'b 1', 'a 2', 'b 2', 'a 2', 'b 2']);
  expect(results[0]).toEqual({ row: '1', peer: 'a', samples: [], error: 'stuck' });
});

test('a peer that takes no part in a row is there without samples', async () => {
  const takesPart = (peer: string): boolean => peer === 'b';
  const results = await runMatrix({ ...PLAN, takesPart, measure: () => Promise.resolve(7) });
  expect(results).toEqual([
    { row: 'row', peer: 'a', samples: [] },
    { row: 'row', peer: 'b', samples: [7, 7] },
  ]);
});
