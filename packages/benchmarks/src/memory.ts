/**
 * What an idle connection costs in memory: the server's heap and resident set after a full garbage
 * collection, before and with thousands of connections.
 *
 * Some connections come and go first, so that code and tables are not charged to the ones counted.
 */
import { requireFilesFor } from './file-limit';
import { withPair, type Pair } from './measure';
import { peerEntry } from './peers';

/** Connections that are idle together. */
export interface Crowd {
  readonly name: string;
  readonly connections: number;
  /** Whether they compress, by the peer's defaults, and have echoed a few messages of 1 KiB. */
  readonly compressed: boolean;
}

/** Few enough for the ephemeral ports of any system, so that one source address is enough. */
export const CROWDS: readonly Crowd[] = [
  { name: '10,000 idle', connections: 10_000, compressed: false },
  { name: '1,000 compressed', connections: 1_000, compressed: true },
  { name: '5,000 compressed', connections: 5_000, compressed: true },
];

const WARM_UP_CONNECTIONS = 500;

/**
 * Few connections, since what zlib gives back to the process stays with it and would be missing
 * later; but messages enough for the young generation to reach its size.
 */
const COMPRESSED_WARM_UP = { connections: 10, messages: 2_000 };

/** What each compressed connection echoes before it is idle. */
const MESSAGES = 8;

/** Bytes per idle connection. */
export interface IdleCost {
  readonly heap: number;
  readonly rss: number;
}

const KIB = 1024;

/** What is shown of it, in KiB. */
export const PER_CONNECTION = {
  heap: ({ heap }: IdleCost): number => heap / KIB,
  'resident set': ({ rss }: IdleCost): number => rss / KIB,
} as const;

/**
 * Measures `peer` once.
 *
 * @throws {Error} when the open-file limit is too low.
 */
export function measureMemory(peer: string, { connections, compressed }: Crowd): Promise<IdleCost> {
  requireFilesFor(connections);
  const measure = async ({ server, load }: Pair): Promise<IdleCost> => {
    const port = await server.ask('listen', { deflate: compressed });
    await (compressed
      ? load.ask(
          'openCompressed',
          port,
          COMPRESSED_WARM_UP.connections,
          COMPRESSED_WARM_UP.messages,
        )
      : load.ask('openIdle', port, WARM_UP_CONNECTIONS));
    await load.ask('closeIdle');
    const before = await server.ask('memory');
    await (compressed
      ? load.ask('openCompressed', port, connections, MESSAGES)
      : load.ask('openIdle', port, connections));
    const after = await server.ask('memory');
    return {
      heap: (after.heap - before.heap) / connections,
      rss: (after.rss - before.rss) / connections,
    };
  };
  return withPair(peer, measure, { collecting: true });
}

/** Whether `peer` can be measured with `crowd`. */
export function joins(peer: string, { compressed }: Crowd): boolean {
  return !compressed || peerEntry(peer).compresses === true;
}
