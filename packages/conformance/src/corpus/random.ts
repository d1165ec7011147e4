/** Numbers that look random and are the same every time: a case must send the same octets anywhere. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** An integer from 0 to `below` − 1. */
  below(below: number): number {
    // A linear congruential generator, of whose 32 bits the upper are the better ones.
    this.#state = (Math.imul(this.#state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((this.#state / 2 ** 32) * below);
  }

  /** One of several; the first ones more often, as words are in a language. */
  pick<T>(items: readonly T[]): T {
    return items[Math.min(this.below(items.length), this.below(items.length))]!;
  }

  octets(count: number): Buffer {
    return Buffer.from(Array.from({ length: count }, () => this.below(256)));
  }
}
