/**
 * Listeners of Node's own functions that call whatever they are called with an error: they wait with
 * `events.once(ws, 'open')`, in a loop over `events.on(ws, 'message')`, in `stream.finished(ws)`, or in
 * `stream.pipeline(source, ws)` for `drain`, and pass it on. They are known by their source text, which Node shows when it
 * waits for an emitter of ours.
 */
import { on, once } from 'node:events';
import { finished, pipeline } from 'node:stream';
import type { Writable } from 'node:stream';
import type { Listener } from './listener';

/** The source texts of such listeners by their names, of each event; made when there is a listener to compare. */
let sources: Readonly<Record<Waited, ReadonlyMap<string, string>>> | null = null;

type Waited = 'error' | 'drain';

/** Whether it is a listener of Node's that takes what it is called with for an error. */
export function takesError(type: Waited, listener: Listener<never>): boolean {
  if (typeof listener !== 'function') return false;
  sources ??= sourcesOfNode();
  const source = sources[type].get(listener.name);
  return source !== undefined && source === String(listener);
}

/** Has Node wait for an emitter that never emits. */
function sourcesOfNode(): Record<Waited, Map<string, string>> {
  const found = { error: new Map<string, string>(), drain: new Map<string, string>() };
  const note = (type: string, listener: (error: unknown) => void): void => {
    if (type === 'error' || type === 'drain') found[type].set(listener.name, String(listener));
  };
  const nothing = (): void => undefined;
  const emitter = { on: note, once: note, off: nothing, removeListener: nothing, write: nothing };
  void once(emitter as never, 'open');
  void on(emitter as never, 'open').return?.();
  finished(emitter as never, nothing)();
  pipeline([], { ...emitter, end: nothing } as never as Writable, nothing);
  return found;
}
