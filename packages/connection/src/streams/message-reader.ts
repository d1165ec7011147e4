/**
 * `ws.messages()`: messages as they arrive. The WebSocket is paused while no message is asked for, and
 * while enough of one waits; between messages it is paused before the next has begun, so that whoever
 * reads after this loses none.
 */
import type { MessageChunk } from './message-chunk';
import { requireBytes } from './message-chunk';
import type { PartTaker } from '../receiving/part-receiver';
import { ArrivingMessage, type MessageOwner, type ReadableMessage } from './readable-message';
import { ReadHold } from './read-hold';
import type { CloseListener, StreamSocket } from './stream-socket';

type Result = IteratorResult<ReadableMessage, undefined>;

/** Answers a call of `next()` that waits. */
type Answer = (result: Result | Promise<Result>) => void;

/** Where the messages come from. */
export interface PartSource {
  /** @returns gives messages back to the listeners */
  divert(taker: PartTaker): () => void;
}

const DONE: Result = { done: true, value: undefined };

export class MessageReader
  implements AsyncIterableIterator<ReadableMessage, undefined>, PartTaker, MessageOwner
{
  readonly maxLength: number;
  readonly highWaterMark: number;
  readonly #ws: StreamSocket;
  readonly #hold: ReadHold;
  readonly #giveBack: () => void;
  readonly #asked: Answer[] = [];
  /** What came though nobody asked: the application has resumed the WebSocket by itself. */
  readonly #unasked: ArrivingMessage[] = [];
  /** The message that is being received. */
  #arriving: ArrivingMessage | null = null;
  /** The message that was asked for last. */
  #handed: ArrivingMessage | null = null;
  #over = false;
  #failure: Error | null = null;

  /** @throws see `WebSocket.messages` */
  constructor(
    ws: StreamSocket,
    source: PartSource,
    { maxLength, highWaterMark }: Omit<MessageOwner, 'more'>,
  ) {
    requireBytes(ws);
    this.maxLength = maxLength;
    this.highWaterMark = highWaterMark;
    this.#ws = ws;
    this.#hold = new ReadHold(ws, 'messages()');
    this.#giveBack = source.divert(this);
    ws.on('close', this.#close);
    if (ws.readyState === ws.CLOSED) void ws.closed.then(() => this.#end(null));
  }

  /**
   * The next message, as soon as it begins; what has not been read of the last one is skipped. Done after
   * a clean end of the connection; rejected, once, with the cause of any other.
   */
  next(): Promise<Result> {
    this.#skipHanded();
    const message = this.#unasked.shift();
    if (message !== undefined) return Promise.resolve(this.#hand(message));
    if (this.#over) return this.#conclusion();
    return new Promise((answer) => {
      this.#asked.push(answer);
      this.more();
    });
  }

  /** Leaving the loop gives what follows to the listeners. */
  return(): Promise<Result> {
    this.#skipHanded();
    this.#arriving?.skip();
    this.#unasked.length = 0;
    this.#end(null);
    return Promise.resolve(DONE);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  onPart(part: MessageChunk, isLast: boolean): void {
    const message = this.#arriving ?? this.#begin(part);
    this.#arriving = isLast ? null : message;
    const isEnough = !message.add(part, isLast);
    if (isLast ? this.#asked.length === 0 : isEnough) this.#hold.hold();
  }

  more(): void {
    this.#hold.release();
  }

  #begin(first: MessageChunk): ArrivingMessage {
    const message = new ArrivingMessage(this, first);
    const answer = this.#asked.shift();
    if (answer === undefined) this.#unasked.push(message);
    else answer(this.#hand(message));
    // Whoever has asked for more than one has asked for the next one, too.
    if (this.#asked.length > 0) this.#skipHanded();
    return message;
  }

  #hand(message: ArrivingMessage): Result {
    this.#handed = message;
    return { done: false, value: message as ReadableMessage };
  }

  #skipHanded(): void {
    this.#handed?.skip();
    this.#handed = null;
  }

  #end(cause: Error | null): void {
    if (this.#over) return;
    this.#over = true;
    this.#failure = cause;
    this.#ws.off('close', this.#close);
    this.#giveBack();
    this.#hold.unlock();
    this.more();
    this.#arriving?.lose(cause);
    for (const answer of this.#asked.splice(0)) answer(this.#conclusion());
  }

  readonly #close: CloseListener = ({ cause }) => this.#end(cause);

  #conclusion(): Promise<Result> {
    const failure = this.#failure;
    this.#failure = null;
    return failure === null ? Promise.resolve(DONE) : Promise.reject(failure);
  }
}
