/**
 * Joins a connection to a Node stream: hands chunks to a reader, writes the outbox, and makes the ends
 * of the stream known. What is sent while one chunk is processed leaves in one write; what is sent at
 * another time leaves once per tick; while the network takes nothing, what is sent waits in the outbox.
 *
 * The listeners are shared by all connections and find their transport on the stream, so that a
 * connection costs no closures. There is an error listener until the stream is destroyed.
 */
/* eslint-disable @typescript-eslint/unbound-method -- a stream calls its listeners with itself as this */
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { receiveBuffer } from '@ws/frame-parser';
import { ConnectionError } from '../lifecycle/connection-error';
import { giveBackOutbox, lendOutbox, type Outbox } from '../protocol/outbox';
import type { Output } from '../sending/send-account';
import { soon } from '../support/scheduling';
import { destroyStream } from './destroy-stream';
import { flushThisTick, type Flushable } from './flush-queue';
import { canShareReads, isUnheard, shareReads } from './shared-reads';
import { STATE, StreamWriter } from './stream-writer';
import type { TransportOwner } from './transport-owner';

const TRANSPORT: unique symbol = Symbol('transport');

type OwnedStream = Duplex & { [TRANSPORT]: Transport };
type OwnedSocket = Socket & { [TRANSPORT]: Transport };

/** One function each, since every chunk has them on the stack. */
interface Listeners {
  onData(this: OwnedStream, chunk: Uint8Array): void;
  /** The same for a socket that reads into `buffer`, which others read into next. */
  onRead(this: OwnedSocket, length: number, buffer: Uint8Array): boolean;
  onEnd(this: OwnedStream): void;
  onDrain(this: OwnedStream): void;
  onError(this: OwnedStream, error: Error): void;
  /** The last that is heard of the stream, but for errors. */
  onClose(this: OwnedStream): void;
}

let listeners: Listeners;

export class Transport extends StreamWriter implements Flushable, Output {
  static {
    listeners = {
      onData(chunk) {
        if (canShareReads(this)) shareReads(this, receiveBuffer(), listeners.onRead);
        const transport = this[TRANSPORT];
        transport.chunksRead = (transport.chunksRead + 1) | 0;
        transport.state |= STATE.CORKED;
        try {
          transport.owner.reader.push(chunk);
        } finally {
          transport.state &= ~STATE.CORKED;
          transport.owner.onChunkRead();
          transport.flush();
        }
      },
      onRead(length, buffer) {
        const isAlone = isUnheard(this) && this.readableLength === 0;
        // Whoever else listens is to hear it, and may keep it.
        if (!isAlone) return this.push(Buffer.from(buffer.subarray(0, length)));
        listeners.onData.call(this, buffer.subarray(0, length));
        return true;
      },
      onEnd() {
        const transport = this[TRANSPORT];
        transport.owner.onEof();
        transport.flush();
      },
      onDrain() {
        this[TRANSPORT].onDrained();
      },
      onError(error) {
        this[TRANSPORT].error ??= error;
      },
      onClose() {
        const transport = this[TRANSPORT];
        this.off('data', listeners.onData).off('end', listeners.onEnd);
        this.off('drain', listeners.onDrain).off('close', listeners.onClose);
        transport.lose();
        transport.owner.onTransportClosed(transport.error);
      },
    };
  }

  /** Counts the chunks that were read. */
  chunksRead = 0;
  private readonly owner: TransportOwner;
  private error: Error | null = null;
  /** Null while nothing waits in it. */
  private lentOutbox: Outbox | null = null;

  constructor(stream: Duplex, owner: TransportOwner) {
    super(stream);
    this.owner = owner;
  }

  /** Begins to listen; `head` are the bytes that have already been read from the stream. */
  start(head: Uint8Array): void {
    const { stream } = this;
    (stream as OwnedStream)[TRANSPORT] = this;
    // When to end its own half is for the connection to say, which may still have to deliver.
    stream.allowHalfOpen = true;
    stream.on('error', listeners.onError);
    if (stream.destroyed) {
      soon(listeners.onClose.bind(stream as OwnedStream));
      return;
    }
    stream.on('end', listeners.onEnd);
    stream.on('drain', listeners.onDrain);
    stream.on('close', listeners.onClose);
    stream.on('data', listeners.onData);
    if ((this.state & STATE.PAUSED) === 0) stream.resume();
    if (head.byteLength > 0) listeners.onData.call(stream as OwnedStream, head);
  }

  /** Where to put what is to be sent. It is lent: no one may keep it. */
  get outbox(): Outbox {
    return (this.lentOutbox ??= lendOutbox(this));
  }

  /** Bytes that the network has not taken, framing included. */
  get waitingBytes(): number {
    const { lentOutbox } = this;
    return (lentOutbox === null ? 0 : lentOutbox.bytes) + this.streamBytes;
  }

  onRoom(): void {
    this.owner.onRoom();
  }

  /** To be called after every change of the outbox. */
  scheduleFlush(): void {
    if ((this.state & (STATE.CORKED | STATE.FLUSH_SCHEDULED)) !== 0) return;
    this.state |= STATE.FLUSH_SCHEDULED;
    flushThisTick(this);
  }

  flush(): void {
    this.state &= ~STATE.FLUSH_SCHEDULED;
    if (this.lentOutbox !== null) {
      if (this.isCongested) this.lentOutbox.keep();
      else this.leave(this.lentOutbox);
      this.giveBackIfEmpty();
    }
    if (this.isEnding && this.lentOutbox === null && !this.stream.writableEnded) this.stream.end();
    this.owner.account.flushed();
  }

  /** Reads no further (TCP back-pressure) until `resume()`. */
  pause(): void {
    this.state |= STATE.PAUSED;
    this.stream.pause();
  }

  resume(): void {
    this.state &= ~STATE.PAUSED;
    this.stream.resume();
  }

  /**
   * Ends the writing side once the outbox is flushed; goes on reading until the peer's end.
   *
   * @returns whether that takes time
   */
  end(): boolean {
    if ((this.state & STATE.ENDING) !== 0) return this.isEnding;
    this.state |= STATE.ENDING;
    if (this.isDone) {
      this.destroy();
      return false;
    }
    this.resume();
    this.scheduleFlush();
    return true;
  }

  /** Ends both sides at once; `onTransportClosed` follows. */
  destroy(): void {
    const isStuck = this.isCongested;
    this.lose();
    destroyStream(this.stream, isStuck);
  }

  /** Everything that `action` sends leaves in one write. */
  inOneWrite(action: () => void): void {
    if ((this.state & STATE.CORKED) !== 0) {
      action();
      return;
    }
    this.state |= STATE.CORKED;
    try {
      action();
    } finally {
      this.state &= ~STATE.CORKED;
      this.flush();
    }
  }

  /**
   * Nothing is left to read, nor to write: the kernel has it all, and sends it, and the end behind it,
   * for a socket that is closed as well. (TLS has a close_notify to write.)
   */
  private get isDone(): boolean {
    const { stream } = this;
    if (!stream.readableEnded || (this.state & STATE.SOCKET) === 0) return false;
    return this.waitingBytes === 0 && this.callbacks?.isEmpty !== false;
  }

  protected onAllTaken(): void {
    this.owner.onWritable();
    this.flush();
  }

  /** Whether the writing side is to be ended, and the stream is still there. */
  private get isEnding(): boolean {
    return (this.state & (STATE.ENDING | STATE.LOST)) === STATE.ENDING;
  }

  private leave(outbox: Outbox): void {
    const { owner } = this;
    if (this.isLost || !this.stream.writable) return this.lose();
    if (outbox.dropChanged()) {
      this.callbacks?.failWaiting(new ConnectionError('WS_ERR_PAYLOAD_CHANGED'));
      owner.onPayloadChanged();
    }
    this.owner.account.leaving();
    try {
      if (outbox.bytes > 0) outbox.leaveBy(this);
    } catch (cause) {
      // Some of it is lost: the peer could not read what is sent behind it.
      this.error ??= new ConnectionError('WS_ERR_NOT_SENT', { cause });
      this.destroy();
    }
  }

  private giveBackIfEmpty(): void {
    if (this.lentOutbox?.bytes !== 0) return;
    giveBackOutbox(this.lentOutbox);
    this.lentOutbox = null;
  }

  private lose(): void {
    this.owner.account.lose();
    this.state = (this.state | STATE.LOST) & ~STATE.CONGESTED;
    this.lentOutbox?.clear();
    this.giveBackIfEmpty();
    this.callbacks?.fail(new ConnectionError('WS_ERR_NOT_SENT'));
  }
}
