/** Whose figure it is, for the colours of charts. */
import type { Group, Legend } from '@ws/reporting';
import type { Grid } from './grid';

const LEGEND: Legend = {
  first: 'this toolkit',
  second: 'other libraries in Node',
  third: 'other runtimes',
  limit: 'sockets without a protocol: the limit',
};

const OF_THE_TOOLKIT: ReadonlySet<string> = new Set(['ours', 'ours-bytes', 'toolkit']);
const RUNTIMES: ReadonlySet<string> = new Set(['bun', 'deno']);
const LIMITS: ReadonlySet<string> = new Set(['raw', 'raw-static']);

export function groupOf(peer: string): Group {
  if (OF_THE_TOOLKIT.has(peer)) return 'first';
  if (RUNTIMES.has(peer)) return 'third';
  return LIMITS.has(peer) ? 'limit' : 'second';
}

/** The groups that occur. */
export function legendOf({ peers }: Grid): Legend {
  const groups = new Set(peers.map(groupOf));
  return Object.fromEntries(Object.entries(LEGEND).filter(([group]) => groups.has(group as Group)));
}
