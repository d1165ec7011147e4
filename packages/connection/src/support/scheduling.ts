/**
 * When to do what cannot be done now. Two things hold for all of it:
 *
 * - What moves bytes does not hang on clocks that tests fake: its functions are taken when this module
 *   is loaded, and if a fake is in their place already, something takes theirs that no fake clock
 *   replaces. Deadlines go by the fake clock, as whoever fakes one expects.
 * - What is shared by all connections runs outside of every async context, so that no connection's
 *   listeners run in the context (AsyncLocalStorage) of another.
 */
import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks';
import * as timers from 'node:timers';

/** The functions of fake clocks have the clock as a property. */
function isFake(timer: object): boolean {
  return 'clock' in timer;
}

const resolved = Promise.resolve();
const nextTick: typeof process.nextTick = process.nextTick.bind(process);

/**
 * Calls `action` after what runs now, before the event loop goes on, in the caller's async context.
 * It must not throw.
 *
 * @function
 */
export const soon: (action: () => void) => void = isFake(Reflect.get(process, 'nextTick') as object)
  ? (action) => void resolved.then(action)
  : (action) => nextTick(action);

/** Calls `action` outside of the async contexts that connections were made in. */
export const outsideOfContexts: (action: () => void) => void = AsyncLocalStorage.snapshot();

const { setImmediate, setTimeout: setTimeoutAtFirst } = timers;
const immediately: (action: () => void) => void = isFake(setImmediate)
  ? turnByMessage()
  : (action) => void setImmediate(action);

/** Calls `action` when this turn of the event loop is over, outside of every async context. */
export function nextTurn(action: () => void): void {
  immediately(() => outsideOfContexts(action));
}

/** Likewise, when sockets have been read once more, whichever part of a turn this is called in. */
export function afterReading(action: () => void): void {
  nextTurn(() => nextTurn(action));
}

interface Global {
  readonly performance?: { now(): number };
  readonly setTimeout?: typeof timers.setTimeout;
  readonly clearTimeout?: typeof timers.clearTimeout;
}

const host = globalThis as Global;

/** Milliseconds from any moment on; never goes back. */
export function now(): number {
  return (host.performance ?? process.getBuiltinModule('node:perf_hooks').performance).now();
}

/** Node's own `setTimeout`, unless there is a fake in its place: those of other hosts keep the process alive. */
export function timersOfNow(): typeof timers.setTimeout {
  const { setTimeout } = host;
  return setTimeout !== undefined && isFake(setTimeout) ? setTimeout : timers.setTimeout;
}

/** A timer that runs, and how to stop it. */
export interface Timer {
  stop(): void;
}

/** Calls `action` after `delay` milliseconds. Does not keep the process alive: open sockets do. */
export function startTimer(action: () => void, delay: number): Timer {
  const setTimeout = timersOfNow();
  const { clearTimeout } = setTimeout === timers.setTimeout ? timers : host;
  let stopped = false;
  const timer = setTimeout(() => {
    if (!stopped) action();
  }, delay);
  // The fake of a browser's clock returns a number.
  (timer as Partial<NodeJS.Timeout>).unref?.();
  const clears = !isOfNodeTest(setTimeout);
  return {
    stop() {
      stopped = true;
      if (clears) clearTimeout?.(timer);
    },
  };
}

/**
 * Whether these are the fake timers of `node:test`, which replace those of the module. To clear one after their reset
 * breaks their queue: no timer of a later test fires.
 */
function isOfNodeTest(setTimeout: typeof timers.setTimeout): boolean {
  return setTimeout === timers.setTimeout && setTimeout !== setTimeoutAtFirst;
}

/**
 * `callback`, to be called in the async context of now, whoever calls it. (What `AsyncLocalStorage.bind`
 * makes costs a hundred times as much, in the Node.js versions that copy a function's properties.)
 */
export function inThisContext<Parameters extends unknown[]>(
  callback: (...parameters: Parameters) => void,
): (...parameters: Parameters) => void {
  const context = new AsyncResource('WebSocketCallback', { requireManualDestroy: true });
  return (...parameters) => context.runInAsyncScope(callback, undefined, ...parameters);
}

function turnByMessage(): (action: () => void) => void {
  const { MessageChannel } = process.getBuiltinModule('node:worker_threads');
  const { port1, port2 } = new MessageChannel();
  let waiting: (() => void)[] = [];
  port1.on('message', () => {
    const actions = waiting;
    waiting = [];
    port1.unref();
    for (const action of actions) action();
  });
  port1.unref();
  return (action) => {
    port1.ref();
    if (waiting.push(action) === 1) port2.postMessage(null);
  };
}
