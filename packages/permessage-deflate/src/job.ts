/** A message's work on zlib's threads, one turn after the other. */

/**
 * Each `yield` ends a turn, and says how many bytes it has made by then that are not in proportion to
 * what there was before. What is returned is the result.
 */
export type Work = AsyncGenerator<number, Uint8Array, undefined>;

const NOTHING = new Uint8Array(0);

export class Job {
  readonly result: Promise<Uint8Array>;
  #begin: (() => Work) | null;
  #work: Work | null = null;
  #isRunning = false;
  #resolve!: (result: Uint8Array) => void;
  #reject!: (error: unknown) => void;
  #cancelled: Error | null = null;

  /** @param begin may be called again, after `startOver` */
  constructor(begin: () => Work) {
    this.#begin = begin;
    this.result = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  /**
   * Works for a turn, if it is not over already. Never rejects: `result` does.
   *
   * @returns how many bytes it holds by then; null if it is over
   */
  async turn(): Promise<number | null> {
    if (this.#begin === null) return null;
    this.#isRunning = true;
    try {
      this.#work ??= this.#begin();
      const { done, value } = await this.#work.next();
      if (this.#cancelled !== null) throw this.#cancelled;
      if (done !== true) return value;
      this.#resolve(value);
    } catch (error) {
      this.#reject(error);
    } finally {
      this.#isRunning = false;
    }
    await this.#forget();
    return null;
  }

  /** Forgets what was made until now, between two turns; the next one is the first again. */
  async startOver(): Promise<void> {
    const work = this.#work;
    this.#work = null;
    await work?.return(NOTHING);
  }

  /** `result` rejects, at the end of the turn if there is one; there will be no other. */
  cancel(reason: Error): void {
    this.#cancelled = reason;
    if (this.#isRunning || this.#begin === null) return;
    this.#reject(reason);
    void this.#forget();
  }

  #forget(): Promise<void> {
    this.#begin = null;
    return this.startOver();
  }
}
