import { BENCHES } from './benches';
import { CPU_POINTS, MEMORY_POINTS } from './curves';

const CURVES = BENCHES.filter(({ curves }) => curves !== undefined);

test('there are curves of CPU time and of memory', () => {
  expect(CURVES.map(({ name }) => name)).toEqual(['curves', 'memory curves']);
  for (const { option, name } of CURVES) expect(option ?? name).toBe('curves');
});

test.each(CURVES.flatMap(({ curves }) => curves!.map((curve) => [curve.title, curve] as const)))(
  '%s: what grows does so from point to point',
  (_, { points }) => {
    expect(points.length).toBeGreaterThan(3);
    const sorted = [...points].sort((a, b) => a.at - b.at);
    expect(points).toEqual(sorted);
    expect(new Set(points.map(({ label }) => label)).size).toBe(points.length);
  },
);

test('every row is a point, and every point is of a row', () => {
  for (const { rows, curves } of CURVES) {
    const ofPoints = curves!.flatMap(({ points }) => points.map(({ row }) => row.split(': ')[0]));
    expect(new Set(ofPoints)).toEqual(new Set(rows));
  }
});

test('quick rows are rows, and no name has a comma, which separates what --cells selects', () => {
  for (const { rows, quick } of CURVES) {
    expect(quick!.rows.filter((row) => !rows.includes(row))).toEqual([]);
    expect(rows.filter((row) => row.includes(','))).toEqual([]);
  }
});

test.each([
  ['connections 19 900', { kind: 'echo', size: 16, connections: 19_900, inFlight: 1 }],
  ['size 64 MiB', { kind: 'echo', size: 64 * 2 ** 20, connections: 1, inFlight: 1 }],
  ['subscribers 10 000', { kind: 'broadcast', size: 125, subscribers: 10_000, messages: 1 }],
  ['in flight 64', { kind: 'echo', size: 16, connections: 100, inFlight: 64 }],
])('%s is what it says', (name, cell) => {
  expect(CPU_POINTS.find((point) => point.name === name)).toMatchObject(cell);
});

test('idle connections are counted up to as many', () => {
  expect(MEMORY_POINTS.at(-1)).toEqual({
    name: 'idle 19 900',
    connections: 19_900,
    compressed: false,
  });
});
