/**
 * One message of `ws.messages()`: its parts as they arrive, for one reader. What arrives before it is
 * asked for waits here; who skips the message has the rest of it dropped.
 */
import { describe, Fifo } from '@ws/common';
import { ConnectionError } from '../lifecycle/connection-error';
import { DOMException } from '../support/dom-exception';
import type { MessageChunk } from './message-chunk';
import { Pieces } from './pieces';

/** What a part weighs beside its data, in bytes. */
const OVERHEAD = 64;

interface ReadableMessageOf<Type extends string, Chunk> extends AsyncIterable<Chunk> {
  /** What it was sent as. */
  readonly type: Type;
  /**
   * All of it as text; bytes are decoded as UTF-8, with U+FFFD for what is none.
   *
   * @param limit the most bytes that it may be. Default: the option `maxLength`
   * @returns rejected with a `RangeError` if it is longer, and the rest is skipped; otherwise as the iteration
   */
  text(limit?: number): Promise<string>;
  /**
   * All of it as bytes; text is encoded as UTF-8.
   *
   * @param limit see `text`
   * @returns see `text`
   */
  bytes(limit?: number): Promise<Buffer>;
}

/**
 * A text; its chunks are cut between code points.
 *
 * @interface
 */
export type ReadableText = ReadableMessageOf<'text', string>;
/**
 * A binary message. Its chunks are the reader's to keep.
 *
 * @interface
 */
export type ReadableBinary = ReadableMessageOf<'binary', Buffer>;
/**
 * A message as it arrives: an iteration of its chunks, of any size but 0, or all of it by `text()` or
 * `bytes()`; one of these, once. Leaving the loop skips the rest of the message.
 *
 * The iteration throws a `ConnectionError` (`WS_ERR_MESSAGE_INCOMPLETE`; its `cause` is that of the
 * connection's end, if there is one) when the connection has ended within the message, and a
 * `DOMException` (InvalidStateError) when the message has been read or skipped already.
 */
export type ReadableMessage = ReadableText | ReadableBinary;

/** Who has messages made of parts. */
export interface MessageOwner {
  readonly maxLength: number;
  /** Bytes that may wait before no more are wanted. */
  readonly highWaterMark: number;
  /** More of the message is wanted. */
  more(): void;
}

/** Answers who waits for a part: with one, with null at the end, or with why there is none. */
interface Asked {
  readonly resolve: (part: MessageChunk | null) => void;
  readonly reject: (error: Error) => void;
}

export class ArrivingMessage implements ReadableMessageOf<'text' | 'binary', MessageChunk> {
  readonly type: 'text' | 'binary';
  readonly #owner: MessageOwner;
  readonly #parts: Fifo<MessageChunk> = new Fifo();
  #weight = 0;
  #asked: Asked | null = null;
  #hasReader = false;
  #hasEnded = false;
  /** Why no more comes, if that is not its end. */
  #failure: Error | null = null;

  constructor(owner: MessageOwner, first: MessageChunk) {
    this.#owner = owner;
    this.type = typeof first === 'string' ? 'text' : 'binary';
  }

  [Symbol.asyncIterator](): AsyncIterableIterator<MessageChunk, undefined> {
    if (this.#hasReader) throw invalidState('the message is being read, or has been, already');
    this.#hasReader = true;
    return this.#read();
  }

  async text(limit?: number): Promise<string> {
    if (this.type === 'binary') return (await this.bytes(limit)).toString();
    const pieces = new Pieces<string>((texts) => texts.join(''));
    await this.#gather(limit, (part) => pieces.add(part as string));
    return pieces.whole();
  }

  async bytes(limit?: number): Promise<Buffer> {
    const pieces = new Pieces<Buffer>((buffers) => Buffer.concat(buffers));
    await this.#gather(limit, (part) => pieces.add(bytesOf(part)));
    return pieces.whole();
  }

  /**
   * More of it has arrived.
   *
   * @returns whether what follows is wanted, too
   */
  add(part: MessageChunk, isLast: boolean): boolean {
    if (isLast) this.#hasEnded = true;
    if (this.#failure !== null) return true;
    if (part.length > 0) this.#put(part);
    if (isLast) this.#takeAsked()?.resolve(null);
    return this.#wantsMore;
  }

  /** Nobody is going to read what is left. */
  skip(): void {
    this.#parts.clear();
    this.#fail(invalidState('the rest of the message has been skipped'));
    if (!this.#hasEnded) this.#owner.more();
  }

  /** The connection has ended: what has arrived can still be read. */
  lose(cause: Error | null): void {
    this.#fail(new ConnectionError('WS_ERR_MESSAGE_INCOMPLETE', cause === null ? {} : { cause }));
  }

  get #wantsMore(): boolean {
    return this.#asked !== null || this.#weight < this.#owner.highWaterMark;
  }

  async *#read(): AsyncGenerator<MessageChunk, undefined> {
    try {
      for (let part; (part = await this.#next()) !== null;) yield part;
    } finally {
      this.skip();
    }
  }

  #next(): MessageChunk | null | Promise<MessageChunk | null> {
    const part = this.#parts.shift();
    if (part !== undefined) {
      this.#weight -= weightOf(part);
      if (!this.#hasEnded && this.#wantsMore) this.#owner.more();
      return part;
    }
    if (this.#failure !== null) throw this.#failure;
    if (this.#hasEnded) return null;
    return new Promise((resolve, reject) => {
      this.#asked = { resolve, reject };
      this.#owner.more();
    });
  }

  async #gather(limit: number | undefined, take: (part: MessageChunk) => void): Promise<void> {
    const most = limitOf(limit, this.#owner.maxLength);
    let length = 0;
    for await (const part of this) {
      length += Buffer.byteLength(part);
      if (length > most) throw new RangeError(`the message is longer than ${most} bytes`);
      take(part);
    }
  }

  #put(part: MessageChunk): void {
    if (this.#asked !== null) {
      this.#takeAsked()?.resolve(part);
      return;
    }
    this.#parts.push(part);
    this.#weight += weightOf(part);
  }

  #fail(failure: Error): void {
    this.#failure ??= failure;
    this.#takeAsked()?.reject(failure);
  }

  #takeAsked(): Asked | null {
    const asked = this.#asked;
    this.#asked = null;
    return asked;
  }
}

function weightOf(part: MessageChunk): number {
  return OVERHEAD + part.length;
}

function bytesOf(part: MessageChunk): Buffer {
  return typeof part === 'string' ? Buffer.from(part) : part;
}

/** @throws {TypeError} it is no number; {RangeError} it is no number of bytes */
function limitOf(limit: unknown, fallback: number): number {
  if (limit === undefined) return fallback;
  if (typeof limit !== 'number') throw new TypeError(`limit: ${describe(limit)} is not a number`);
  if (limit >= 0) return limit;
  throw new RangeError(`limit: ${limit} is not a number of bytes`);
}

function invalidState(message: string): DOMException {
  return new DOMException(message, 'InvalidStateError');
}
