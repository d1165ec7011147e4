/** Upgrade requests that are left to others on the same HTTP server: another library, a proxy, hot reload. */
import type { Duplex } from 'node:stream';
import { holderOf, isTaken } from '../socket-taken';

/**
 * Leaves a socket to whoever else listens, but for its errors, which crash nobody.
 *
 * If nobody wants it, it stays as long as its client does, and longer: Node has no limit for it any more, and nobody reads its
 * end. There is no limit here by default: others may take their time to decide, or wait for somebody else before they answer,
 * and would lose their sockets. What counts is the `timeout` of the HTTP server (0, none, unless it is set): then a socket is
 * destroyed that nobody reads, holds or has taken. Whoever takes one for good sets its timeout to 0, as libraries do.
 */
export function leaveAlone(socket: Duplex): void {
  socket.on('error', () => undefined);
  socket.on('timeout', () => {
    if (isNobodys(socket)) socket.destroy();
  });
}

/** Node hands it over with `readableFlowing` null; all that reads it, or stops to, changes that. */
function isNobodys(socket: Duplex): boolean {
  return socket.readableFlowing === null && !isTaken(socket) && holderOf(socket) === undefined;
}
