/** A run as one page that needs nothing else, for somebody who has a minute. */
import {
  barsHtml,
  escaped,
  htmlTable,
  legendHtml,
  pageHtml,
  stripsHtml,
  type Bar,
  type Dot,
} from '@ws/reporting';
import { curvesHtml } from './curves-html';
import { Grid, type Figure } from './grid';
import { groupOf, legendOf } from './groups';
import { figureText, headingOf, rowsOf } from './report';
import type { RunReport } from './run-report';
import { YARDSTICK, type Section } from './section';
import { summaryOf } from './summary';

const TITLE = 'WebSocket toolkit: what a message costs';

export function htmlReport(report: RunReport): string {
  const { where, when, sections } = report;
  const intro = `<p class="dim">${escaped(where)}. Measured on ${when.slice(0, 10)}.</p>`;
  return pageHtml({ title: TITLE, body: [intro, ...sections.map(sectionHtml)].join('\n') });
}

function sectionHtml(section: Section): string {
  const grid = new Grid(section);
  const { title, unit, compared } = section;
  const table = htmlTable(rowsOf(section));
  const heading = `<h2>${escaped(title.charAt(0).toUpperCase() + title.slice(1))}</h2>`;
  // What has no unit of its own is of many kinds: no bars can be held against each other.
  if (unit === '') return `${heading}<p class="dim">${escaped(headingOf(section))}</p>${table}`;
  const details = `<details><summary>All figures in ${escaped(unit)}</summary>${table}</details>`;
  if (section.curves !== undefined) return `${heading}${curvesHtml(grid, section)}${details}`;
  const cards = grid.rows.map((row) => cardHtml(grid, row, unit));
  const byCapacity = compared === 'by capacity';
  return [
    heading,
    byCapacity ? `<p class="lead">${escaped(summaryOf(grid))}</p>` : '',
    `<p class="dim">${escaped(explanationOf(section))}</p>`,
    legendHtml(legendOf(grid)),
    byCapacity ? overviewHtml(grid) : '',
    byCapacity ? '<h2>Row by row</h2>' : '',
    `<div class="cards">${cards.join('\n')}</div>`,
    details,
  ].join('\n');
}

function explanationOf({ compared, unit }: Section): string {
  const spread = 'Thin lines show how far the samples lie apart.';
  if (compared === 'as they are') return `In ${unit}: shorter is better. ${spread}`;
  return `How many times the work of ${YARDSTICK} one core does: longer is better, ${YARDSTICK} is 1×. ${spread}`;
}

function overviewHtml(grid: Grid): string {
  const strips = grid.rows.map((name) => ({
    name,
    dots: grid.peers.flatMap((peer): Dot[] => {
      const value = grid.figureAt(name, peer)?.capacity;
      return value === undefined ? [] : [{ name: peer, value, group: groupOf(peer) }];
    }),
  }));
  return stripsHtml(strips, '×');
}

function cardHtml(grid: Grid, row: string, unit: string): string {
  const all = grid.peers.flatMap((peer): Bar[] => {
    const figure = grid.figureAt(row, peer);
    return figure === undefined ? [] : [barOf(peer, figure, unit)];
  });
  const longestFirst = grid.peers.some((peer) => grid.figureAt(row, peer)?.capacity !== undefined);
  const sorted = all.sort((a, b) => (longestFirst ? b.value - a.value : a.value - b.value));
  return barsHtml({
    title: row,
    bars: sorted.filter(({ group }) => group !== 'limit'),
    limits: sorted.filter(({ group }) => group === 'limit'),
  });
}

function barOf(peer: string, figure: Figure, unit: string): Bar {
  const { value, capacity, spread, isWide } = figure;
  const text = capacity === undefined ? `${figureText(value)} ${unit}` : `${figureText(capacity)}×`;
  return {
    name: peer,
    value: capacity ?? value,
    text: isWide ? `${text} ±${Math.round(spread * 100)}%` : text,
    spread,
    group: groupOf(peer),
  };
}
