/** What a curve looks like, in words: where it is flat, where linear, and where it bends. */
import type { Grid } from './grid';
import type { Curve } from './section';

/** A figure where there is so much of what grows. */
export interface Measurement {
  readonly at: number;
  readonly label: string;
  readonly value: number;
}

/**
 * The slope of a curve on logarithmic scales, up to which it is called so. A value that grows like
 * what grows has slope 1; a slope of 0.15 is a growth by 40% where the other grows to ten times as much.
 */
const NAMES: readonly (readonly [most: number, name: string])[] = [
  [-0.15, 'falls'],
  [0.15, 'flat'],
  [0.8, 'grows'],
  [1.2, 'linear'],
  [Infinity, 'more than linear'],
];

/** For example `flat to 4 KiB, linear to 64 MiB`; empty when there are less than two measurements. */
export function shapeOf(measurements: readonly Measurement[]): string {
  const parts: { name: string; end: string }[] = [];
  for (const [i, to] of measurements.slice(1).entries()) {
    const name = nameOf(measurements[i]!, to);
    if (parts.at(-1)?.name === name) parts.pop();
    parts.push({ name, end: to.label });
  }
  return parts.map(({ name, end }) => `${name} to ${end}`).join(', ');
}

/** What of `curve` was measured with `peer`. */
export function measurementsOf(grid: Grid, curve: Curve, peer: string): Measurement[] {
  return curve.points.flatMap(({ row, at, label }) => {
    const figure = grid.figureAt(row, peer);
    return figure === undefined ? [] : [{ at, label, value: figure.value }];
  });
}

/** A list of the shapes of `curve` by peer, in markdown; empty when there are none. */
export function shapesText(grid: Grid, curve: Curve): string {
  const shapes = grid.peers.flatMap((peer) => {
    const shape = shapeOf(measurementsOf(grid, curve, peer));
    return shape === '' ? [] : [`- ${peer}: ${shape}`];
  });
  return shapes.length === 0 ? '' : [`${curve.title}:`, '', ...shapes].join('\n');
}

function nameOf(from: Measurement, to: Measurement): string {
  const slope = Math.log(to.value / from.value) / Math.log(to.at / from.at);
  return NAMES.find(([most]) => slope <= most)![1];
}
