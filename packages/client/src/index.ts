/** A WebSocket client for Node with the browser's interface. */
export { Client, dial } from './client-websocket';
export { ConnectError } from './connect-error';
export type { ConnectErrorDetails, ResponseHead } from './connect-error';
export type { ConnectErrorCode } from '@ws/connection';
export type { ClientChannels, ConnectTraced } from './diagnostics';
export type { ClientOptions, ProxyOptions, StreamOptions } from './options';
