import type { Clock } from '../src/support/timer-wheel';

/** No timer fires in the moment that it is started in. */
const SHORTEST = 0.001;

/** A clock that stands still until it is told how much time passes. */
export class FakeClock implements Clock {
  /** How many timers were started. */
  started = 0;
  private time: number;
  private timer: { readonly action: () => void; readonly due: number } | null = null;

  constructor(time: number = 0) {
    this.time = time;
  }

  /** When the timer that runs is due; null if none does. */
  get due(): number | null {
    return this.timer?.due ?? null;
  }

  now(): number {
    return this.time;
  }

  start(action: () => void, delay: number): unknown {
    if (this.timer !== null) throw new Error('a second timer');
    this.started++;
    return (this.timer = { action, due: this.time + Math.max(delay, SHORTEST) });
  }

  cancel(timer: unknown): void {
    if (timer === this.timer) this.timer = null;
  }

  /** Lets time pass; the timers that come due in it fire, each at its time. */
  advance(milliseconds: number): void {
    const end = this.time + milliseconds;
    while (this.timer !== null && this.timer.due <= end) {
      const { action, due } = this.timer;
      this.time = Math.max(this.time, due);
      this.timer = null;
      action();
    }
    this.time = end;
  }
}
