/** A card with a chart of lines: what grows from left to right, its cost upwards, both on logarithmic scales. */
import { short, type Group } from './chart';
import { escaped } from './html';

export interface LinePoint {
  /** How much there is of what grows; more than zero. */
  readonly at: number;
  /** The same, in a word. */
  readonly label: string;
  /** More than zero. */
  readonly value: number;
}

export interface Line {
  readonly name: string;
  readonly group: Group;
  /** By growing `at`. */
  readonly points: readonly LinePoint[];
  /** What the line looks like, in words. */
  readonly shape: string;
}

export interface LineCard {
  readonly title: string;
  readonly unit: string;
  readonly lines: readonly Line[];
}

/** Percentages of the chart's width and height. */
interface Scales {
  readonly x: (at: number) => string;
  readonly y: (value: number) => string;
}

/** How many labels have room beside each other on a phone. */
const LABELS = 6;

export function linesHtml({ title, unit, lines }: LineCard): string {
  const points = lines.flatMap((line) => line.points);
  if (points.length === 0) return '';
  const from = Math.floor(Math.log10(Math.min(...points.map(({ value }) => value))));
  const to = Math.max(
    Math.ceil(Math.log10(Math.max(...points.map(({ value }) => value)))),
    from + 1,
  );
  const ends = [Math.min(...points.map(({ at }) => at)), Math.max(...points.map(({ at }) => at))];
  const scales: Scales = {
    x: scaleOf(Math.log10(ends[0]!), Math.log10(ends[1]!)),
    y: scaleOf(to, from),
  };
  const ticks = Array.from({ length: to - from + 1 }, (_, i) => 10 ** (from + i));
  return [
    `<section class="card"><h3>${escaped(title)}</h3><div class="lines"><svg aria-hidden="true">`,
    ...ticks.map((tick) => tickSvg(tick, unit, scales)),
    ...labelled(points).map(({ at, label }) => labelSvg(at, label, ends, scales)),
    ...lines.map((line) => lineSvg(line, unit, scales)),
    '</svg></div>',
    `<ul class="shapes">${lines.map(shapeHtml).join('')}</ul></section>`,
  ].join('\n');
}

function scaleOf(from: number, to: number): (value: number) => string {
  return (value) => `${short(((Math.log10(value) - from) / (to - from || 1)) * 100)}%`;
}

function tickSvg(tick: number, unit: string, { y }: Scales): string {
  return (
    `<line class="rule" x1="0" x2="100%" y1="${y(tick)}" y2="${y(tick)}"/>` +
    `<text class="tick-text" x="-6" y="${y(tick)}" dy=".35em">${tick.toLocaleString('en')} ${escaped(unit)}</text>`
  );
}

/** The last point, and from there backwards what has room; the first stands where it does not touch the next. */
function labelled(points: readonly LinePoint[]): LinePoint[] {
  const byPlace = new Map(points.map((point) => [point.at, point]));
  const all = [...byPlace.values()].sort((a, b) => b.at - a.at);
  const room = (Math.log10(all[0]!.at) - Math.log10(all.at(-1)!.at)) / LABELS;
  const kept: LinePoint[] = [];
  for (const point of all) {
    const next = kept.at(-1);
    if (next === undefined || Math.log10(next.at / point.at) > room) kept.push(point);
  }
  return kept;
}

function labelSvg(at: number, label: string, [first, last]: number[], { x }: Scales): string {
  const anchor = at === last ? 'end' : at === first ? 'start' : 'middle';
  return `<text x="${x(at)}" y="100%" dy="1.5em" text-anchor="${anchor}">${escaped(label)}</text>`;
}

function lineSvg({ name, group, points }: Line, unit: string, { x, y }: Scales): string {
  const segments = points.slice(1).map((to, i) => {
    const from = points[i]!;
    return `<line x1="${x(from.at)}" y1="${y(from.value)}" x2="${x(to.at)}" y2="${y(to.value)}"/>`;
  });
  const dots = points.map(({ at, label, value }) => {
    const text = `${name}, ${label}: ${value.toPrecision(3)} ${unit}`;
    return `<circle cx="${x(at)}" cy="${y(value)}" r="3.5"><title>${escaped(text)}</title></circle>`;
  });
  return `<g class="line ${group}">${segments.join('')}${dots.join('')}</g>`;
}

function shapeHtml({ name, group, shape }: Line): string {
  return `<li class="${group}"><i></i><b>${escaped(name)}</b> ${escaped(shape)}</li>`;
}
