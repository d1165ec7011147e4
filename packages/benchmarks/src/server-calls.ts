/** What a server process is asked, whatever runtime it runs in. */
import { answerCalls } from '@ws/child-process';
import { setImmediate } from 'node:timers/promises';
import { cpuMicroseconds } from './cpu-time';
import { MemoryWatch, type Growth } from './memory-watch';
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
  /** Memory in use after a full garbage collection; the runtime must have been given the means. */
  memory(): Promise<MemoryUse>;
  /** Starts to watch the resident set. */
  watchMemory(): Promise<void>;
  /** Stops to watch it. */
  memoryGrowth(): Promise<Growth>;
}

/** What a runtime brings of its own. */
export interface ServerProgram {
  readonly listen: ServerCalls['listen'];
  /** Collects all garbage. Default: what `--expose-gc` makes V8 offer. */
  readonly collectGarbage?: () => void;
}

/** Answers for the server that `listen` starts. */
export function answerServerCalls({ listen, collectGarbage = globalThis.gc }: ServerProgram): void {
  let watch: MemoryWatch;
  answerCalls<ServerCalls>({
    listen,
    cpuMicroseconds,
    async memory() {
      // Finalizers of the first collection run before the second, which frees what they held.
      for (let i = 0; i < 2; i++) {
        await setImmediate();
        collectGarbage!();
      }
      const { heapUsed, rss } = process.memoryUsage();
      return { heap: heapUsed, rss };
    },
    async watchMemory() {
      watch = await MemoryWatch.start();
    },
    memoryGrowth: () => watch.stop(),
  });
}
