/**
 * The order in which a network that exists only in memory does things: one step per turn of the
 * event loop, so that everything a step leads to has happened before the next. No clock is involved;
 * the same steps always happen in the same order.
 */

/** Turns without a step after which nothing more is expected to happen. */
const QUIET_TURNS = 5;

/** The next step waits for a promise that this one gives: for what other threads do. */
export type Step = () => void | Promise<void>;

export class Steps {
  private waiting: Step[] = [];

  add(step: Step): void {
    this.waiting.push(step);
  }

  /** Takes steps, at most `most` of them, until nothing happens any more. */
  async run(most: number = Infinity): Promise<void> {
    let taken = 0;
    for (let quiet = 0; quiet < QUIET_TURNS && taken < most; quiet++) {
      await turn();
      const step = this.waiting.shift();
      if (step === undefined) continue;
      quiet = 0;
      taken++;
      await step();
    }
  }
}

/** One turn of the event loop, and all that it leads to. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
