/** Turns of the event loop, as what tests count instead of time. */

export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** How many turns it takes until `isDone`; gives up after `most`. */
export async function turnsUntil(isDone: () => boolean, most: number = 100_000): Promise<number> {
  let turns = 0;
  for (; !isDone(); turns++) {
    if (turns === most) throw new Error(`not done in ${most} turns`);
    await turn();
  }
  return turns;
}
