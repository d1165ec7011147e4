/**
 * The WebSocket that applications hold: the standard's, and beside it what Node's developers expect of
 * anything that reads and writes.
 */
import type { Duplex } from 'node:stream';
import { ConnectionError } from '../lifecycle/connection-error';
import type { Ending } from '../lifecycle/ending';
import type { BinaryType } from './binary-type';
import type { MessageData, TextType } from '../receiving/message-data';
import { closeArguments } from './close-arguments';
import type { HandshakeResponse } from '../lifecycle/opening';
import type { PingCallback } from '../sending/pending-pings';
import { pingCallback, pingPayload, type PingData } from './ping-data';
import type { SendData } from './send-data';
import { listenersOf } from './event-target';
import { Outcome } from './outcome';
import type { SendStreamOptions } from './send-options';
import { connectionOf, hasConnection, StandardWebSocket } from './standard-websocket';
import type { SendSource } from '../sending/chunk-source';
import { sendStream } from './send-stream';
import { MessageIterator } from '../streams/message-iterator';
import { MessageReader } from '../streams/message-reader';
import type { PipeDestination } from '../streams/pipe-target';
import { pipe, type PipeOptions } from '../streams/piping';
import type { ReadableMessage } from '../streams/readable-message';
import { SocketDuplex, type SocketStreamOptions } from '../streams/socket-duplex';
import { webStreams, type WebStreams } from '../streams/web-streams';
import { whenClosed } from '../streams/when-closed';
import { now } from '../support/scheduling';

export class WebSocket<
  Binary extends BinaryType = 'nodebuffer',
  Text extends TextType = 'string',
> extends StandardWebSocket<Binary, Text> {
  /** Every WebSocket is an instance: classes that are seen as the interface do not inherit from this one. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    if (this === WebSocket) return hasConnection(value);
    return Function.prototype[Symbol.hasInstance].call(this, value);
  }

  /** Fulfilled with the WebSocket when it is open; rejected with the error if it cannot be opened. */
  get opened(): Promise<this> {
    return outcomeOf(this).whenOpened(connectionOf(this).wasOpened ? this : null);
  }

  /** Fulfilled, and never rejected, with all that there is to know about the end, behind the event `close`. */
  get closed(): Promise<Ending> {
    return outcomeOf(this).whenClosed();
  }

  /** The status of the server's answer; null on a server, and before the answer has come. */
  get statusCode(): number | null {
    return connectionOf(this).agreed.response?.statusCode ?? null;
  }

  /** The headers of the server's answer; null on a server, and before the answer has come. */
  get headers(): HandshakeResponse['headers'] | null {
    return connectionOf(this).agreed.response?.headers ?? null;
  }

  /** How many messages a slow reader was not sent; see the option `slowReader`. */
  get droppedMessages(): number {
    return connectionOf(this).sender.droppedMessages;
  }

  /** How many messages were dropped since nobody listened to them; see the option `unheardTimeout`. */
  get unheardMessages(): number {
    return connectionOf(this).receiver.unheardMessages;
  }

  /** Whether `pause()` holds messages back. */
  get isPaused(): boolean {
    return connectionOf(this).receiver.isPaused;
  }

  /**
   * Whether messages may still come: it has not closed. Streams of Node's look for this, and for `writable`,
   * in what they read and write.
   */
  get readable(): boolean {
    return this.readyState !== this.CLOSED;
  }

  /** The same as `readable`: what is sent before it is open waits. */
  get writable(): boolean {
    return this.readable;
  }

  /**
   * Sends a ping; before the connection is open, as soon as it is, behind all that was sent before.
   *
   * @param data at most 125 bytes; a number is sent as its string, `null` as nothing
   * @param callback called with null when the answer has come, with an error when it cannot any more
   * @returns whether it was sent, or waits: false if the connection is closing or closed, or the peer's
   * protocol version has no pings; before it is open, if `maxBufferedAmount` waits. Then nothing is called back
   * @throws {TypeError} the data is neither a string, a number nor bytes, or the callback no function
   * @throws {RangeError} the data is longer than 125 bytes
   */
  ping(data?: PingData, callback?: PingCallback): boolean;
  ping(callback: PingCallback): boolean;
  ping(data: PingData | PingCallback | null = null, callback?: PingCallback | null): boolean {
    if (typeof data === 'function') return this.ping('', data);
    return connectionOf(this).ping(pingPayload(data), pingCallback(callback));
  }

  /**
   * Pings the peer, as `ping()` does, and measures how long its answer takes once the ping is sent.
   *
   * @returns milliseconds; rejected with a `ConnectionError` when no ping can be sent, or the
   * connection ends before the answer
   */
  roundTrip(): Promise<number> {
    return new Promise((resolve, reject) => {
      let start = now();
      const answered: PingCallback = (error) => {
        if (error === null) resolve(now() - start);
        else reject(error);
      };
      const sent = connectionOf(this).ping(pingPayload(start), answered, () => (start = now()));
      if (!sent) reject(new ConnectionError('WS_ERR_NOT_SENT'));
    });
  }

  /** Delivers no messages until `resume()`, and stops reading, so that the peer has to wait. */
  pause(): void {
    connectionOf(this).pause();
  }

  /** Goes on delivering messages, after the current tick. */
  resume(): void {
    connectionOf(this).receiver.resume();
  }

  /** Ends the connection at once, without a closing handshake; `close` follows, with code 1006. */
  terminate(): void {
    connectionOf(this).terminate(new ConnectionError('WS_ERR_TERMINATED'));
  }

  /**
   * Sends one message in parts, each in a frame of its own as soon as the source has made it, and asks
   * for the next when less than `highWaterMark` waits for the network. What is sent meanwhile waits behind it; pings and
   * pongs go in between. A source that fails before its first chunk costs nothing but the message; later
   * it ends the connection with 1011, since the message cannot be completed. (The hixie drafts have no
   * fragments: text is gathered, up to `maxBufferedAmount`.)
   *
   * @param source of strings, bytes, or both: a stream of Node's or the web's, an iterable (asynchronous or not), a
   * Blob. It is read to its end, or told that no more is wanted. A chunk is its own again when it is
   * asked for the next one
   * @returns done when all of it was handed to the network. Rejected with a `ConnectionError`: `WS_ERR_SOURCE_FAILED`, with
   * the `cause`; `WS_ERR_NOT_SENT` when the connection ends before; `WS_ERR_SLOW_READER` when too much
   * waits already. Rejected with a `TypeError`: the source or an option is of no use
   */
  sendStream(source: SendSource, options: SendStreamOptions | null = null): Promise<void> {
    return sendStream(connectionOf(this).sender, source, options);
  }

  /** The same as `send`, as streams call it. */
  write(data: SendData): boolean {
    return this.send(data);
  }

  /**
   * Sends `data`, if given, and starts the closing handshake behind all that was sent, as streams do at
   * their end; before the connection is open, as soon as it is. If anybody listens, messages still come
   * until the peer's closing frame.
   */
  end(data?: SendData): void {
    const connection = connectionOf(this);
    if (data !== undefined) this.send(data);
    connection.end(closeArguments(connection.role));
  }

  /**
   * Writes every message to a destination, as fast as it takes them, and ends it when the connection
   * has closed, however that was.
   *
   * @returns the destination
   * @throws {TypeError} `binaryType` is `'blob'`
   */
  pipe<Destination extends PipeDestination>(
    destination: Destination,
    options: PipeOptions | null = null,
  ): Destination {
    pipe(this, destination, options);
    return destination;
  }

  /**
   * The connection as a Node stream. Its `end()` closes the connection with 1000, its `destroy()`
   * terminates it; a clean end of the connection is its end, any other destroys it with the `cause`.
   *
   * @throws {TypeError} an option is not known, or `binaryType` is `'blob'`
   * @throws {DOMException} InvalidStateError: a stream, a web stream or an iterator reads already
   */
  stream(options: SocketStreamOptions | null = null): Duplex {
    return new SocketDuplex(this, options, () => finish(this));
  }

  /**
   * The connection as web streams of messages. It is a method, where the WebSocketStream proposal
   * has attributes `readable` and `writable`: Node takes these for the booleans of its own streams.
   *
   * @throws {TypeError} `binaryType` is `'blob'`
   * @throws {DOMException} InvalidStateError: a stream, a web stream or an iterator reads already
   */
  webStreams(): WebStreams {
    return webStreams(this, () => finish(this));
  }

  /**
   * The messages, as `event.data` has them. The WebSocket is paused while nobody asks for the next one.
   * The iteration ends with the connection, by an exception, its `cause`, unless both sides had closed
   * it. Leaving the loop closes the connection with 1000.
   *
   * @throws {DOMException} InvalidStateError: a stream, a web stream or an iterator reads already
   */
  [Symbol.asyncIterator](): AsyncIterableIterator<MessageData<Binary, Text>> {
    return new MessageIterator(this) as AsyncIterableIterator<MessageData<Binary, Text>>;
  }

  /**
   * The messages as they arrive: each is an iteration of its chunks, of which `highWaterMark` bytes wait
   * at most, or all of it by `text()` or `bytes()`. What is left of a message when the next one is asked
   * for is skipped. Listeners for `message` get nothing meanwhile; leaving the loop gives them what
   * follows. The WebSocket is paused while nobody asks, and the iteration ends as that of the WebSocket.
   *
   * @throws {TypeError} `binaryType` is `'blob'`
   * @throws {DOMException} InvalidStateError: a stream, a web stream or an iterator reads already
   */
  messages(): AsyncIterableIterator<ReadableMessage, undefined> {
    const { receiver, settings } = connectionOf(this);
    return new MessageReader(this, receiver, settings);
  }

  /** Closes the connection with 1000, if it is not closed, and waits until it is. */
  [Symbol.asyncDispose](): Promise<void> {
    return new Promise((resolve) => {
      this.close(1000);
      whenClosed(this, resolve);
    });
  }
}

/** What the promises of a WebSocket wait for; made if there is none. */
function outcomeOf<Self extends WebSocket<BinaryType, TextType>>(ws: Self): Outcome<Self> {
  const listeners = listenersOf<StandardWebSocket<BinaryType, TextType>>(ws);
  return (listeners.outcome ??= new Outcome()) as Outcome<Self>;
}

/**
 * Closes as a stream ends: what the peer sends before its closing frame is still read. (A private method
 * would take every WebSocket 8 bytes of memory.)
 */
function finish(ws: WebSocket<BinaryType, TextType>): void {
  const connection = connectionOf(ws);
  connection.end(closeArguments(connection.role, 1000));
}
