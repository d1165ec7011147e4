/**
 * Time that passes only when it is told to: stands in for the process's `setTimeout`, `clearTimeout`
 * and `performance.now` while it is installed, with the mark that fake clocks have. What it still holds
 * at the end of a conversation is a timer that somebody has forgotten.
 */
import { turn } from './steps';

interface Timer {
  readonly due: number;
  readonly action: () => void;
  unref(): Timer;
}

/** More than every deadline of a connection, in milliseconds. */
export const LONG = 120_000;

type Globals = Record<'setTimeout' | 'clearTimeout', unknown>;

const globals = globalThis as unknown as Globals;

export class VirtualClock {
  private time = 1_000_000;
  private readonly timers = new Set<Timer>();

  /** How many timers run. */
  get running(): number {
    return this.timers.size;
  }

  /** Stands in for the real ones; returns how to put them back. */
  install(): () => void {
    const { setTimeout, clearTimeout } = globals;
    const start = (action: () => void, delay: number): Timer => this.start(action, delay);
    globals.setTimeout = Object.assign(start, { clock: this });
    globals.clearTimeout = (timer: Timer) => this.timers.delete(timer);
    performance.now = () => this.time;
    return () => {
      Object.assign(globals, { setTimeout, clearTimeout });
      Reflect.deleteProperty(performance, 'now');
    };
  }

  /** Lets time pass; the timers that come due in it fire, each at its time. */
  advance(milliseconds: number): void {
    const end = this.time + milliseconds;
    for (let next = this.next(end); next !== undefined; next = this.next(end)) {
      this.time = Math.max(this.time, next.due);
      this.timers.delete(next);
      next.action();
    }
    this.time = end;
  }

  private start(action: () => void, delay: number): Timer {
    const timer: Timer = { due: this.time + Math.max(delay, 1), action, unref: () => timer };
    this.timers.add(timer);
    return timer;
  }

  private next(end: number): Timer | undefined {
    const due = [...this.timers].filter((timer) => timer.due <= end);
    return due.sort((left, right) => left.due - right.due)[0];
  }
}

/** Does something while `clock` is the only one there is; `uncaught` is what reaches the process. */
export async function inVirtualTime<Result>(
  clock: VirtualClock,
  action: (uncaught: readonly unknown[]) => Promise<Result>,
): Promise<Result> {
  const uncaught: unknown[] = [];
  const restoreClock = clock.install();
  process.setUncaughtExceptionCaptureCallback((error) => uncaught.push(error));
  try {
    return await action(uncaught);
  } finally {
    process.setUncaughtExceptionCaptureCallback(null);
    clock.advance(LONG);
    // Deadlines are judged a turn later, and are not to be set on another clock.
    await turn();
    restoreClock();
  }
}
