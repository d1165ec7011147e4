/**
 * Who waits with `events.once(ws, 'open')`, or in a loop over `events.on(ws, 'message')`, is to get an
 * Error if the connection fails. Node rejects with whatever its own listener for `error` was called with;
 * so these listeners get the error of the event, where all others get the event. They are known by
 * their source text, which Node shows when it waits for an emitter of ours.
 */
import { on, once } from 'node:events';
import type { Listener } from './listeners';

type Waiter = (error: unknown) => void;

/** What is added to a WebSocket instead of a listener of Node's. */
class ErrorWaiter {
  readonly waiter: Waiter;

  constructor(waiter: Waiter) {
    this.waiter = waiter;
  }

  handleEvent(event: { readonly error?: unknown }): void {
    this.waiter(event.error ?? event);
  }
}

const instead = new WeakMap<Listener<never>, ErrorWaiter>();
/** The source texts of Node's listeners by their names; made when there is a listener to compare. */
let sources: ReadonlyMap<string, string> | null = null;

/** What to add, or to remove, for a listener: itself, but for those of Node's that wait for an error. */
export function standInOf(type: string, listener: Listener<never>): Listener<never> {
  if (type !== 'error' || typeof listener !== 'function') return listener;
  sources ??= sourcesOfNode();
  if (sources.get(listener.name) !== String(listener)) return listener;
  const known = instead.get(listener) ?? new ErrorWaiter(listener as Waiter);
  instead.set(listener, known);
  return known;
}

/** The listener that was passed, for what was added. */
export function originalOf(listener: Listener<never>): Listener<never> {
  return listener instanceof ErrorWaiter ? listener.waiter : listener;
}

/** Has Node wait for an emitter that never emits. */
function sourcesOfNode(): Map<string, string> {
  const found = new Map<string, string>();
  const note = (type: string, listener: Waiter): void => {
    if (type === 'error') found.set(listener.name, String(listener));
  };
  const forget = (): void => undefined;
  const emitter = { on: note, once: note, off: forget, removeListener: forget };
  void once(emitter as never, 'open');
  void on(emitter as never, 'open').return?.();
  return found;
}
