import { chartSvg, ticksUpTo } from './chart';

test.each([
  [0, [0, 1]],
  [1, [0, 0.2, 0.4, 0.6, 0.8, 1]],
  [17, [0, 5, 10, 15, 20]],
  [100, [0, 20, 40, 60, 80, 100]],
  [101, [0, 50, 100, 150]],
])('ticks up to %d are round and reach it', (most, ticks) => {
  expect(ticksUpTo(most)).toEqual(ticks);
});

const SERIES = [
  {
    name: 'low',
    className: 'a',
    points: [
      [0, 0],
      [10, 50],
    ],
  },
  {
    name: 'high',
    className: 'b',
    points: [
      [0, 100],
      [10, 51],
    ],
  },
] as const;

test('a line goes from the lower left to its last point', () => {
  const svg = chartSvg({ title: 'Both', unit: 'MB', series: SERIES });
  expect(svg).toContain('<polyline class="line a" points="56,226 650,123"/>');
  expect(svg).toContain('<polyline class="line b" points="56,20 650,120.9"/>');
});

test('labels do not touch', () => {
  const svg = chartSvg({ title: 'Both', unit: 'MB', series: SERIES });
  const labels = [...svg.matchAll(/class="label ." x="658" y="([\d.]+)">(\w+)/g)];
  expect(labels.map(([, y, name]) => [name, Number(y)])).toEqual([
    ['high', 124.9],
    ['low', 139.9],
  ]);
});
