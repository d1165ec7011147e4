/** The channels by their names, for who subscribes: what is published on them. */
import type { BinaryType } from '../api/binary-type';
import type { WebSocket } from '../api/websocket';
import type { TextType } from '../receiving/message-data';
import type {
  ConnectionClosed,
  ConnectionOpened,
  ControlPassed,
  MessagePassed,
  SlowReader,
} from './messages';

type Socket = WebSocket<BinaryType, TextType>;

/** What is published on the channels of connections, by the names of these in `node:diagnostics_channel`. */
export interface ConnectionChannels {
  readonly 'websocket:open': ConnectionOpened<Socket>;
  readonly 'websocket:close': ConnectionClosed<Socket>;
  readonly 'websocket:message:received': MessagePassed<Socket>;
  readonly 'websocket:message:sent': MessagePassed<Socket>;
  readonly 'websocket:ping': ControlPassed<Socket>;
  readonly 'websocket:pong': ControlPassed<Socket>;
  readonly 'websocket:slow-reader': SlowReader<Socket>;
}
