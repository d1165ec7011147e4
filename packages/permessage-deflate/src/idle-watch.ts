/**
 * The time since each of several contexts was last used. Those that are idle for too long are
 * dropped. There is one timer for all of them, which keeps no process alive.
 */
import { clearTimeout, setTimeout } from 'node:timers';

/** What can be dropped; it is expected to be forgotten then. */
export interface Droppable {
  drop(): void;
}

export class IdleWatch {
  readonly #timeout: number;
  /** When each was last used, in milliseconds, the longest ago first. */
  readonly #lastUse = new Map<Droppable, number>();
  #timer: NodeJS.Timeout | null = null;
  readonly #clock = process.getBuiltinModule('node:perf_hooks').performance;

  /** @param timeout in milliseconds; Infinity: none is idle for too long */
  constructor(timeout: number) {
    this.#timeout = timeout;
  }

  /** It is in use now. */
  touch(context: Droppable): void {
    if (this.#timeout === Infinity) return;
    this.#lastUse.delete(context);
    this.#lastUse.set(context, this.#clock.now());
    this.#timer ??= this.#wait(this.#timeout);
  }

  forget(context: Droppable): void {
    this.#lastUse.delete(context);
    if (this.#lastUse.size > 0 || this.#timer === null) return;
    clearTimeout(this.#timer);
    this.#timer = null;
  }

  #wait(milliseconds: number): NodeJS.Timeout {
    return setTimeout(() => this.#sweep(), Math.ceil(milliseconds)).unref();
  }

  #sweep(): void {
    this.#timer = null;
    const now = this.#clock.now();
    for (const [context, lastUse] of this.#lastUse) {
      const left = lastUse + this.#timeout - now;
      if (left > 0) {
        this.#timer = this.#wait(left);
        return;
      }
      this.forget(context);
      context.drop();
    }
  }
}
