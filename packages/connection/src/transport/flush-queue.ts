/**
 * Everything that was sent outside of a received chunk leaves once per tick, whichever connections
 * it was sent on: one callback for all of them. What goes wrong with one is no other's concern.
 */
import { isolated } from '../support/callbacks';
import { outsideOfContexts, soon } from '../support/scheduling';

export interface Flushable {
  flush(): void;
}

let waiting: Flushable[] = [];

/** Has `flush()` called before the event loop goes on. The caller asks once per flush. */
export function flushThisTick(flushable: Flushable): void {
  if (waiting.push(flushable) === 1) soon(flushAll);
}

function flushAll(): void {
  outsideOfContexts(flushEach);
}

function flushEach(): void {
  const flushing = waiting;
  waiting = [];
  for (const flushable of flushing) isolated(() => flushable.flush());
}
