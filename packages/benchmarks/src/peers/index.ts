/** The peers by name. One is loaded only where it runs, so that none pays for another. */
import type { Cell } from '../cells';
import type { Peer } from './peer';

export interface PeerEntry {
  readonly load: () => Promise<{ readonly peer: Peer }>;
  /** True when the server answers with the very bytes it read instead of frames of its own. */
  readonly returnsBytes: boolean;
  /** True when it honours `PeerOptions`. */
  readonly compresses: boolean;
  /** What it is measured in; everything if left out. */
  readonly cells?: readonly Cell['kind'][];
}

export const PEERS: ReadonlyMap<string, PeerEntry> = new Map<string, PeerEntry>([
  ['ours', { load: () => import('./ours.js'), returnsBytes: false, compresses: true }],
  [
    'toolkit',
    {
      load: () => import('./toolkit.js'),
      returnsBytes: false,
      compresses: true,
      // Elsewhere its connections are those of `ours`.
      cells: ['broadcast', 'handshake'],
    },
  ],
  ['ws', { load: () => import('./ws.js'), returnsBytes: false, compresses: true }],
  ['ws-w3c', { load: () => import('./ws-w3c.js'), returnsBytes: false, compresses: true }],
  ['faye', { load: () => import('./faye.js'), returnsBytes: false, compresses: false }],
  ['raw', { load: () => import('./raw.js'), returnsBytes: true, compresses: false }],
]);

/** The entry called `name`. @throws {RangeError} when there is none; the message lists the names. */
export function peerEntry(name: string): PeerEntry {
  const entry = PEERS.get(name);
  if (entry !== undefined) return entry;
  throw new RangeError(
    `no peer is called '${name}'; the peers are ${[...PEERS.keys()].join(', ')}`,
  );
}

export async function loadPeer(name: string): Promise<Peer> {
  return (await peerEntry(name).load()).peer;
}
