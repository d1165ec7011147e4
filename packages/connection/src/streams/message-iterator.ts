/**
 * `for await (const message of ws)`: the WebSocket is paused while nobody asks for a message, and the
 * loop's end is the connection's.
 */
import type { AnyMessageData } from '../receiving/message-data';
import type { StreamSocket } from './stream-socket';
import { MessageFeed, type MessageSink } from './message-feed';

type Result = IteratorResult<AnyMessageData, undefined>;

/** Answers a call of `next()` that waits. */
type Answer = (result: Result | Promise<Result>) => void;

const DONE: Result = { done: true, value: undefined };

export class MessageIterator implements AsyncIterableIterator<AnyMessageData>, MessageSink {
  readonly #ws: StreamSocket;
  readonly #feed: MessageFeed;
  readonly #asked: Answer[] = [];
  /** What came though nobody asked: the application has resumed the WebSocket by itself. */
  readonly #unasked: AnyMessageData[] = [];
  #over = false;
  #failure: Error | null = null;

  /** @throws {DOMException} InvalidStateError: something else reads the messages */
  constructor(ws: StreamSocket) {
    this.#ws = ws;
    this.#feed = new MessageFeed(ws, this, 'an iterator');
  }

  /**
   * The next message. Done after a clean end of the connection; rejected, once, with the cause of any
   * other.
   */
  next(): Promise<Result> {
    const value = this.#unasked.shift();
    if (value !== undefined) return Promise.resolve({ done: false, value });
    if (this.#over) return this.conclusion();
    return new Promise((answer) => {
      this.#asked.push(answer);
      this.#feed.more();
    });
  }

  /** Leaving the loop closes the connection, as it destroys a stream. */
  return(): Promise<Result> {
    this.#feed.discard();
    this.#ws.close(1000);
    this.#unasked.length = 0;
    this.onEnd(null);
    return Promise.resolve(DONE);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  onMessage(value: AnyMessageData): boolean {
    const answer = this.#asked.shift();
    if (answer === undefined) this.#unasked.push(value);
    else answer({ done: false, value });
    return this.#asked.length > 0;
  }

  onEnd(cause: Error | null): void {
    this.#over = true;
    this.#failure = cause;
    for (const answer of this.#asked.splice(0)) answer(this.conclusion());
  }

  private conclusion(): Promise<Result> {
    const failure = this.#failure;
    this.#failure = null;
    return failure === null ? Promise.resolve(DONE) : Promise.reject(failure);
  }
}
