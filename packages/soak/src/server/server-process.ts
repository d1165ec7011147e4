/** The server process; nothing but the server runs in it, so that its memory is the server's. */
import { answerCalls } from '@ws/child-process';
import { setImmediate } from 'node:timers/promises';
import { countCrashes } from '../crashes';
import type { Ports, Settings } from '../settings';
import { Tally, type Counts, type Tallied } from '../tally';
import { SoakServer } from './soak-server';

/** Bytes, after a forced garbage collection. */
export interface MemoryUse {
  readonly heapUsed: number;
  readonly rss: number;
  readonly external: number;
  readonly arrayBuffers: number;
}

export interface ServerStatus {
  readonly connections: number;
  readonly rss: number;
  readonly heapUsed: number;
  readonly tallied: Tallied;
}

export interface ServerCalls {
  listen(settings: Settings): Promise<Ports>;
  /** The `WebSocketServer` closes its connections. */
  restart(): Promise<void>;
  status(): ServerStatus;
  /** Needs `--expose-gc`. */
  memory(): Promise<MemoryUse>;
  /** What keeps the event loop going, by kind. */
  handles(): Counts;
}

let server: SoakServer | null = null;
const before = new Tally();

countCrashes(() => server?.tally ?? before);
answerCalls<ServerCalls>({
  listen(settings) {
    server = new SoakServer(settings);
    return server.listen();
  },
  async restart() {
    await server?.restart();
  },
  status() {
    const { rss, heapUsed } = process.memoryUsage();
    const { connections = 0, tally = before } = server ?? {};
    return { connections, rss, heapUsed, tallied: tally.counts };
  },
  async memory() {
    // Finalizers of the first collection run before the second, which frees what they held.
    for (let i = 0; i < 2; i++) {
      await setImmediate();
      globalThis.gc!();
    }
    const { heapUsed, rss, external, arrayBuffers } = process.memoryUsage();
    return { heapUsed, rss, external, arrayBuffers };
  },
  handles() {
    const counts: Record<string, number> = {};
    for (const name of process.getActiveResourcesInfo()) counts[name] = (counts[name] ?? 0) + 1;
    return counts;
  },
});
