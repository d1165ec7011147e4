/**
 * Whose turn it is on zlib's threads. A few connections have one at a time; the others wait in the
 * order in which their last turn ended, or in which they came. So it takes nobody longer because
 * somebody else's message is long.
 *
 * What a message has become so far takes memory. Everybody may begin; whoever holds much at the end of
 * a turn is large, and only as many large ones as may run at a time keep what they have. Another one
 * waits until one of these is done, and starts over: it holds nothing meanwhile.
 */
import { Fifo } from '@ws/common';
import { Job } from './job';
import type { Work } from './job';

/** Who holds no more than this, in bytes, is not large. */
const LITTLE = 65_536;

/** What a connection has to do: a message in each direction at most. */
interface Lane {
  readonly owner: object;
  /** All that are not over. */
  readonly jobs: Set<Job>;
  /** Those that could have a turn. */
  readonly waiting: Fifo<Job>;
  /** It has a turn, or stands in line for one. */
  isBusy: boolean;
}

/** A job that is going to hold much. */
interface LargeJob {
  readonly job: Job;
  readonly lane: Lane;
}

export class FairQueue {
  readonly #most: number;
  #running = 0;
  /** Of owners with jobs that are not over. */
  readonly #lanes = new Map<object, Lane>();
  readonly #line = new Fifo<Lane>();
  readonly #large = new Set<Job>();
  readonly #waitingForMemory = new Fifo<LargeJob>();

  /** @param most how many run at a time, and how many large ones are kept unfinished */
  constructor(most: number) {
    this.#most = most;
  }

  /**
   * Does some work when it is its turn, at once if it can.
   *
   * @param owner the connection, of which no two jobs run at a time
   * @param begin starts the work, over again if need be
   */
  run(owner: object, begin: () => Work): Promise<Uint8Array> {
    const job = new Job(begin);
    const lane = this.#laneOf(owner);
    lane.jobs.add(job);
    lane.waiting.push(job);
    this.#lineUp(lane);
    return job.result;
  }

  /** Rejects what an owner has here: what runs at the end of its turn, everything else now. */
  cancel(owner: object, reason: () => Error): void {
    for (const job of this.#lanes.get(owner)?.jobs ?? []) job.cancel(reason());
  }

  #laneOf(owner: object): Lane {
    let lane = this.#lanes.get(owner);
    if (lane === undefined) {
      lane = { owner, jobs: new Set(), waiting: new Fifo(), isBusy: false };
      this.#lanes.set(owner, lane);
    }
    return lane;
  }

  #lineUp(lane: Lane): void {
    if (!lane.isBusy && lane.waiting.length > 0) {
      lane.isBusy = true;
      this.#line.push(lane);
    }
    while (this.#running < this.#most && this.#line.length > 0) {
      void this.#giveTurn(this.#line.shift()!);
    }
  }

  async #giveTurn(lane: Lane): Promise<void> {
    this.#running++;
    const job = lane.waiting.shift()!;
    const held = await job.turn();
    if (held === null) this.#remove(lane, job);
    else if (this.#mayKeep(job, held)) lane.waiting.push(job);
    else {
      this.#waitingForMemory.push({ job, lane });
      await job.startOver();
    }
    this.#running--;
    lane.isBusy = false;
    this.#lineUp(lane);
  }

  #mayKeep(job: Job, held: number): boolean {
    if (held <= LITTLE) return true;
    if (this.#large.size < this.#most) this.#large.add(job);
    return this.#large.has(job);
  }

  #remove(lane: Lane, job: Job): void {
    lane.jobs.delete(job);
    if (lane.jobs.size === 0) this.#lanes.delete(lane.owner);
    if (!this.#large.delete(job)) return;
    const next = this.#waitingForMemory.shift();
    if (next === undefined) return;
    this.#large.add(next.job);
    next.lane.waiting.push(next.job);
    this.#lineUp(next.lane);
  }
}
