/**
 * `ws.webStreams()`: a WebSocket as a pair of web streams, as the WebSocketStream proposal has them.
 *
 * At most one message waits in the readable; one behind it is not read from the network, and neither
 * is the connection's end: an error there does not take away what has been received.
 */
import type {
  ReadableStream,
  ReadableStreamDefaultController,
  WritableStream,
  WritableStreamDefaultController,
} from 'node:stream/web';
import { ConnectionError } from '../lifecycle/connection-error';
import type { AnyMessageData } from '../receiving/message-data';
import { TextBuffer } from '../receiving/text-buffer';
import type { SendData } from '../api/send-data';
import type { StreamSocket } from './stream-socket';
import { chunkOf, requireBytes } from './message-chunk';
import { MessageFeed, type MessageSink } from './message-feed';
import { WebSocketError } from './websocket-error';

/** Messages as web streams. */
export interface WebStreams {
  /**
   * The messages received: text as `textType` says, binary as Uint8Arrays. Cancelling it closes the connection, as
   * the `WebSocketError` says, if one is passed.
   */
  readonly readable: ReadableStream<string | Uint8Array>;
  /**
   * Sends what is written, as `send()` does; each write is done when it was handed to the network.
   * Closing it closes the connection, and is done when that is closed.
   */
  readonly writable: WritableStream<SendData>;
}

/**
 * Makes the streams; see `WebSocket.webStreams`.
 *
 * @param finish closes the WebSocket, which is still read until the peer has closed, too
 */
export function webStreams(ws: StreamSocket, finish: () => void): WebStreams {
  requireBytes(ws);
  const { ReadableStream, WritableStream } = process.getBuiltinModule('node:stream/web');
  const readable = new ReadableStream(new MessageSource(ws));
  // A closing handshake does not wait for messages that nobody reads.
  const close = (): void => (readable.locked ? finish() : ws.close(1000));
  return { readable, writable: new WritableStream(messageTarget(ws, close)) };
}

class MessageSource implements MessageSink {
  private readonly ws: StreamSocket;
  private readonly feed: MessageFeed;
  private controller: ReadableStreamDefaultController<string | Uint8Array> | null = null;

  constructor(ws: StreamSocket) {
    this.ws = ws;
    this.feed = new MessageFeed(ws, this, 'webStreams()');
  }

  start(controller: ReadableStreamDefaultController<string | Uint8Array>): void {
    this.controller = controller;
  }

  pull(): void {
    this.feed.more();
  }

  cancel(reason: unknown): void {
    this.feed.discard();
    closeFor(this.ws, reason, 1000);
  }

  onMessage(data: AnyMessageData): boolean {
    this.controller?.enqueue(webChunkOf(data));
    return (this.controller?.desiredSize ?? 0) > 0;
  }

  onEnd(cause: Error | null): void {
    if (cause === null) this.controller?.close();
    else this.controller?.error(cause);
  }
}

/** Closes as a `WebSocketError` says, or with `code`. */
function closeFor(ws: StreamSocket, reason: unknown, code?: number): void {
  if (reason instanceof WebSocketError) ws.close(reason.closeCode ?? undefined, reason.reason);
  else ws.close(code);
}

/** Bytes as a Uint8Array and nothing more: a Buffer's methods are not all those of the web's. Text stays text. */
function webChunkOf(data: AnyMessageData): string | Uint8Array {
  const chunk = chunkOf(data);
  if (typeof chunk === 'string' || chunk instanceof TextBuffer) return chunk;
  return new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
}

interface MessageTarget {
  start(controller: WritableStreamDefaultController): void;
  write(data: SendData): Promise<void>;
  close(): Promise<void>;
  abort(reason: unknown): void;
}

/** An end of the connection that `close()` did not ask for is an error to whoever writes. */
function messageTarget(ws: StreamSocket, close: () => void): MessageTarget {
  const ended = new Promise<Error | null>((resolve) => {
    ws.once('close', ({ cause }) => resolve(cause));
    if (ws.readyState === ws.CLOSED) void ws.closed.then(() => resolve(null));
  });
  let closing = false;
  return {
    start(controller) {
      void ended.then((cause) => {
        if (!closing) controller.error(cause ?? new ConnectionError('WS_ERR_NOT_SENT'));
      });
    },
    write: (data) =>
      new Promise((resolve, reject) => {
        ws.send(data, (error) => (error === null ? resolve() : reject(error)));
      }),
    async close() {
      closing = true;
      close();
      const cause = await ended;
      if (cause !== null) throw cause;
    },
    // Without a code: that all is well, as 1000 says, is not known of what was broken off.
    abort: (reason) => closeFor(ws, reason),
  };
}
