/**
 * The calling of what the application has passed. What it throws is the application's, and is reported
 * as Node reports what an EventTarget's listener throws: as an uncaught exception. The connection, and
 * who else is to be called, go on.
 */
import { nextTick } from './host';

export function reportThrown(error: unknown): void {
  nextTick(() => {
    throw error;
  });
}

/** Calls back with null, or with why what was asked for is not going to happen. */
export function callBack(callback: (error: Error | null) => void, error: Error | null): void {
  try {
    callback(error);
  } catch (thrown) {
    reportThrown(thrown);
  }
}
