/**
 * What lets a stream of Node's pipe into a WebSocket. `readable.pipe(destination)` tells its
 * destination by `emit('pipe', readable)` and `emit('unpipe', readable, info)`, and listens for the
 * latter itself to learn that it must stop. These two are called with what is emitted, where a
 * WebSocket's own events have one argument, and so they have listeners of their own.
 */
import { EventEmitter } from 'node:events';
import type { StreamSocket } from './stream-socket';

const emitters = new WeakMap<StreamSocket, EventEmitter>();

export function isPipeEvent(type: string): boolean {
  return type === 'pipe' || type === 'unpipe';
}

/** The listeners of `pipe` and `unpipe`, made if there are none. */
export function pipeListenersOf(ws: StreamSocket): EventEmitter {
  let emitter = emitters.get(ws);
  if (emitter === undefined) emitters.set(ws, (emitter = new EventEmitter()));
  return emitter;
}
