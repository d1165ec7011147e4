/**
 * What the library takes from its host, at load and from Node's own modules.
 *
 * Test environments leave out globals, or put those of a browser in their place (jsdom); tests replace
 * clocks, timers and `process.nextTick` while they run. Neither may stop the bytes of a connection.
 */
import { atob } from 'node:buffer';
import { performance } from 'node:perf_hooks';
import * as timers from 'node:timers';

/** The clock of `performance.now()`, in milliseconds. */
export const now: () => number = performance.now.bind(performance);

export const setTimeout: typeof timers.setTimeout = timers.setTimeout;
export const clearTimeout: typeof timers.clearTimeout = timers.clearTimeout;
export const setImmediate: typeof timers.setImmediate = timers.setImmediate;
export const clearImmediate: typeof timers.clearImmediate = timers.clearImmediate;
export const nextTick: typeof process.nextTick = process.nextTick.bind(process);

type DOMExceptionClass = new (message?: string, name?: string) => DOMException;

/** The global one, so that the application's `instanceof` agrees; Node's own where there is none. */
export const DOMException: DOMExceptionClass =
  (globalThis as { DOMException?: DOMExceptionClass }).DOMException ?? nativeDOMException();

/** No module of Node's has it, but a function that throws one. */
function nativeDOMException(): DOMExceptionClass {
  try {
    atob('*');
  } catch (error) {
    return (error as { constructor: DOMExceptionClass }).constructor;
  }
  throw new Error('bug: an asterisk is no base64');
}
