/** A line chart over time as SVG, for pages that bring their own colours as CSS variables. */

export interface Series {
  readonly name: string;
  /** The CSS class of its line and its label. */
  readonly className: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

export interface Chart {
  readonly title: string;
  readonly unit: string;
  readonly series: readonly Series[];
}

const WIDTH = 760;
const HEIGHT = 260;
const MARGIN = { top: 20, right: 110, bottom: 34, left: 56 };
const INNER_WIDTH = WIDTH - MARGIN.left - MARGIN.right;
const INNER_HEIGHT = HEIGHT - MARGIN.top - MARGIN.bottom;
const TICKS = 5;
/** Labels nearer than this would be on top of each other. */
const LABEL_HEIGHT = 15;

type Scale = (value: number) => number;

/** The chart from zero up; x are minutes. */
export function chartSvg({ title, unit, series }: Chart): string {
  const points = series.flatMap((one) => one.points);
  const yTicks = ticksUpTo(Math.max(...points.map(([, y]) => y), 0));
  const lastX = Math.max(...points.map(([x]) => x), 0);
  const xTicks = ticksUpTo(lastX).filter((tick) => tick <= lastX);
  const x: Scale = (value) => MARGIN.left + (value / (lastX || 1)) * INNER_WIDTH;
  const y: Scale = (value) => MARGIN.top + INNER_HEIGHT * (1 - value / yTicks.at(-1)!);
  return [
    `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}">`,
    ...yTicks.map((tick) => yTick(tick, y(tick))),
    ...xTicks.map((tick) => xTick(tick, x(tick))),
    `<text class="axis" x="${MARGIN.left}" y="12" text-anchor="end">${unit}</text>`,
    `<text class="axis" x="${WIDTH - MARGIN.right + 10}" y="${HEIGHT - 14}">minutes</text>`,
    ...series.map((one) => line(one, x, y)),
    ...labels(series, x, y),
    '</svg>',
  ].join('\n');
}

/** Round numbers from 0 to the first that is not below `most`. */
export function ticksUpTo(most: number): number[] {
  if (most <= 0) return [0, 1];
  const rough = most / TICKS;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((one) => one >= rough)!;
  const count = Math.ceil(most / step - 1e-9);
  return Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(12)));
}

function yTick(value: number, y: number): string {
  const end = WIDTH - MARGIN.right;
  return (
    `<line class="grid" x1="${MARGIN.left}" x2="${end}" y1="${round(y)}" y2="${round(y)}"/>` +
    `<text class="axis" x="${MARGIN.left - 8}" y="${round(y + 4)}" text-anchor="end">${value}</text>`
  );
}

function xTick(value: number, x: number): string {
  const y = HEIGHT - 14;
  return `<text class="axis" x="${round(x)}" y="${y}" text-anchor="middle">${value}</text>`;
}

function line({ className, points }: Series, x: Scale, y: Scale): string {
  const path = points.map(([px, py]) => `${round(x(px))},${round(y(py))}`).join(' ');
  return `<polyline class="line ${className}" points="${path}"/>`;
}

/** Each beside the end of its line, the lower ones moved down where they would touch. */
function labels(series: readonly Series[], x: Scale, y: Scale): string[] {
  const ends = series
    .filter(({ points }) => points.length > 0)
    .map(({ name, className, points }) => ({ name, className, end: points.at(-1)! }))
    .sort((left, right) => right.end[1] - left.end[1]);
  let lowest = -Infinity;
  return ends.map(({ name, className, end: [px, py] }) => {
    lowest = Math.max(y(py) + 4, lowest + LABEL_HEIGHT);
    return `<text class="label ${className}" x="${round(x(px) + 8)}" y="${round(lowest)}">${name}</text>`;
  });
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
