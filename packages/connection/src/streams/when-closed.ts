import type { StreamSocket } from './stream-socket';

/** Calls back when a WebSocket has closed: at once if it has already. */
export function whenClosed(ws: StreamSocket, action: () => void): void {
  if (ws.readyState === ws.CLOSED) action();
  else ws.once('close', action);
}
