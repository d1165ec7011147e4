/**
 * The calling of what the application has passed. What it throws is the application's, and is reported
 * as Node reports what an EventTarget's listener throws: as an uncaught exception. The connection, and
 * who else is to be called, go on.
 */
import { soon } from './scheduling';

export function reportThrown(error: unknown): void {
  soon(() => {
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

/** Calls back soon: whoever asked has had an answer by then. */
export function callBackSoon(callback: (error: Error | null) => void, error: Error | null): void {
  soon(() => callBack(callback, error));
}

/** Calls what is one of many, so that its failure is nobody else's. */
export function isolated(action: () => void): void {
  try {
    action();
  } catch (error) {
    reportThrown(error);
  }
}
