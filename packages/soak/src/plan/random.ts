/** Chance that can be repeated: numbers that follow from a seed and from nothing else. */

/** The next number, from 0 up to but not including 1. */
export type Random = () => number;

/** A row of numbers for every pair of a seed and a stream; mulberry32, which is fast and even. */
export function randomOf(seed: number, stream: number): Random {
  let state = (Math.imul(seed, 0x9e3779b1) ^ Math.imul(stream + 1, 0x85ebca6b)) | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** An integer from `least` to `most`, both included. */
export function integer(random: Random, least: number, most: number): number {
  return least + Math.floor(random() * (most - least + 1));
}

/** Things with their weights; what weighs twice as much is twice as likely. */
export type Weighted<T> = readonly (readonly [weight: number, value: T])[];

export function pick<T>(random: Random, choices: Weighted<T>): T {
  let rest = random() * choices.reduce((sum, [weight]) => sum + weight, 0);
  const chosen = choices.find(([weight]) => (rest -= weight) < 0) ?? choices.at(-1)!;
  return chosen[1];
}
