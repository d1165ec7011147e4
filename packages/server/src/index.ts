/** WebSocket connections from a Node server's upgrade requests. */
export { acceptUpgrade, ServerWebSocket } from './server-websocket';
export type { ServerOptions } from './options';
export { RefusedError } from './refused-error';
export { SocketTakenError } from './socket-taken';
