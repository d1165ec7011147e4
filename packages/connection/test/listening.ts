/** A WebSocket to dispatch on, and what its listeners threw. */
import { SocketEvent } from '../src/api/events';
import type { WebSocketEventType } from '../src/api/events';
import { ListenerTable } from '../src/api/listeners';
import { SocketEventEmitter } from '../src/api/event-emitter';
import { failedOpening } from '../src/lifecycle/ending';

export interface Listening {
  readonly target: SocketEventEmitter;
  /** Dispatches an event of `type`; gives it back. */
  fire(type: WebSocketEventType): SocketEvent;
}

export function listening(): Listening {
  const table = new ListenerTable();
  const target = new SocketEventEmitter(table);
  const fire = (type: WebSocketEventType): SocketEvent => {
    const event = Reflect.construct(SocketEvent, [type, target]) as object as SocketEvent;
    table.dispatch(event);
    if (type === 'close') table.end(failedOpening(new Error('closed'), false));
    return event;
  };
  return { target, fire };
}

/** What reaches the process as an uncaught exception because of `action`. */
export async function uncaughtFrom(action: () => void | Promise<void>): Promise<unknown[]> {
  const uncaught: unknown[] = [];
  process.setUncaughtExceptionCaptureCallback((error) => uncaught.push(error));
  try {
    await action();
    await new Promise((resolve) => setImmediate(resolve));
  } finally {
    process.setUncaughtExceptionCaptureCallback(null);
  }
  return uncaught;
}
