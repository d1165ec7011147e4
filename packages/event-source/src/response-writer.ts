/**
 * The way of text into a response, by nothing but what every Node response has: `write`, `end`,
 * `destroy`, and the events `drain` and `close`. So it may be one of HTTP/1 or HTTP/2, or one that
 * middleware compresses.
 *
 * What is written in one tick leaves in one piece. Once the response has refused more, what follows waits
 * here, where it is counted, until the response has drained.
 */
import type { ServerResponse } from 'node:http';
import { Fifo } from '@ws/common';
import { Deadline, soon } from '@ws/connection';

/** Who is told. */
export interface ResponseOwner {
  /** Nothing waits any more. */
  drained(): void;
  /** The response is over: everything was sent, or the client has left. */
  closed(): void;
}

/** Bytes that are written at once, unless one text alone has more. */
const PIECE = 65_536;

export class ResponseWriter {
  readonly #response: ServerResponse;
  readonly #owner: ResponseOwner;
  readonly #waiting = new Fifo<string>();
  /** Bytes of `#waiting`. */
  #waitingBytes = 0;
  /** Bytes of what the response took last, if it wants no more before it has drained. */
  #refusingBytes = 0;
  #isScheduled = false;
  #isEnding = false;
  #deadline: Deadline | null = null;

  constructor(response: ServerResponse, owner: ResponseOwner) {
    this.#response = response;
    this.#owner = owner;
    response.on('drain', this.#onDrain).on('error', ignore).on('close', this.#onClose);
  }

  /** Bytes that wait here, and those that the response has taken last, if it wants no more now. */
  get bufferedAmount(): number {
    return this.#waitingBytes + this.#refusingBytes;
  }

  /** @param bytes the length of `text` in UTF-8 */
  write(text: string, bytes: number): void {
    this.#waiting.push(text);
    this.#waitingBytes += bytes;
    if (this.#waitingBytes >= PIECE) this.#flush();
    else this.#schedule();
  }

  /** Ends the response behind what waits; destroys it if that takes longer than `timeout` milliseconds. */
  end(timeout: number): void {
    this.#isEnding = true;
    this.#deadline = new Deadline(() => this.destroy());
    if (timeout < Infinity) this.#deadline.start(timeout);
    this.#flush();
  }

  /** Drops what waits, and the connection or the HTTP/2 stream. */
  destroy(): void {
    this.#forget();
    this.#response.destroy();
  }

  readonly #onDrain = (): void => {
    this.#refusingBytes = 0;
    this.#advance();
  };

  readonly #onClose = (): void => {
    this.#forget();
    this.#deadline?.stop();
    this.#response.off('drain', this.#onDrain).off('error', ignore).off('close', this.#onClose);
    this.#owner.closed();
  };

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    soon(() => {
      this.#isScheduled = false;
      this.#advance();
    });
  }

  #advance(): void {
    this.#flush();
    if (this.bufferedAmount === 0) this.#owner.drained();
  }

  #flush(): void {
    while (this.#waiting.length > 0 && this.#refusingBytes === 0) this.#writePiece();
    if (!this.#isEnding || this.#waiting.length > 0) return;
    this.#isEnding = false;
    this.#response.end();
  }

  #writePiece(): void {
    let piece = this.#waiting.shift()!;
    while (piece.length < PIECE && this.#waiting.length > 0) piece += this.#waiting.shift()!;
    const bytes = Buffer.byteLength(piece);
    this.#waitingBytes -= bytes;
    if (!this.#response.write(piece)) this.#refusingBytes = bytes;
    flushCompressed(this.#response);
  }

  #forget(): void {
    this.#waiting.clear();
    this.#waitingBytes = this.#refusingBytes = 0;
    this.#isEnding = false;
  }
}

/** Middleware that compresses a response gives it a method that sends what was written so far. */
function flushCompressed(response: ServerResponse & { flush?: () => void }): void {
  if (typeof response.flush === 'function') response.flush();
}

/** `close` follows. */
function ignore(): void {
  // nothing that the network does is an uncaught exception
}
