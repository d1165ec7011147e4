/** Sections to text: markdown tables whose columns line up. */
import { markdownTable } from '@ws/reporting';
import { Grid, type Entry } from './grid';
import type { RunReport } from './run-report';
import { YARDSTICK, type Section } from './section';
import { shapesText } from './shape';

const FAILED = 'failed';
const NO_PART = '–';

/** Where and what was measured, and a table for each section. */
export function textReport({ where, sections }: RunReport): string {
  return [where, ...sections.map(sectionText)].join('\n\n');
}

function sectionText(section: Section): string {
  const grid = new Grid(section);
  const shapes = (section.curves ?? []).map((curve) => shapesText(grid, curve));
  const parts = [headingOf(section), sectionTable(section), ...shapes];
  return parts.filter((part) => part !== '').join('\n\n');
}

/** What a section's figures are. */
export function headingOf({ title, compared, shown, results }: Section): string {
  const rounds = Math.min(...results.map(({ samples }) => samples.length).filter((n) => n > 0));
  const times = Number.isFinite(rounds) ? rounds : 0;
  const which = shown === 'most' ? 'the most' : 'median';
  const brackets = compared === 'by capacity' ? `; × = capacity against ${YARDSTICK}` : '';
  return `${title}, ${which} of ${times}${brackets}`;
}

/** A row for each row of the section, a column for each peer. */
export function sectionTable(section: Section): string {
  return markdownTable(rowsOf(section));
}

/** The entries of that table, its head first. */
export function rowsOf(section: Section): string[][] {
  const grid = new Grid(section);
  const corner = [section.name, section.unit].filter((text) => text !== '').join(', ');
  const lines = grid.rows.map((row) => [
    row,
    ...grid.peers.map((peer) => entryText(grid.at(row, peer), peer)),
  ]);
  return [[corner, ...grid.peers], ...lines];
}

function entryText(entry: Entry, peer: string): string {
  if (entry.kind === 'failed') return FAILED;
  if (entry.kind === 'no part') return NO_PART;
  const { value, capacity, spread, isWide } = entry.figure;
  const isCompared = capacity !== undefined && peer !== YARDSTICK;
  const ratio = isCompared ? ` (${capacity.toFixed(2)}×)` : '';
  const mark = isWide ? ` ±${Math.round(spread * 100)}%` : '';
  return `${figureText(value)}${ratio}${mark}`;
}

/** Three significant digits, or whole numbers with thousands apart. */
export function figureText(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString('en');
  return value.toPrecision(3);
}
