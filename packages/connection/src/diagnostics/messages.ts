/**
 * What is published on the channels. No message has what an application sends or receives.
 *
 * @typeParam Socket what applications hold
 */
import type { Ending } from '../lifecycle/ending';
import type { TrafficCounts } from './traffic';

/** On `websocket:open`: a connection is open. Its `open` event follows. */
export interface ConnectionOpened<Socket> {
  readonly websocket: Socket;
  /** Which end of it this is. */
  readonly role: 'client' | 'server';
  /** The pattern of a `WebSocketServer` that has matched, `*` where it has none; null on a client, and without such a server. */
  readonly route: string | null;
}

/** On `websocket:close`: a connection that was open has ended. Its `close` event follows. */
export interface ConnectionClosed<Socket> extends ConnectionOpened<Socket> {
  /** As the `close` event has it. */
  readonly ending: Ending;
  /** Milliseconds since it was opened; null if nobody had subscribed yet when the connection began. */
  readonly duration: number | null;
  /** What has passed; null likewise. */
  readonly traffic: TrafficCounts | null;
  /** Messages that were not sent to a slow reader. */
  readonly messagesDropped: number;
  /** Messages that were dropped since nobody listened. */
  readonly messagesUnheard: number;
}

/**
 * On `websocket:message:received`: a whole message has come, and will be delivered. On `websocket:message:sent`: a
 * whole message was given to the outbox, and leaves by the end of the tick or when the network takes it.
 */
export interface MessagePassed<Socket> {
  readonly websocket: Socket;
  /** Bytes of the payload, as the application has it: text as UTF-8, and not compressed. */
  readonly size: number;
  /** Whether it is text. */
  readonly text: boolean;
  /** Whether extensions have changed it on its way. */
  readonly compressed: boolean;
}

/**
 * On `websocket:ping` and `websocket:pong`: one has come from the peer, or is in the outbox for it. Pings are those of the
 * application and of keep-alive; pongs answer the peer's, or probe one that is not read. The answer to a ping is told of
 * before the ping itself.
 */
export interface ControlPassed<Socket> {
  readonly websocket: Socket;
  /** Which way it goes. */
  readonly direction: 'received' | 'sent';
  /** Bytes of its payload. */
  readonly size: number;
}

/** On `websocket:slow-reader`: a message is not sent, as too much waits for the peer; see the option `slowReader`. */
export interface SlowReader<Socket> {
  readonly websocket: Socket;
  /** Bytes of payload that wait. */
  readonly bufferedAmount: number;
  /** With this message. */
  readonly messagesDropped: number;
  /** Whether the connection is closed for it. */
  readonly closes: boolean;
}
