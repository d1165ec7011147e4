/** What clients tell tracing of their opening handshakes, by `tracingChannel` of `node:diagnostics_channel`. */
import { Traced } from '@ws/connection';
import type { BinaryType, TextType, WebSocket } from '@ws/connection';

/**
 * What `tracing:websocket:connect` has, around all that it takes to open a connection: proxies, redirects and the
 * handshake. At `asyncEnd` the WebSocket is not open yet; `websocket:open` follows.
 */
export interface ConnectTraced {
  readonly websocket: WebSocket<BinaryType, TextType>;
  /** From `error` on: what the `error` event has. */
  readonly error?: Error;
}

/** What is published on the channels of clients, by the names of these in `node:diagnostics_channel`. */
export interface ClientChannels {
  readonly 'tracing:websocket:connect:start': ConnectTraced;
  readonly 'tracing:websocket:connect:end': ConnectTraced;
  readonly 'tracing:websocket:connect:asyncStart': ConnectTraced;
  readonly 'tracing:websocket:connect:asyncEnd': ConnectTraced;
  readonly 'tracing:websocket:connect:error': ConnectTraced;
}

export const tracedConnect: Traced = new Traced('websocket:connect');
