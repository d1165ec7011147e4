/** A clock for deadlines alone: bytes move as ever, and time passes when a test says so. */
import { settled } from './duplex-pair';

/** To be called in `beforeEach`; `jest.useRealTimers()` ends it. */
export function fakeDeadlines(): void {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
}

/** Lets `milliseconds` pass, a little at a time, and what comes of it happen. */
export async function pass(milliseconds: number): Promise<void> {
  const STEP = 100;
  for (let left = milliseconds; left > 0; left -= STEP) {
    jest.advanceTimersByTime(Math.min(left, STEP));
    await settled();
  }
}
