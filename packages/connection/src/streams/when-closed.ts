import type { WebSocket } from '../api/websocket';

/** Calls back when a WebSocket has closed: at once if it has already. */
export function whenClosed(ws: WebSocket, action: () => void): void {
  if (ws.readyState === ws.CLOSED) action();
  else ws.once('close', action);
}
