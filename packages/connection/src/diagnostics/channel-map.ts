/** The channels by their names, for who subscribes: what is published on them. */
import type { AnyWebSocket } from '../api/any-websocket';
import type {
  ConnectionClosed,
  ConnectionOpened,
  ControlPassed,
  MessagePassed,
  SlowReader,
} from './messages';

/** What is published on the channels of connections, by the names of these in `node:diagnostics_channel`. */
export interface ConnectionChannels {
  readonly 'websocket:open': ConnectionOpened<AnyWebSocket>;
  readonly 'websocket:close': ConnectionClosed<AnyWebSocket>;
  readonly 'websocket:message:received': MessagePassed<AnyWebSocket>;
  readonly 'websocket:message:sent': MessagePassed<AnyWebSocket>;
  readonly 'websocket:ping': ControlPassed<AnyWebSocket>;
  readonly 'websocket:pong': ControlPassed<AnyWebSocket>;
  readonly 'websocket:slow-reader': SlowReader<AnyWebSocket>;
}
