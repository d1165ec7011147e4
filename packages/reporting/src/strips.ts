/** One line for each row, on it a dot for each figure; all on one logarithmic scale, with a line at 1. */
import { short, type Group } from './chart';
import { escaped } from './html';

export interface Dot {
  readonly name: string;
  /** More than zero. */
  readonly value: number;
  readonly group: Group;
}

export interface Strip {
  readonly name: string;
  readonly dots: readonly Dot[];
}

const RADIUS: Readonly<Record<Group, number>> = { first: 6, second: 4, third: 4, limit: 0 };

/** What is drawn later lies above. */
const ORDER: readonly Group[] = ['limit', 'second', 'third', 'first'];

/** @param unit what stands behind the numbers of the scale */
export function stripsHtml(strips: readonly Strip[], unit: string): string {
  const exponents = strips.flatMap(({ dots }) => dots.map(({ value }) => Math.log2(value)));
  const from = Math.floor(Math.min(...exponents, 0) - 0.1);
  const to = Math.ceil(Math.max(...exponents, 0) + 0.1);
  const x = (value: number): string => `${short(((Math.log2(value) - from) / (to - from)) * 100)}%`;
  const ticks = Array.from({ length: to - from + 1 }, (_, i) => 2 ** (from + i));
  const grid = ticks.map((tick) => verticalAt(x(tick), tick === 1 ? 'unit' : 'rule')).join('');
  const scale = ticks.map((tick) => `<text x="${x(tick)}" y="75%">${tick}${escaped(unit)}</text>`);
  return [
    '<section class="card">',
    `<div class="strip"><div></div><svg aria-hidden="true">${scale.join('')}</svg></div>`,
    ...strips.map((strip) => stripHtml(strip, x, grid, unit)),
    '</section>',
  ].join('\n');
}

function stripHtml(
  { name, dots }: Strip,
  x: (value: number) => string,
  grid: string,
  unit: string,
): string {
  const sorted = [...dots].sort((a, b) => ORDER.indexOf(a.group) - ORDER.indexOf(b.group));
  const drawn = sorted.map((dot) => dotSvg(dot, x(dot.value), unit)).join('');
  const label = dots.map((dot) => titleOf(dot, unit)).join(', ');
  return (
    `<div class="strip"><div>${escaped(name)}</div>` +
    `<svg role="img" aria-label="${escaped(label)}">${grid}${drawn}</svg></div>`
  );
}

function dotSvg(dot: Dot, x: string, unit: string): string {
  const title = `<title>${escaped(titleOf(dot, unit))}</title>`;
  if (dot.group === 'limit') {
    return `<line class="tick" x1="${x}" x2="${x}" y1="15%" y2="85%">${title}</line>`;
  }
  return `<circle class="dot ${dot.group}" cx="${x}" cy="50%" r="${RADIUS[dot.group]}">${title}</circle>`;
}

function titleOf({ name, value }: Dot, unit: string): string {
  return `${name} ${value.toPrecision(3)}${unit}`;
}

function verticalAt(x: string, className: string): string {
  return `<line class="${className}" x1="${x}" x2="${x}" y1="0" y2="100%"/>`;
}
