/** The peers by name. One is loaded only where it runs, so that none pays for another. */
import type { Cell } from '../cells';
import type { Runtime } from '../runtimes';
import type { Peer } from './peer';

/** What the server of a peer runs in. */
interface Entry {
  /** True when the server answers with the very bytes it read instead of frames of its own. */
  readonly returnsBytes?: boolean;
  /** True when it honours `PeerOptions`. */
  readonly compresses?: boolean;
  /** What it is measured in; everything if left out. */
  readonly cells?: readonly Cell['kind'][];
  /** Variables of the environment that its server is given. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A server in Node. */
interface NodeEntry extends Entry {
  readonly runtime: 'node';
  readonly load: () => Promise<{ readonly peer: Peer }>;
}

/** A server of another runtime's own. */
interface RuntimeEntry extends Entry {
  readonly runtime: Exclude<Runtime, 'node'>;
}

export type PeerEntry = NodeEntry | RuntimeEntry;

/** `ws` would otherwise load `bufferutil`, which is installed for one of the peers. */
export const WITHOUT_ADDONS = { WS_NO_BUFFER_UTIL: '1', WS_NO_UTF_8_VALIDATE: '1' } as const;

const PEERS: ReadonlyMap<string, PeerEntry> = new Map(
  Object.entries<PeerEntry>({
    ours: { runtime: 'node', load: () => import('./ours.js'), compresses: true },
    'ours-bytes': {
      runtime: 'node',
      load: () => import('./ours-bytes.js'),
      compresses: true,
      // Elsewhere it does what `ours` does.
      cells: ['echo'],
    },
    toolkit: {
      runtime: 'node',
      load: () => import('./toolkit.js'),
      compresses: true,
      // Elsewhere its connections are those of `ours`.
      cells: ['broadcast', 'handshake'],
    },
    ws: {
      runtime: 'node',
      load: () => import('./ws.js'),
      compresses: true,
      env: WITHOUT_ADDONS,
    },
    'ws+bufferutil': { runtime: 'node', load: () => import('./ws.js'), compresses: true },
    'ws-w3c': {
      runtime: 'node',
      load: () => import('./ws-w3c.js'),
      compresses: true,
      env: WITHOUT_ADDONS,
    },
    faye: { runtime: 'node', load: () => import('./faye.js') },
    websocket: { runtime: 'node', load: () => import('./websocket.js') },
    bun: { runtime: 'bun', compresses: true },
    deno: { runtime: 'deno' },
    raw: { runtime: 'node', load: () => import('./raw.js'), returnsBytes: true },
    'raw-static': {
      runtime: 'node',
      load: () => import('./raw-static.js'),
      returnsBytes: true,
      cells: ['echo'],
    },
  }),
);

export const PEER_NAMES: readonly string[] = [...PEERS.keys()];

/** The entry called `name`. @throws {RangeError} when there is none; the message lists the names. */
export function peerEntry(name: string): PeerEntry {
  const entry = PEERS.get(name);
  if (entry !== undefined) return entry;
  throw new RangeError(`no peer is called '${name}'; the peers are ${PEER_NAMES.join(', ')}`);
}

/** The peer called `name`, which runs in Node. */
export async function loadPeer(name: string): Promise<Peer> {
  const entry = peerEntry(name);
  if (entry.runtime !== 'node') throw new Error(`'${name}' has a server process of its own`);
  return (await entry.load()).peer;
}
