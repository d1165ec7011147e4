/**
 * Joins a connection to a Node stream: hands chunks over, writes the outbox, and makes the ends of
 * the stream known. What is sent while one chunk is processed leaves in one write; what is sent at
 * another time leaves once per tick.
 *
 * The listeners are shared by all connections and find their transport on the stream, so that a
 * connection costs no closures. There is an error listener until the stream is destroyed.
 */
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { ConnectionError } from '../lifecycle/connection-error';
import { flushThisTick } from './flush-queue';
import { Outbox } from '../protocol/outbox';
import { WrittenCallbacks, type SendCallback, type Written } from '../sending/written-callbacks';
import { nextTick } from '../support/host';

/** Who is told. */
export interface TransportOwner {
  /** @param chunk the owner's to keep and to change */
  onChunk(chunk: Uint8Array): void;
  onEof(): void;
  /** The stream takes bytes again. */
  onWritable(): void;
  /** There is room again, after `askForRoom()` said that there was none. */
  onDrain(): void;
  /** The stream is gone; called once. `error` is null unless one occurred. */
  onGone(error: Error | null): void;
}

const NO_BYTES = new Uint8Array(0);
const TRANSPORT: unique symbol = Symbol('transport');

type OwnedStream = Duplex & { [TRANSPORT]: Transport };

export class Transport {
  readonly outbox: Outbox = new Outbox();
  /** The stream has asked to wait for its `drain`. */
  congested = false;
  private payload = 0;
  private owesDrain = false;
  private paused = false;
  private lost = false;
  private readonly stream: Duplex;
  private readonly owner: TransportOwner;
  private readonly copiesOnWrite: boolean;
  private readonly highWaterMark: number;
  private callbacks: WrittenCallbacks | null = null;
  private receiving = false;
  private flushScheduled = false;
  private ending = false;
  private peerEnded = false;
  private error: Error | null = null;

  /** @param highWaterMark bytes that may wait before the sender is told to wait, too */
  constructor(stream: Duplex, owner: TransportOwner, highWaterMark: number) {
    this.highWaterMark = highWaterMark;
    this.stream = stream;
    this.owner = owner;
    this.copiesOnWrite = stream instanceof Socket;
  }

  /** Begins to listen; `head` are the bytes that have already been read from the stream. */
  start(head: Uint8Array): void {
    const { stream } = this;
    (stream as OwnedStream)[TRANSPORT] = this;
    // When to end its own half is for the connection to say, which may still have to deliver.
    stream.allowHalfOpen = true;
    stream.on('error', onError);
    if (stream.destroyed) {
      // Whether its own `close` is still to come, a stream does not tell.
      nextTick(onClose.bind(stream as OwnedStream));
      return;
    }
    stream.on('end', onEnd);
    stream.on('drain', onDrain);
    stream.on('close', onClose);
    stream.on('data', onData);
    if (!this.paused) stream.resume();
    if (head.byteLength > 0) this.receive(head);
  }

  /** Counts payload bytes that have been put into the outbox. */
  addPayload(bytes: number): void {
    this.payload += bytes;
  }

  /** Payload bytes that the kernel has not taken yet, or never will when the stream is gone. */
  get bufferedPayload(): number {
    if (this.lost) return this.payload;
    this.payload = Math.min(this.payload, this.bufferedBytes);
    return this.payload;
  }

  /** Bytes that the kernel has not taken yet, framing included. */
  get bufferedBytes(): number {
    return this.outbox.bytes + this.stream.writableLength;
  }

  /** Has `callback` called when what is in the outbox now was handed to the network. */
  whenWritten(callback: SendCallback): void {
    (this.callbacks ??= new WrittenCallbacks()).add(callback);
  }

  /**
   * Whether there is room for more; if there is none, `onDrain` follows when there is.
   *
   * @param elsewhere bytes that wait to get into the outbox
   */
  askForRoom(elsewhere: number): boolean {
    if (!this.congested && this.outbox.bytes + elsewhere < this.highWaterMark) return true;
    this.owesDrain = true;
    return false;
  }

  /**
   * Says that there is no room until all that waits has left; `onDrain` follows then. A stream that
   * holds less than it may does not tell when it has taken it, but for a write behind it.
   */
  askForQuiet(): void {
    this.owesDrain = true;
    if (this.congested || this.outbox.bytes > 0 || !this.stream.writable) return;
    this.stream.write(NO_BYTES, () => this.flush());
  }

  /** To be called after every change of the outbox. */
  scheduleFlush(): void {
    if (this.receiving || this.flushScheduled) return;
    this.flushScheduled = true;
    flushThisTick(this);
  }

  flush(): void {
    this.flushScheduled = false;
    if (this.outbox.bytes > 0) this.write();
    if (this.owesDrain && !this.congested) this.announceDrain();
    if (this.ending && !this.lost && !this.stream.writableEnded) this.stream.end();
  }

  /** Whether nothing is read, by `pause()`. */
  get isPaused(): boolean {
    return this.paused;
  }

  /** Reads no further (TCP back-pressure) until `resume()`. */
  pause(): void {
    this.paused = true;
    this.stream.pause();
  }

  resume(): void {
    this.paused = false;
    this.stream.resume();
  }

  /**
   * Ends the writing side once the outbox is flushed; goes on reading until the peer's end.
   *
   * @returns whether that takes time
   */
  end(): boolean {
    if (this.ending) return !this.lost;
    this.ending = true;
    if (this.isDone) {
      this.destroy();
      return false;
    }
    this.resume();
    this.scheduleFlush();
    return true;
  }

  /** Ends both sides at once; `onGone` follows. */
  destroy(): void {
    this.forget();
    this.stream.destroy();
  }

  /** Everything that `action` sends leaves in one write. */
  inOneWrite(action: () => void): void {
    if (this.receiving) {
      action();
      return;
    }
    this.receiving = true;
    try {
      action();
    } finally {
      this.receiving = false;
      this.flush();
    }
  }

  receive(chunk: Uint8Array): void {
    this.receiving = true;
    try {
      this.owner.onChunk(chunk);
    } finally {
      this.receiving = false;
      this.flush();
    }
  }

  receiveEnd(): void {
    this.peerEnded = true;
    this.owner.onEof();
    this.flush();
  }

  receiveDrain(): void {
    this.congested = false;
    this.owner.onWritable();
    this.flush();
  }

  receiveError(error: Error): void {
    this.error ??= error;
  }

  /** The last that is heard of the stream, but for errors. */
  receiveClose(): void {
    const { stream } = this;
    stream.off('data', onData).off('end', onEnd).off('drain', onDrain).off('close', onClose);
    this.forget();
    this.owner.onGone(this.error);
  }

  /**
   * Nothing is left to read, nor to write: the kernel has it all, and sends it, and the end behind it,
   * for a socket that is closed as well. (TLS has a word of farewell to write.)
   */
  private get isDone(): boolean {
    if (!this.peerEnded || !(this.stream instanceof Socket) || 'encrypted' in this.stream)
      return false;
    return this.bufferedBytes === 0 && this.callbacks?.isEmpty !== false;
  }

  private announceDrain(): void {
    this.owesDrain = false;
    this.owner.onDrain();
  }

  private write(): void {
    const { stream, outbox } = this;
    if (!stream.writable) {
      this.forget();
      return;
    }
    const waiting = outbox.take();
    const written = this.callbacks?.follow();
    if (Array.isArray(waiting)) writeTogether(stream, waiting, written);
    else stream.write(waiting, written);
    this.congested = stream.writableLength > 0 && stream.writableNeedDrain;
    if (this.copiesOnWrite && stream.writableLength === 0) outbox.recycle(waiting);
  }

  private forget(): void {
    this.payload = this.bufferedPayload;
    this.lost = true;
    this.outbox.clear();
    if (this.callbacks?.isEmpty === false) {
      this.callbacks.fail(new ConnectionError('WS_ERR_NOT_SENT'));
    }
  }
}

function onData(this: OwnedStream, chunk: Uint8Array): void {
  this[TRANSPORT].receive(chunk);
}

function onEnd(this: OwnedStream): void {
  this[TRANSPORT].receiveEnd();
}

function onDrain(this: OwnedStream): void {
  this[TRANSPORT].receiveDrain();
}

function onError(this: OwnedStream, error: Error): void {
  this[TRANSPORT].receiveError(error);
}

function onClose(this: OwnedStream): void {
  this[TRANSPORT].receiveClose();
}

function writeTogether(stream: Duplex, parts: readonly Uint8Array[], written?: Written): void {
  const last = parts.length - 1;
  stream.cork();
  parts.forEach((part, index) => stream.write(part, index === last ? written : undefined));
  stream.uncork();
}
