/**
 * What an idle connection costs in memory: the server's heap and resident set after a full garbage
 * collection, before and with 10,000 connections.
 *
 * Some connections come and go first, so that code and tables are not charged to the ones counted.
 */
import { withPair } from './measure';

/** Few enough for the ephemeral ports of any system, so that one source address is enough. */
export const IDLE_CONNECTIONS = 10_000;

const WARM_UP_CONNECTIONS = 500;

/** Files a process needs beside its connections. */
const SPARE_FILES = 100;

/** Bytes per idle connection. */
export interface IdleCost {
  readonly heap: number;
  readonly rss: number;
}

/** Measures `peer` once. @throws {Error} when the open-file limit is too low. */
export function measureIdle(peer: string): Promise<IdleCost> {
  checkFileLimit(openFileLimit(), IDLE_CONNECTIONS + SPARE_FILES);
  return withPair(peer, ['--expose-gc'], async ({ server, load }) => {
    const port = await server.ask('listen');
    await load.ask('openIdle', port, WARM_UP_CONNECTIONS);
    await load.ask('closeIdle');
    const before = await server.ask('memory');
    await load.ask('openIdle', port, IDLE_CONNECTIONS);
    const after = await server.ask('memory');
    return {
      heap: (after.heap - before.heap) / IDLE_CONNECTIONS,
      rss: (after.rss - before.rss) / IDLE_CONNECTIONS,
    };
  });
}

/** @throws {Error} when `limit` is below `needed`; it says what to do. */
export function checkFileLimit(limit: number, needed: number): void {
  if (limit >= needed) return;
  throw new Error(
    `${needed} open files are needed and ${limit} are allowed: raise the limit with ` +
      `'ulimit -n ${needed}' and run again`,
  );
}

/** How many files this process, and the children that inherit from it, may open. */
function openFileLimit(): number {
  const { userLimits } = process.report.getReport() as {
    userLimits?: { open_files?: { soft: number | 'unlimited' } };
  };
  const soft = userLimits?.open_files?.soft ?? 'unlimited';
  return soft === 'unlimited' ? Infinity : soft;
}
