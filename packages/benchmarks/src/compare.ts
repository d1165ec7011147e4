/** Two runs side by side. */
import { markdownTable } from '@ws/reporting';
import { Grid, type Figure } from './grid';
import { figureText } from './report';
import type { RunReport } from './run-report';
import { YARDSTICK, type Section } from './section';

/** What is in one run alone. */
const MISSING = '–';

/**
 * A table for each section that both runs have: before, after, and by how much that is less or more.
 * A change within the spread of the two is in brackets. Where a yardstick was measured in both, figures
 * stand for multiples of it: so a machine that has become slower does not count.
 */
export function comparison(before: RunReport, after: RunReport): string {
  const tables = before.sections.flatMap((section) => {
    const other = after.sections.find(({ name }) => name === section.name);
    return other === undefined ? [] : [sectionComparison(section, other)];
  });
  if (tables.length === 0) throw new RangeError('the two runs have no section in common');
  return tables.join('\n\n');
}

function sectionComparison(before: Section, after: Section): string {
  const [left, right] = [new Grid(before), new Grid(after)];
  const peers = left.peers.filter((peer) => right.peers.includes(peer));
  const rows = left.rows.filter((row) => right.rows.includes(row));
  const byCapacity = before.compared === 'by capacity';
  const lines = rows.map((row) => [
    row,
    ...peers.map((peer) => change(left.figureAt(row, peer), right.figureAt(row, peer), peer)),
  ]);
  const what = byCapacity ? `capacity against ${YARDSTICK}; of itself µs` : before.unit;
  const heading = `${before.title} (${what}): before → after`;
  return `${heading}\n\n${markdownTable([[before.name, ...peers], ...lines])}`;
}

function change(before: Figure | undefined, after: Figure | undefined, peer: string): string {
  if (before === undefined || after === undefined) return MISSING;
  const [from, to] = [before, after].map((figure) => comparable(figure, peer)) as [number, number];
  const percent = Math.round((to / from - 1) * 100);
  const text = `${percent > 0 ? '+' : percent < 0 ? '−' : ''}${Math.abs(percent)}%`;
  const isClear = Math.abs(to / from - 1) > before.spread + after.spread;
  return `${figureText(from)} → ${figureText(to)} ${isClear ? text : `(${text})`}`;
}

function comparable({ value, capacity }: Figure, peer: string): number {
  return peer === YARDSTICK ? value : (capacity ?? value);
}
