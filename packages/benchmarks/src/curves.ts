/**
 * How cost grows: on each curve one thing grows, and all else stays.
 *
 * A point is a cell of its own, or a crowd of idle connections; its name is what `--cells` selects.
 */
import { sizeName, type Cell } from './cells';
import type { Crowd } from './memory';
import type { Curve } from './section';

/** Of all points, or of those that `--quick` measures. */
interface Growth<T> {
  /** What grows. */
  readonly name: string;
  /** What stays. */
  readonly title: string;
  readonly at: readonly number[];
  readonly quick: readonly number[];
  readonly labelOf?: (at: number) => string;
  readonly pointAt: (at: number, name: string) => T;
}

/** A curve, and what its points measure. */
interface Measured<T> {
  readonly curve: Curve;
  readonly points: readonly T[];
  /** The rows of `--quick`. */
  readonly quick: readonly string[];
}

const KIB = 1024;
const MIB = 1024 * KIB;

/** As many as a process can have that may open 20,000 files, and few enough for the ports of one address. */
const MOST_CONNECTIONS = 19_900;

const CPU: readonly Measured<Cell>[] = [
  measured({
    name: 'connections',
    title: 'Connections, each echoing one message of 16 B at a time',
    at: [1, 10, 100, 1_000, 5_000, 10_000, MOST_CONNECTIONS],
    quick: [1, 10, 100, 1_000, 10_000, MOST_CONNECTIONS],
    pointAt: (connections, name) => echo(name, { connections }),
  }),
  measured({
    name: 'size',
    title: 'Size of a binary message, echoed on one connection',
    at: [16, 128, KIB, 4 * KIB, 16 * KIB, 64 * KIB, 256 * KIB, MIB, 4 * MIB, 16 * MIB, 64 * MIB],
    quick: [16, KIB, 16 * KIB, 64 * KIB, 256 * KIB, MIB, 16 * MIB, 64 * MIB],
    labelOf: sizeName,
    pointAt: (size, name) => echo(name, { size }),
  }),
  measured({
    name: 'subscribers',
    title: 'Subscribers of one publisher of 125 B; the cost is that of one delivery',
    at: [1, 10, 100, 1_000, 10_000],
    quick: [1, 10, 100, 1_000, 10_000],
    pointAt: (subscribers, name) => ({
      kind: 'broadcast',
      name,
      size: 125,
      subscribers,
      messages: 1,
      compressed: false,
    }),
  }),
  measured({
    name: 'in flight',
    title: 'Messages of 16 B in flight on each of 100 connections',
    at: [1, 2, 4, 8, 16, 32, 64],
    quick: [1, 4, 16, 64],
    pointAt: (inFlight, name) => echo(name, { connections: 100, inFlight }),
  }),
];

const IDLE = measured<Crowd>({
  name: 'idle',
  title: 'Idle connections',
  at: [1_000, 5_000, 10_000, MOST_CONNECTIONS],
  quick: [1_000, 10_000, MOST_CONNECTIONS],
  pointAt: (connections, name) => ({ name, connections, compressed: false }),
});

/** Server CPU time per message. */
export const CPU_CURVES: readonly Curve[] = CPU.map(({ curve }) => curve);
export const CPU_POINTS: readonly Cell[] = CPU.flatMap(({ points }) => points);
export const QUICK_CPU_ROWS: readonly string[] = CPU.flatMap(({ quick }) => quick);

/** Server memory per connection; each measure of it is a curve. */
export const MEMORY_POINTS: readonly Crowd[] = IDLE.points;
export const QUICK_MEMORY_ROWS: readonly string[] = IDLE.quick;

export function memoryCurves(measures: readonly string[]): Curve[] {
  const { title, points } = IDLE.curve;
  return measures.map((measure) => ({
    title: `${title}: ${measure} of each`,
    points: points.map((point) => ({ ...point, row: `${point.row}: ${measure}` })),
  }));
}

function measured<T>(growth: Growth<T>): Measured<T> {
  const { name, title, at, quick, labelOf = grouped, pointAt } = growth;
  const rowAt = (value: number): string => `${name} ${labelOf(value)}`;
  return {
    curve: {
      title,
      points: at.map((value) => ({ row: rowAt(value), at: value, label: labelOf(value) })),
    },
    points: at.map((value) => pointAt(value, rowAt(value))),
    quick: quick.map(rowAt),
  };
}

function echo(
  name: string,
  {
    size = 16,
    connections = 1,
    inFlight = 1,
  }: Partial<Record<'size' | 'connections' | 'inFlight', number>>,
): Cell {
  return { kind: 'echo', name, size, content: 'binary', connections, inFlight };
}

/** With thousands apart, but by no comma: commas separate what `--cells` selects. */
function grouped(value: number): string {
  return value.toLocaleString('en').replaceAll(',', ' ');
}
