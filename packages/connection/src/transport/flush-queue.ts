/**
 * Everything that was sent outside of a received chunk leaves once per tick, whichever connections
 * it was sent on: one callback for all of them. Of very many, some leave in this tick and the others in later turns of the
 * event loop, so that a message for all of them keeps nobody else waiting. What goes wrong with one is no
 * other's concern.
 */
import { Fifo } from '@ws/common';
import { isolated } from '../support/callbacks';
import { nextTurn, outsideOfContexts, soon } from '../support/scheduling';

export interface Flushable {
  flush(): void;
}

/** A write takes some microseconds: so many take a few milliseconds. */
export const MOST_FLUSHES: number = 1024;

const waiting = new Fifo<Flushable>();
let scheduled = false;

/** Has `flush()` called before the event loop goes on, or soon after. The caller asks once per flush. */
export function flushThisTick(flushable: Flushable): void {
  waiting.push(flushable);
  if (scheduled) return;
  scheduled = true;
  soon(flushNow);
}

function flushNow(): void {
  outsideOfContexts(flushSome);
}

function flushSome(): void {
  for (let count = 0; count < MOST_FLUSHES; count++) {
    const flushable = waiting.shift();
    if (flushable === undefined) {
      scheduled = false;
      return;
    }
    isolated(() => flushable.flush());
  }
  nextTurn(flushSome);
}
