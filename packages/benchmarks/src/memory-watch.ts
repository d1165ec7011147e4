/**
 * How much the resident set of this process grows, watched from a thread of its own: whatever the
 * main thread is busy with, no peak that lasts a millisecond is missed.
 */
import { once } from 'node:events';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

/** Bytes in memory. */
export interface Growth {
  /** When the watch started. */
  readonly before: number;
  /** The most since then. */
  readonly peak: number;
}

const INTERVAL_MS = 0.25;

/** One watch, from `start` to `stop`. */
export class MemoryWatch {
  readonly #worker: Worker;
  readonly #stop: Int32Array;

  private constructor() {
    this.#stop = new Int32Array(new SharedArrayBuffer(4));
    this.#worker = new Worker(__filename, { workerData: this.#stop });
  }

  /** Resolves when the watch has begun. */
  static async start(): Promise<MemoryWatch> {
    const watch = new MemoryWatch();
    await once(watch.#worker, 'message');
    return watch;
  }

  async stop(): Promise<Growth> {
    // Both at once: on a busy machine the last message is delivered just before the exit, in one stack.
    const [growth, exit] = [once(this.#worker, 'message'), once(this.#worker, 'exit')];
    Atomics.store(this.#stop, 0, 1);
    Atomics.notify(this.#stop, 0);
    const [result] = (await growth) as [Growth];
    await exit;
    return result;
  }
}

/** Until `stop` is 1. */
function watchUntil(stop: Int32Array): Growth {
  const before = process.memoryUsage.rss();
  parentPort!.postMessage('watching');
  let peak = before;
  while (Atomics.wait(stop, 0, 0, INTERVAL_MS) === 'timed-out') {
    peak = Math.max(peak, process.memoryUsage.rss());
  }
  return { before, peak };
}

if (!isMainThread) parentPort!.postMessage(watchUntil(workerData as Int32Array));
