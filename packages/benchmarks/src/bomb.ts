/**
 * What a bomb costs a server that receives messages up to 1 MiB: how far its resident set grows
 * when a megabyte arrives that would inflate to a gigabyte, and what others notice.
 */
import type { Growth } from './memory-watch';
import { withPair } from './measure';
import type { BombOutcome } from './loads/bomb';

const MAX_LENGTH = 2 ** 20;

/** Enough for the hot code to be compiled, and for the young generation to reach its size. */
const WARM_UP_MESSAGES = 20_000;

export type BombCost = Growth & BombOutcome;

/** Measures `peer` once. @throws {Error} when the bomb is echoed. */
export function measureBomb(peer: string): Promise<BombCost> {
  return withPair(peer, async ({ server, load }) => {
    const port = await server.ask('listen', { deflate: true, maxLength: MAX_LENGTH });
    await load.ask('prepareBomb', port, WARM_UP_MESSAGES);
    await server.ask('watchMemory');
    const outcome = await load.ask('explodeBomb');
    return { ...(await server.ask('memoryGrowth')), ...outcome };
  });
}
