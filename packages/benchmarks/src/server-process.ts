/**
 * The server process: one peer on one port, and what it has cost so far.
 *
 * Its argument is the peer's name. Only the peer's own code and Node's run here.
 */
import { answerCalls } from '@ws/child-process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { MemoryWatch, type Growth } from './memory-watch';
import { loadPeer } from './peers';
import type { PeerOptions } from './peers/peer';

export interface MemoryUse {
  /** Bytes of the JavaScript heap in use. */
  readonly heap: number;
  /** Bytes of the whole process in memory. */
  readonly rss: number;
}

export interface ServerCalls {
  /** Starts listening on a free port and resolves with it. */
  listen(options: PeerOptions): Promise<number>;
  /** CPU time of all threads since the process started, in microseconds. */
  cpuMicroseconds(): number;
  /** Memory in use after a full garbage collection; needs `--expose-gc`. */
  memory(): Promise<MemoryUse>;
  /** Starts to watch the resident set. */
  watchMemory(): Promise<void>;
  /** Stops to watch it. */
  memoryGrowth(): Promise<Growth>;
}

const BACKLOG = 1024;

let watch: MemoryWatch;

answerCalls<ServerCalls>({
  async listen(options) {
    const server = createServer();
    (await loadPeer(process.argv[2]!)).attach(server, options);
    return new Promise((resolve) => {
      server.listen({ port: 0, host: '127.0.0.1', backlog: BACKLOG }, () => {
        resolve((server.address() as AddressInfo).port);
      });
    });
  },
  cpuMicroseconds() {
    const { user, system } = process.cpuUsage();
    return user + system;
  },
  async memory() {
    // Finalizers of the first collection run before the second, which frees what they held.
    for (let i = 0; i < 2; i++) {
      await setImmediate();
      globalThis.gc!();
    }
    const { heapUsed, rss } = process.memoryUsage();
    return { heap: heapUsed, rss };
  },
  async watchMemory() {
    watch = await MemoryWatch.start();
  },
  memoryGrowth: () => watch.stop(),
});
