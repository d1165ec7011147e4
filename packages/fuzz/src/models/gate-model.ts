/**
 * What a WebSocket makes of the messages that come, as sets and lists: where they wait and why, which
 * of them are dropped, and when the end is due.
 */

/** What a message weighs beside its characters while it waits, in bytes. */
const OVERHEAD = 64;

/** What one read from the network gives: messages, or how the peer ends. */
export type Arrival = readonly string[] | 'close' | 'end';

/** Nobody; for one message; for all; for all, and with a pause after each. */
export type Listening = 'no' | 'once' | 'always' | 'pausing';

export interface GateOptions {
  readonly highWaterMark: number;
  readonly unheardTimeout: number;
}

export class GateModel {
  readonly heard: string[] = [];
  unheard = 0;
  paused = false;
  listens: Listening = 'no';
  /** Nothing more comes; the code that this is told by. */
  endCode: number | null = null;
  /** The peer has ended, or the network has: the script has nothing more to send. */
  peerIsDone = false;
  now = 0;
  private readonly options: GateOptions;
  /** What has been read and waits for the application; behind it what was read with it. */
  private queue: string[] = [];
  private behind: string[] = [];
  /** What has not been read. */
  private arrived: Arrival[] = [];
  private deadline = Infinity;
  private drops = false;
  private isReset = false;
  private endHadToWait = false;

  constructor(options: GateOptions) {
    this.options = options;
  }

  /** What had come before the end was heard or dropped; one that had to wait is told after a pause. */
  get isClosed(): boolean {
    return this.endCode !== null && !this.holds && !(this.endHadToWait && this.paused);
  }

  arrive(arrival: Arrival): void {
    this.arrived.push(arrival);
    this.peerIsDone = typeof arrival === 'string';
    this.settle();
  }

  /** What was not read is lost. */
  reset(): void {
    this.peerIsDone = this.isReset = true;
    this.arrived = [];
    this.endHadToWait = this.holds;
    this.endCode ??= 1006;
  }

  /** Without effect on a connection that nothing more can come from. */
  pause(): void {
    if (this.endCode !== null && !this.isReset) return;
    this.paused = true;
    this.drops = false;
    this.deadline = Infinity;
  }

  resume(): void {
    this.paused = false;
    this.settle();
  }

  listen(listens: Listening): void {
    this.listens = listens;
    this.drops = false;
    this.deadline = Infinity;
    this.settle();
  }

  pass(milliseconds: number): void {
    this.now += milliseconds;
    if (this.now >= this.deadline) this.drop();
  }

  private get holds(): boolean {
    return this.queue.length + this.behind.length > 0;
  }

  private get isFull(): boolean {
    const weight = this.queue.reduce((sum, { length }) => sum + OVERHEAD + length, 0);
    return this.queue.length > 0 && weight >= this.options.highWaterMark;
  }

  private settle(): void {
    while (this.deliver() || this.read());
    const waits = this.queue.length > 0 && !this.paused && this.listens === 'no';
    if (waits && this.deadline === Infinity) this.deadline = this.now + this.options.unheardTimeout;
    if (waits && this.deadline === this.now) this.drop();
  }

  /** Nobody has listened in time. */
  private drop(): void {
    this.unheard += this.queue.length;
    this.queue = [];
    this.deadline = Infinity;
    this.drops = true;
    this.settle();
  }

  private deliver(): boolean {
    if (this.paused || this.listens === 'no' || this.queue.length === 0) return false;
    this.heard.push(this.queue.shift()!);
    if (this.listens === 'once') this.listens = 'no';
    if (this.listens === 'pausing') this.pause();
    return true;
  }

  private read(): boolean {
    if (this.paused || this.isFull) return false;
    const message = this.behind.shift();
    if (message !== undefined) {
      if (this.drops) this.unheard++;
      else this.queue.push(message);
      return true;
    }
    const arrival = this.arrived.shift();
    if (arrival === undefined) return false;
    if (typeof arrival === 'string') this.endCode = arrival === 'close' ? 1000 : 1006;
    else this.behind.push(...arrival);
    return true;
  }
}
