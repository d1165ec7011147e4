/** A section in one sentence. */
import type { Grid } from './grid';
import { YARDSTICK } from './section';

const OURS = 'ours';

/** What others are compared with: libraries, not sockets without a protocol, nor other runtimes. */
const NOT_IN_NODE: ReadonlySet<string> = new Set([
  'bun',
  'deno',
  'raw',
  'raw-static',
  'toolkit',
  'ours-bytes',
]);

/** How this toolkit stands to the yardstick, and to the best of the other libraries; empty if it was not measured. */
export function summaryOf(grid: Grid): string {
  const others = grid.peers.filter((peer) => peer !== OURS && !NOT_IN_NODE.has(peer));
  const capacities: number[] = [];
  let ahead = 0;
  for (const row of grid.rows) {
    const ours = grid.figureAt(row, OURS);
    if (ours?.capacity === undefined) continue;
    capacities.push(ours.capacity);
    const values = others.flatMap((peer) => grid.figureAt(row, peer)?.value ?? []);
    if (ours.value <= Math.min(...values)) ahead += 1;
  }
  if (capacities.length === 0) return '';
  const [least, most] = [Math.min(...capacities), Math.max(...capacities)].map((n) => n.toFixed(1));
  return (
    `One core does ${least} to ${most} times the work of ${YARDSTICK} with this toolkit. ` +
    `It is ahead of every other library in Node in ${ahead} of ${capacities.length} rows.`
  );
}
