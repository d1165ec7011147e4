import type { StreamSocket } from './stream-socket';

/** Calls back when a WebSocket has closed, and its `close` was dispatched: soon if it was already. */
export function whenClosed(ws: StreamSocket, action: () => void): void {
  if (ws.readyState === ws.CLOSED) void ws.closed.then(action);
  else ws.once('close', action);
}
