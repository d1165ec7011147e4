/** WebSocket connections from a Node server's upgrade requests. */
export { acceptUpgrade, ServerWebSocket } from './server-websocket';
export type { ServerOptions } from './options';
export { RefusedError } from './refused-error';
export { SocketTakenError } from './socket-taken';
export { holdUpgrade } from './hold-upgrade';
export { rejectUpgrade } from './reject-upgrade';
export type { Acceptance, HookResult, UpgradeHook } from './toolkit/acceptance';
export type { RefusalReason, RefusedEvent, WebSocketServerEvents } from './toolkit/events';
export type { WebSocketServerOptions } from './toolkit/options';
export type { PathParams } from './toolkit/paths';
export { refuse } from './toolkit/refuse';
export { ServerSocket } from './toolkit/server-socket';
export type { UpgradeSource } from './toolkit/shared-listener';
export type { ClosedConnections, CloseOptions } from './toolkit/shutdown';
export { UpgradeContext } from './toolkit/upgrade-context';
export { WebSocketServer } from './toolkit/websocket-server';
