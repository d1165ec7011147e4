/**
 * The deadlines of all connections on one timer. Deadlines that are near each other share a slot, so
 * that ten thousand connections which ping every half minute cost some hundred slots; and while
 * nothing is due, no timer runs. A deadline is never early, and late by a tenth of its delay or by
 * 100 ms, whichever is less.
 *
 * Sockets are read between the end of the time and the judgement: of a process that was busy, or
 * stopped, for longer than a deadline, the peers' answers wait in the kernel.
 */
import { isolated } from './callbacks';
import { nextTurn, now, startTimer, timersOfNow, type Timer } from './scheduling';

/** Who is told when its time has come. It has at most one deadline at a time. */
export interface Timed {
  /** The slot of its deadline, null while it has none. Only the wheel changes it. */
  slot: Slot | null;
  onDeadline(): void;
}

/** Where deadlines are set. */
export interface Wheel {
  /** Milliseconds on its clock. */
  now(): number;
  /** Sets the deadline of `timed`, `delay` milliseconds from now, in place of the one it had. */
  set(timed: Timed, delay: number): void;
  /** Takes the deadline of `timed` away, if it has one. */
  clear(timed: Timed): void;
}

/** What is due at one moment. */
export interface Slot {
  readonly wheel: TimerWheel;
  /** Milliseconds on the wheel's clock. */
  readonly due: number;
  readonly waiting: Set<Timed>;
}

/** What a wheel needs of its surroundings. */
export interface Clock {
  /** Milliseconds from any moment on; never goes back. */
  now(): number;
  /** Calls `action` after `delay` milliseconds, unless `cancel` gets the result before. */
  start(action: () => void, delay: number): unknown;
  cancel(timer: unknown): void;
}

const COARSEST = 100;
const SLOTS_PER_DELAY = 10;

export class TimerWheel implements Wheel {
  private readonly clock: Clock;
  private readonly slots = new Map<number, Slot>();
  private timer: unknown = null;
  private wakesAt = Infinity;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  now(): number {
    return this.clock.now();
  }

  set(timed: Timed, delay: number): void {
    timed.slot?.wheel.clear(timed);
    const grain = Math.max(1, Math.min(COARSEST, Math.floor(delay / SLOTS_PER_DELAY)));
    const due = Math.ceil((this.clock.now() + delay) / grain) * grain;
    let slot = this.slots.get(due);
    if (slot === undefined) this.slots.set(due, (slot = { wheel: this, due, waiting: new Set() }));
    slot.waiting.add(timed);
    timed.slot = slot;
    if (due < this.wakesAt) this.wakeAt(due);
  }

  clear(timed: Timed): void {
    const { slot } = timed;
    if (slot === null) return;
    timed.slot = null;
    slot.waiting.delete(timed);
    if (slot.waiting.size > 0) return;
    this.remove(slot);
    if (this.slots.size === 0) this.wakeAt(Infinity);
  }

  private wakeAt(due: number): void {
    if (this.timer !== null) this.clock.cancel(this.timer);
    this.wakesAt = due;
    const delay = Math.max(0, due - this.clock.now());
    this.timer = due === Infinity ? null : this.clock.start(() => this.wake(), delay);
  }

  private wake(): void {
    this.timer = null;
    this.wakesAt = Infinity;
    const now = this.clock.now();
    for (const slot of [...this.slots.values()]) if (slot.due <= now) this.expire(slot);
    const next = Math.min(...this.slots.keys());
    if (next < this.wakesAt) this.wakeAt(next);
  }

  private expire(slot: Slot): void {
    this.remove(slot);
    for (const timed of slot.waiting) {
      timed.slot = null;
      isolated(() => timed.onDeadline());
    }
  }

  /** Another slot may be due at the same moment by now: one without delay, set while this one expires. */
  private remove(slot: Slot): void {
    if (this.slots.get(slot.due) === slot) this.slots.delete(slot.due);
  }
}

/** A timer that fires when sockets have been read once more. */
class ReadingTimer {
  private readonly timer: Timer;
  private stopped = false;

  constructor(action: () => void, delay: number) {
    const afterReading = (): void => {
      if (!this.stopped) action();
    };
    this.timer = startTimer(() => nextTurn(afterReading), delay);
  }

  stop(): void {
    this.stopped = true;
    this.timer.stop();
  }
}

/** One wheel for each clock: a test's fake one is another than Node's. */
const wheels = new WeakMap<object, TimerWheel>();

function wheelOfNow(): TimerWheel {
  const clock = timersOfNow();
  let wheel = wheels.get(clock);
  if (wheel === undefined) {
    wheel = new TimerWheel({
      now,
      start: (action, delay) => new ReadingTimer(action, delay),
      cancel: (timer) => (timer as ReadingTimer).stop(),
    });
    wheels.set(clock, wheel);
  }
  return wheel;
}

/** The wheel that all connections of the process share. */
export const sharedWheel: Wheel = {
  now,
  set: (timed, delay) => wheelOfNow().set(timed, delay),
  clear: (timed) => timed.slot?.wheel.clear(timed),
};
