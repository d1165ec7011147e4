/**
 * Everything that was sent outside of a received chunk leaves once per tick, whichever connections
 * it was sent on: one `nextTick` for all of them.
 */
import { nextTick } from '../support/host';

export interface Flushable {
  flush(): void;
}

let waiting: Flushable[] = [];

/** Has `flush()` called before the event loop goes on. The caller asks once per flush. */
export function flushThisTick(flushable: Flushable): void {
  if (waiting.push(flushable) === 1) nextTick(flushAll);
}

function flushAll(): void {
  const flushing = waiting;
  waiting = [];
  for (const flushable of flushing) flushable.flush();
}
