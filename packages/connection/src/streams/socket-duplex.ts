/**
 * `ws.stream()`: a WebSocket as a Duplex of Node's. Messages are pushed as they come, until the stream
 * has enough; a chunk counts as written when it was handed to the network. The connection's clean end
 * is the stream's end, any other destroys it.
 */
import { Duplex } from 'node:stream';
import type { DuplexOptions } from 'node:stream';
import type { AnyMessageData } from '../receiving/message-data';
import { givenOptions, knownOptions } from '@ws/common';
import type { StreamSocket } from './stream-socket';
import { chunkOf, plainChunkOf, requireBytes } from './message-chunk';
import { MessageFeed, type MessageSink } from './message-feed';
import { whenClosed } from './when-closed';

/** What Node's Duplex takes, too. */
export interface SocketStreamOptions {
  /**
   * Whether chunks are messages, text as strings and binary as Buffers. Default false: chunks are
   * bytes, what is read is the bytes of all messages, what is written becomes binary messages.
   */
  objectMode?: boolean | null | undefined;
  /** Whether the connection stays open, for reading, after `end()`. Default false: `end()` closes it. */
  allowHalfOpen?: boolean | null | undefined;
  /** Bytes, in object mode messages, that either side buffers. Default: Node's. */
  highWaterMark?: number | null | undefined;
  /** Has what is read decoded to strings, when not in object mode. Default: Buffers. */
  encoding?: BufferEncoding | null | undefined;
}

type Done = (error?: Error | null) => void;
interface Written {
  readonly chunk: string | Buffer;
}

const NONE: ReadonlySet<string> = new Set();
const OPTIONS: ReadonlySet<string> = new Set([
  'objectMode',
  'allowHalfOpen',
  'highWaterMark',
  'encoding',
]);

export class SocketDuplex extends Duplex implements MessageSink {
  readonly #ws: StreamSocket;
  readonly #feed: MessageFeed;
  readonly #halfOpen: boolean;
  readonly #finish: () => void;
  #finishing = false;

  /**
   * @param finish closes the WebSocket, which is still read until the peer has closed, too
   * @throws see `WebSocket.stream`
   */
  constructor(ws: StreamSocket, given: SocketStreamOptions | null, finish: () => void) {
    const options = knownOptions(given, OPTIONS);
    requireBytes(ws);
    const allowHalfOpen = options.allowHalfOpen ?? false;
    super({ ...givenOptions<DuplexOptions>(options, 'stream', NONE), allowHalfOpen });
    this.#ws = ws;
    this.#halfOpen = allowHalfOpen;
    this.#finish = finish;
    this.#feed = new MessageFeed(ws, this, 'stream()');
    this.#feed.more();
  }

  onMessage(data: AnyMessageData): boolean {
    const wantsMore = this.push(this.readableObjectMode ? chunkOf(data) : plainChunkOf(data));
    if (!wantsMore) this.dropUnread();
    return wantsMore;
  }

  onEnd(cause: Error | null): void {
    if (cause === null) this.push(null);
    else this.destroy(cause);
  }

  override _read(): void {
    this.#feed.more();
  }

  override _write(chunk: string | Buffer, _encoding: BufferEncoding, done: Done): void {
    this.sendAll([{ chunk }], done);
  }

  override _writev(chunks: Written[], done: Done): void {
    this.sendAll(chunks, done);
  }

  /** All that was written has been handed to the network; the peer confirms it by its closing frame. */
  override _final(done: Done): void {
    if (this.#halfOpen) {
      done();
      return;
    }
    this.#finishing = true;
    this.#finish();
    this.dropUnread();
    whenClosed(this.#ws, () => done());
  }

  override _destroy(error: Error | null, done: Done): void {
    this.#feed.discard();
    this.#ws.terminate();
    whenClosed(this.#ws, () => done(error));
  }

  /** Nobody reads this stream, and it is full: the closing handshake does not wait for that. */
  private dropUnread(): void {
    const isFull = this.readableLength >= this.readableHighWaterMark;
    if (this.#finishing && isFull && this.readableFlowing === null) this.#ws.close(1000);
  }

  private sendAll(chunks: readonly Written[], done: Done): void {
    let unanswered = chunks.length;
    let failure: Error | null = null;
    const sent = (error: Error | null): void => {
      failure ??= error;
      if (--unanswered === 0) this.allSent(failure, done);
    };
    for (const { chunk } of chunks) this.send(chunk, sent);
  }

  private send(chunk: string | Buffer, sent: (error: Error | null) => void): void {
    try {
      this.#ws.send(this.writableObjectMode ? chunk : plainChunkOf(chunk), sent);
    } catch (error) {
      sent(error as Error);
    }
  }

  /** A failure destroys the stream; a closing handshake that is under way is let come to its end first. */
  private allSent(failure: Error | null, done: Done): void {
    const isClosing = this.#ws.readyState >= this.#ws.CLOSING;
    if (failure !== null && isClosing) whenClosed(this.#ws, () => done(failure));
    else done(failure);
  }
}
