/**
 * What the stream faces that read whole messages are built on: messages, one by one, and only as long as
 * they are wanted; then the end, once. A feed begins held: it asks for messages by `more()`.
 */
import type { AnyMessageData } from '../receiving/message-data';
import { ReadHold } from './read-hold';
import type { CloseListener, MessageListener, StreamSocket } from './stream-socket';

/** Who is fed. */
export interface MessageSink {
  /** Takes a message; after false none follows until `more()`. */
  onMessage(data: AnyMessageData): boolean;
  /**
   * There will be no further message; called once.
   *
   * @param cause what went wrong; null when both sides had closed, or the WebSocket was closed before
   * the feed was there
   */
  onEnd(cause: Error | null): void;
}

export class MessageFeed {
  private readonly ws: StreamSocket;
  private readonly sink: MessageSink;
  private readonly hold: ReadHold;
  private discarding = false;
  private over = false;

  /**
   * Begins to feed `sink`, as soon as it asks for `more()`.
   *
   * @param reader what reads, in words, if it has to be the only one that does
   * @throws {DOMException} InvalidStateError: another one that has to be is reading
   */
  constructor(ws: StreamSocket, sink: MessageSink, reader: string | null) {
    this.hold = new ReadHold(ws, reader);
    this.ws = ws;
    this.sink = sink;
    ws.on('message', this.deliver);
    ws.on('close', this.close);
    if (ws.readyState === ws.CLOSED) void ws.closed.then(() => this.end(null));
  }

  /** Lets messages come until the sink has taken enough. */
  more(): void {
    this.hold.release();
  }

  /** Has the rest of the messages thrown away; the sink is not told of anything any more. */
  discard(): void {
    this.discarding = true;
    this.hold.unlock();
    this.more();
  }

  /** Leaves the messages to others, and to wait if there are none. */
  detach(): void {
    this.over = true;
    this.ws.off('message', this.deliver);
    this.ws.off('close', this.close);
    this.hold.unlock();
    this.more();
  }

  private end(cause: Error | null): void {
    if (this.over) return;
    this.detach();
    if (!this.discarding) this.sink.onEnd(cause);
  }

  private readonly deliver: MessageListener = ({ data }) => {
    if (!this.discarding && !this.sink.onMessage(data)) this.hold.hold();
  };

  private readonly close: CloseListener = ({ cause }) => {
    this.end(cause);
  };
}
