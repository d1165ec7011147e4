/**
 * The deadlines of all connections on one timer. Deadlines that are near each other share a slot, so
 * that ten thousand connections which ping every half minute cost some hundred slots; and while
 * nothing is due, no timer runs. A deadline is never early, and late by a tenth of its delay or by
 * 100 ms, whichever is less.
 *
 * The timer does not keep the process alive: open sockets do.
 */
import { clearTimeout, now, setTimeout } from './host';

/** Who is told when its time has come. It has at most one deadline at a time. */
export interface Timed {
  /** The slot of its deadline, null while it has none. Only the wheel changes it. */
  slot: Slot | null;
  onDeadline(): void;
}

/** What is due at one moment. */
export interface Slot {
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

export class TimerWheel {
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

  /** Sets the deadline of `timed`, `delay` milliseconds from now, in place of the one it had. */
  set(timed: Timed, delay: number): void {
    this.clear(timed);
    const grain = Math.max(1, Math.min(COARSEST, Math.floor(delay / SLOTS_PER_DELAY)));
    const due = Math.ceil((this.clock.now() + delay) / grain) * grain;
    let slot = this.slots.get(due);
    if (slot === undefined) this.slots.set(due, (slot = { due, waiting: new Set() }));
    slot.waiting.add(timed);
    timed.slot = slot;
    if (due < this.wakesAt) this.wakeAt(due);
  }

  /** Takes the deadline of `timed` away, if it has one. */
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
      timed.onDeadline();
    }
  }

  /** Another slot may be due at the same moment by now: one without delay, set while this one expires. */
  private remove(slot: Slot): void {
    if (this.slots.get(slot.due) === slot) this.slots.delete(slot.due);
  }
}

/** The wheel that all connections of the process share. */
export const sharedWheel: TimerWheel = new TimerWheel({
  now,
  start: (action, delay) => setTimeout(action, delay).unref(),
  cancel: (timer) => clearTimeout(timer as NodeJS.Timeout),
});
