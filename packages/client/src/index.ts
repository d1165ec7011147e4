/** A WebSocket client for Node with the browser's interface. */
export { Client, dial } from './client-websocket';
export type { ClientOptions } from './options';
