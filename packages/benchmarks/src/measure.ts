/** One measurement: a fresh server process, a fresh load process, one cell, one figure. */
import { Child } from '@ws/child-process';
import { join } from 'node:path';
import type { Cell } from './cells';
import { requireFilesFor } from './file-limit';
import type { LoadCalls } from './load-process';
import { peerEntry } from './peers';
import { UNCOMPRESSED, type PeerOptions } from './peers/peer';
import { programOf, type Runtime } from './runtimes';
import type { ServerCalls } from './server-calls';
import { warmUpFor } from './warm-up';

/** Where what is measured runs, and where its load. */
export const MEASURED_CORE = 0;
export const LOAD_CORE = 1;

/**
 * Long enough for the hot code to be compiled, however short the counted load is. A handshake runs a
 * lot of code a few thousand times a second: it takes longest to get warm, whoever's it is.
 */
const WARM_UP_SECONDS: Readonly<Record<Cell['kind'], number>> = {
  echo: 0.5,
  deflate: 1,
  broadcast: 0.5,
  handshake: 2.5,
};

/** Longer messages than that have to be allowed. */
const USUAL_LIMIT = 2 ** 24;

const SERVER_SCRIPTS: Readonly<Record<Runtime, string>> = {
  node: 'server-process.js',
  bun: 'peers/bun-process.js',
  deno: 'peers/deno-process.js',
};

export interface Pair {
  readonly server: Child<ServerCalls>;
  readonly load: Child<LoadCalls>;
}

/**
 * Server CPU time per message, in microseconds.
 *
 * @param seconds how long the counted load lasts, about, after a warm-up.
 * @throws {Error} when the open-file limit is too low.
 */
export function measureCell(peer: string, cell: Cell, seconds: number): Promise<number> {
  requireFilesFor(connectionsOf(cell));
  return withPair(peer, async ({ server, load }) => {
    const port = await server.ask('listen', optionsFor(cell));
    await load.ask('open', cell, { port, returnsBytes: returnsBytes(peer) });
    const rate = await load.ask('warmUp', warmUpOf(cell, seconds));
    const before = await server.ask('cpuMicroseconds');
    const messages = await load.ask('run', rate * seconds);
    return ((await server.ask('cpuMicroseconds')) - before) / messages;
  });
}

/** How long `cell` is warmed up, in seconds, for a counted load of `seconds`. */
export function warmUpOf(cell: Cell, seconds: number): number {
  return warmUpFor(WARM_UP_SECONDS[cell.kind], seconds);
}

/** Whether `peer` can be measured in `cell`. */
export function takesPart(peer: string, cell: Cell): boolean {
  const { compresses, cells } = peerEntry(peer);
  if (cells !== undefined && !cells.includes(cell.kind)) return false;
  const options = optionsFor(cell);
  if (compresses === true || options === UNCOMPRESSED) return true;
  // What knows no messages sets them no limit.
  return options.deflate === false && returnsBytes(peer);
}

/** Whether the server of `peer` answers with the very bytes it read. */
export function returnsBytes(peer: string): boolean {
  return peerEntry(peer).returnsBytes === true;
}

function connectionsOf(cell: Cell): number {
  if (cell.kind === 'broadcast') return cell.subscribers + 1;
  return cell.kind === 'handshake' ? cell.inFlight : cell.connections;
}

function optionsFor(cell: Cell): PeerOptions {
  if (cell.kind === 'echo' && cell.size > USUAL_LIMIT)
    return { deflate: false, maxLength: cell.size };
  if (cell.kind === 'deflate') return { deflate: cell.deflate };
  return cell.kind === 'broadcast' && cell.compressed ? { deflate: true } : UNCOMPRESSED;
}

export interface PairOptions {
  /** Whether the server can collect its garbage when asked to; false unless given. */
  readonly collecting?: boolean;
}

/** Lends `use` a server running `peer` and a load, and stops both afterwards, come what may. */
export async function withPair<T>(
  peer: string,
  use: (pair: Pair) => Promise<T>,
  { collecting = false }: PairOptions = {},
): Promise<T> {
  const { runtime, env = {} } = peerEntry(peer);
  const script = join(__dirname, SERVER_SCRIPTS[runtime]);
  const program = programOf(runtime, collecting);
  const server = new Child<ServerCalls>(`the server of '${peer}'`, script, {
    args: [peer],
    program,
    env,
    core: MEASURED_CORE,
  });
  const load = new Child<LoadCalls>(`the load on '${peer}'`, join(__dirname, 'load-process.js'), {
    core: LOAD_CORE,
  });
  try {
    return await use({ server, load });
  } finally {
    await load.stop();
    await server.stop();
  }
}
