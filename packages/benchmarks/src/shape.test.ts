import { Grid } from './grid';
import { shapeOf, shapesText } from './shape';
import type { Section } from './section';

function measurements(...values: readonly number[]) {
  return values.map((value, i) => ({ at: 10 ** i, label: String(10 ** i), value }));
}

test.each([
  ['nothing', [], ''],
  ['a single point', [3], ''],
  ['noise', [10, 11, 9], 'flat to 100'],
  ['proportion', [1, 10, 100], 'linear to 100'],
  ['a fixed cost that many share', [40, 10, 9], 'falls to 10, flat to 100'],
  ['a fixed cost first', [10, 11, 100], 'flat to 10, linear to 100'],
  ['a part that grows', [10, 20, 40], 'grows to 100'],
  ['squares', [1, 100], 'more than linear to 10'],
])('%s has its name', (_, values, shape) => {
  expect(shapeOf(measurements(...values))).toBe(shape);
});

test('the shapes of a curve are listed by peer, and only of what was measured', () => {
  const section: Section = {
    name: 'curves',
    title: '',
    unit: 'µs',
    compared: 'as they are',
    shown: 'median',
    results: [
      { row: 'size 1', peer: 'ours', samples: [1] },
      { row: 'size 10', peer: 'ours', samples: [10] },
      { row: 'size 10', peer: 'ws', samples: [10] },
    ],
  };
  const curve = {
    title: 'Size',
    points: [
      { row: 'size 1', at: 1, label: '1 B' },
      { row: 'size 10', at: 10, label: '10 B' },
    ],
  };
  const grid = new Grid(section);
  expect(shapesText(grid, curve)).toBe('Size:\n\n- ours: linear to 10 B');
  expect(shapesText(grid, { ...curve, points: [] })).toBe('');
});
