/** The client of the README that connects again: the lines between the markers, with a URL filled in. */
// #region readme
import WebSocket from '@ws/websocket';
import type { WebSocketError } from '@ws/websocket';

/** When to try again, in milliseconds; null: never. */
function retryAfter(error: WebSocketError): number | null {
  if (error.statusCode === 503) return 10_000;
  if (error.code === 'WS_ERR_INVALID_UTF8') console.error(`closed with ${error.closeCode}`);
  if (error instanceof WebSocket.ProtocolError) return null;
  return error.code === 'ECONNREFUSED' || error.code === 'WS_ERR_PING_TIMEOUT' ? 1000 : null;
}

function connect(address: string): void {
  const ws = new WebSocket(address, [], { ping: 30 });
  ws.onclose = ({ cause }) => {
    const delay = cause === null ? null : retryAfter(cause);
    if (delay !== null) setTimeout(connect, delay, address);
  };
}

// #endregion
/** Begins to connect. */
export function startRetrying(url: string): void {
  // #region readme
  connect(url);
  // #endregion
}
