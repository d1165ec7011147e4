/**
 * What every stream face of a WebSocket is built on: its messages, one by one, and only as long as
 * they are wanted; then its end, once.
 *
 * A feed begins held: it asks for messages by `more()`. A WebSocket with several feeds is paused while
 * any of them is held. Pausing takes effect between two messages, so nothing comes that was not asked for.
 */
import type { MessageData } from '../receiving/message-data';
import { DOMException } from '../support/dom-exception';
import type { CloseListener, MessageListener, StreamSocket } from './stream-socket';

/** Who is fed. */
export interface MessageSink {
  /** Takes a message; after false none follows until `more()`. */
  onMessage(data: MessageData): boolean;
  /**
   * There will be no further message; called once.
   *
   * @param cause what went wrong; null when both sides had closed, or the WebSocket was closed before
   * the feed was there
   */
  onEnd(cause: Error | null): void;
}

/** How many feeds of a WebSocket are held. */
interface Gate {
  held: number;
}

const gates = new WeakMap<StreamSocket, Gate>();
/** The feeds that do not share. */
const exclusive = new WeakMap<StreamSocket, MessageFeed>();

export class MessageFeed {
  /** What reads, in words, if it has to be the only one that does. */
  readonly reader: string | null;
  private readonly ws: StreamSocket;
  private readonly sink: MessageSink;
  private readonly gate: Gate;
  private held = false;
  private discarding = false;
  private over = false;

  /**
   * Begins to feed `sink`, as soon as it asks for `more()`.
   *
   * @param reader what reads, in words, if it has to be the only one that does
   * @throws {DOMException} InvalidStateError: another one that has to be is reading
   */
  constructor(ws: StreamSocket, sink: MessageSink, reader: string | null) {
    this.reader = reader;
    if (reader !== null) lock(ws, this);
    this.ws = ws;
    this.sink = sink;
    this.gate = gateOf(ws);
    this.hold();
    ws.on('message', this.deliver);
    ws.on('close', this.close);
    if (ws.readyState === ws.CLOSED) void ws.closed.then(() => this.end(null));
  }

  /** Lets messages come until the sink has taken enough. */
  more(): void {
    if (!this.held) return;
    this.held = false;
    this.gate.held--;
    if (this.gate.held === 0) this.ws.resume();
  }

  /** Has the rest of the messages thrown away; the sink is not told of anything any more. */
  discard(): void {
    this.discarding = true;
    unlock(this.ws, this);
    this.more();
  }

  /** Leaves the messages to others, and to wait if there are none. */
  detach(): void {
    this.over = true;
    this.ws.off('message', this.deliver);
    this.ws.off('close', this.close);
    unlock(this.ws, this);
    this.more();
  }

  private hold(): void {
    if (this.held) return;
    this.held = true;
    this.gate.held++;
    this.ws.pause();
  }

  private end(cause: Error | null): void {
    if (this.over) return;
    this.detach();
    if (!this.discarding) this.sink.onEnd(cause);
  }

  private readonly deliver: MessageListener = ({ data }) => {
    if (!this.discarding && !this.sink.onMessage(data)) this.hold();
  };

  private readonly close: CloseListener = ({ cause }) => {
    this.end(cause);
  };
}

function gateOf(ws: StreamSocket): Gate {
  let gate = gates.get(ws);
  if (gate === undefined) gates.set(ws, (gate = { held: 0 }));
  return gate;
}

function lock(ws: StreamSocket, feed: MessageFeed): void {
  const other = exclusive.get(ws)?.reader;
  if (other !== undefined) {
    throw new DOMException(`the messages are already being read by ${other}`, 'InvalidStateError');
  }
  exclusive.set(ws, feed);
}

function unlock(ws: StreamSocket, feed: MessageFeed): void {
  if (exclusive.get(ws) === feed) exclusive.delete(ws);
}
