/** The clients by name. One is loaded only where it runs, so that none pays for another. */
import { WITHOUT_ADDONS } from '../peers';
import type { Runtime } from '../runtimes';
import type { Client } from './client';

export interface ClientEntry {
  readonly load: () => Promise<{ readonly client: Client }>;
  readonly runtime: Runtime;
  /** True when it answers with the very bytes it read instead of frames of its own. */
  readonly returnsBytes?: boolean;
  /** Variables of the environment that its process is given. */
  readonly env?: Readonly<Record<string, string>>;
}

const CLIENTS: ReadonlyMap<string, ClientEntry> = new Map(
  Object.entries<ClientEntry>({
    ours: { runtime: 'node', load: () => import('./ours.js') },
    ws: { runtime: 'node', load: () => import('./ws.js'), env: WITHOUT_ADDONS },
    'ws+bufferutil': { runtime: 'node', load: () => import('./ws.js') },
    undici: { runtime: 'node', load: () => import('./undici.js') },
    faye: { runtime: 'node', load: () => import('./faye.js') },
    websocket: { runtime: 'node', load: () => import('./websocket.js') },
    bun: { runtime: 'bun', load: () => import('./global.js') },
    deno: { runtime: 'deno', load: () => import('./global.js') },
    raw: { runtime: 'node', load: () => import('./raw.js'), returnsBytes: true },
  }),
);

export const CLIENT_NAMES: readonly string[] = [...CLIENTS.keys()];

/** The entry called `name`. @throws {RangeError} when there is none; the message lists the names. */
export function clientEntry(name: string): ClientEntry {
  const entry = CLIENTS.get(name);
  if (entry !== undefined) return entry;
  throw new RangeError(`no client is called '${name}'; the clients are ${CLIENT_NAMES.join(', ')}`);
}

export async function loadClient(name: string): Promise<Client> {
  return (await clientEntry(name).load()).client;
}
