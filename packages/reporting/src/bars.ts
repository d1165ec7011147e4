/** A card of horizontal bars, from zero on, with dashed lines for limits. */
import { short, type Group } from './chart';
import { escaped } from './html';

export interface Bar {
  readonly name: string;
  readonly value: number;
  /** What the value is written as. */
  readonly text: string;
  /** How far samples lie from the value, as a part of it. */
  readonly spread: number;
  readonly group: Group;
}

export interface BarCard {
  readonly title: string;
  readonly bars: readonly Bar[];
  /** Values to hold the bars against. */
  readonly limits: readonly Pick<Bar, 'name' | 'value' | 'text'>[];
}

export function barsHtml({ title, bars, limits }: BarCard): string {
  const most = Math.max(...bars.map(({ value, spread }) => value * (1 + spread)), 0);
  const end = Math.max(most, ...limits.map(({ value }) => value)) || 1;
  const x = (value: number): string => `${short((value / end) * 100)}%`;
  const marks = limits.map(
    ({ value }) => `<line class="mark" x1="${x(value)}" x2="${x(value)}" y1="0" y2="100%"/>`,
  );
  const named = limits.map(({ name, text }) => `${escaped(name)} ${escaped(text)}`).join(' · ');
  return [
    `<section class="card"><h3>${escaped(title)}</h3>`,
    ...bars.map((bar) => barHtml(bar, x, marks.join(''))),
    ...(limits.length > 0 ? [`<p class="marks">┆ ${named}</p>`] : []),
    '</section>',
  ].join('\n');
}

function barHtml(bar: Bar, x: (value: number) => string, marks: string): string {
  const { name, value, text, spread, group } = bar;
  const [from, to] = [x(value * Math.max(0, 1 - spread)), x(value * (1 + spread))];
  const whisker =
    spread > 0 ? `<line class="whisker" x1="${from}" x2="${to}" y1="50%" y2="50%"/>` : '';
  return (
    `<div class="bar ${group}"><b>${escaped(name)}</b><svg aria-hidden="true">` +
    `<rect class="track" y="15%" width="100%" height="70%" rx="2"/>` +
    `<rect class="fill" y="15%" width="${x(value)}" height="70%" rx="2"/>${whisker}${marks}` +
    `</svg><span>${escaped(text)}</span></div>`
  );
}
