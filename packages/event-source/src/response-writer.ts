/**
 * The way of text into a response, by nothing but what every Node response has: `write`, `end`,
 * `destroy`, and the events `drain` and `close`. So it may be one of HTTP/1 or HTTP/2, or one that
 * middleware compresses.
 *
 * What is written in one tick leaves in one piece. Once the response has refused more, what follows waits
 * here, where it is counted, until the response has drained.
 */
import { Fifo } from '@ws/common';
import { Deadline, soon } from '@ws/connection';
import type { EventRequest, EventResponse } from './arguments';

/** Who is told. */
export interface ResponseOwner {
  /** Nothing waits any more. */
  drained(): void;
  /** The response is over: everything was sent, or the client has left. */
  closed(): void;
}

/** What is done with a response for every piece. */
interface Written {
  write(text: string): boolean;
  /** Added by middleware that compresses: sends what was written so far. */
  flush?: () => void;
}

/** Bytes that are written at once, unless one text alone has more. */
const PIECE = 65_536;

export class ResponseWriter {
  readonly #request: EventRequest;
  readonly #response: EventResponse;
  readonly #owner: ResponseOwner;
  readonly #waiting = new Fifo<string>();
  /** Bytes of `#waiting`. */
  #waitingBytes = 0;
  /** Bytes of what the response took last, if it wants no more before it has drained. */
  #refusingBytes = 0;
  #isScheduled = false;
  #isEnding = false;
  #deadline: Deadline | null = null;

  constructor(request: EventRequest, response: EventResponse, owner: ResponseOwner) {
    this.#request = request;
    this.#response = response;
    this.#owner = owner;
    response.on('drain', this.#onDrain).on('error', ignore).on('close', this.#onClose);
    request.on('close', this.#onRequestClose);
  }

  /** Bytes that wait here, and those that the response has taken last, if it wants no more now. */
  get bufferedAmount(): number {
    return this.#waitingBytes + this.#refusingBytes;
  }

  /**
   * Without effect on the response to HEAD, which has no body (RFC 9110 §9.3.2).
   *
   * @param bytes the length of `text` in UTF-8
   */
  write(text: string, bytes: number): void {
    if (this.#request.method === 'HEAD') return;
    this.#waiting.push(text);
    this.#waitingBytes += bytes;
    if (this.#waitingBytes >= PIECE) this.flush();
    else this.#schedule();
  }

  /** Hands over what waits, as long as the response takes it. */
  flush(): void {
    while (this.#waiting.length > 0 && this.#refusingBytes === 0) this.#writePiece();
    if (!this.#isEnding || this.#waiting.length > 0) return;
    this.#isEnding = false;
    this.#response.end();
  }

  /** Ends the response behind what waits; destroys it if that takes longer than `timeout` milliseconds. */
  end(timeout: number): void {
    this.#isEnding = true;
    this.#deadline = new Deadline(() => this.destroy());
    if (timeout < Infinity) this.#deadline.start(timeout);
    this.flush();
  }

  /** Drops what waits, and the connection or the HTTP/2 stream. */
  destroy(): void {
    this.#forget();
    this.#response.destroy();
  }

  /** The response is over: forgets it, and what waits. */
  abandon(): void {
    this.#forget();
    this.#deadline?.stop();
    this.#response.off('drain', this.#onDrain).off('error', ignore).off('close', this.#onClose);
    this.#request.off('close', this.#onRequestClose);
    this.#owner.closed();
  }

  readonly #onDrain = (): void => {
    this.#refusingBytes = 0;
    this.#advance();
  };

  /** A response whose turn has not come, behind those to earlier requests, hears nothing of the client. */
  readonly #onRequestClose = (): void => {
    if (this.#request.socket.destroyed) this.abandon();
  };

  readonly #onClose = (): void => this.abandon();

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    soon(() => {
      this.#isScheduled = false;
      this.#advance();
    });
  }

  #advance(): void {
    this.flush();
    if (this.bufferedAmount === 0) this.#owner.drained();
  }

  #writePiece(): void {
    let piece = this.#waiting.shift()!;
    while (piece.length < PIECE && this.#waiting.length > 0) piece += this.#waiting.shift()!;
    const bytes = Buffer.byteLength(piece);
    this.#waitingBytes -= bytes;
    const response: Written = this.#response;
    if (!response.write(piece)) this.#refusingBytes = bytes;
    if (typeof response.flush === 'function') response.flush();
  }

  #forget(): void {
    this.#waiting.clear();
    this.#waitingBytes = this.#refusingBytes = 0;
    this.#isEnding = false;
  }
}

/** `close` follows. */
function ignore(): void {
  // nothing that the network does is an uncaught exception
}
