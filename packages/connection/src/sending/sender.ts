/**
 * What the application sends: in order, though some of it takes time to get ready, and within what
 * may wait for a peer that reads slowly.
 */
import type { ExtensionMessage, Pipeline } from '@ws/extensions';
import { OPCODE } from '@ws/frame-parser';
import { callBack } from '../support/callbacks';
import { ConnectionError } from '../lifecycle/connection-error';
import type { ConnectionSettings } from '../options';
import { PendingPings, type PingCallback } from './pending-pings';
import { CLOSE_CODE } from '../protocol/closing';
import type { ConnectionProtocol } from '../protocol/connection-protocol';
import { byteLengthOf, isBlob } from '../api/send-data';
import type { Sendable } from '../api/send-data';
import { SendQueue } from './send-queue';
import type { Transport } from '../transport/transport';
import type { SendCallback } from './written-callbacks';
import { nextTick } from '../support/host';

/** Who is told what sending leads to. */
export interface OutgoingOwner {
  /** The peer reads too slowly, and the settings say to close then. */
  onSlowReader(): void;
  /** Something could not be got ready, and was not sent. */
  reportError(error: Error): void;
  /** An extension could not take a message, and the closing handshake has begun. */
  onExtensionFailed(error: ConnectionError): void;
}

export class Outgoing {
  /** Messages that a slow reader was not sent. */
  droppedMessages = 0;
  private readonly owner: OutgoingOwner;
  private readonly protocol: ConnectionProtocol;
  private readonly transport: Transport;
  private readonly settings: ConnectionSettings;
  private readonly pipeline: Pipeline | null;
  private queue: SendQueue | null = null;
  private pings: PendingPings | null = null;
  private abandoned = false;

  constructor(
    owner: OutgoingOwner,
    protocol: ConnectionProtocol,
    transport: Transport,
    settings: ConnectionSettings,
    pipeline: Pipeline | null,
  ) {
    this.owner = owner;
    this.protocol = protocol;
    this.transport = transport;
    this.settings = settings;
    this.pipeline = pipeline;
  }

  /** Payload bytes sent that the kernel has not taken yet. */
  get bufferedAmount(): number {
    return this.transport.bufferedPayload + (this.queue?.byteLength ?? 0);
  }

  /**
   * Sends a message, behind all that was sent before.
   *
   * @param compress whether extensions may compress it
   * @param callback called when it was handed to the network, or cannot be any more
   * @returns whether there is room for more
   */
  send(data: Sendable, compress: boolean, callback: SendCallback | null): boolean {
    if (this.settings.maxBufferedAmount < Infinity && this.isTooMuch(data)) {
      return this.refuse(callback);
    }
    // No closures in here: they would cost every message a context, made or not.
    if (this.queue !== null || isBlob(data)) {
      this.awaitTurn(data, compress, callback);
    } else if (this.pipeline === null) {
      this.sendNow(data, callback);
    } else {
      const pending = this.extend(this.pipeline, data, compress, callback);
      if (pending !== undefined) this.awaitWork(pending, data, callback);
    }
    return this.transport.askForRoom(this.queue === null ? 0 : this.queue.byteLength);
  }

  /** @param callback called when the answer has come, or cannot come any more */
  ping(data: Uint8Array, callback: PingCallback | null): void {
    if (callback !== null) (this.pings ??= new PendingPings()).add(data, callback);
    this.protocol.sendPing(data);
    this.transport.scheduleFlush();
  }

  /** A pong has come. */
  pingAnswered(data: Uint8Array): void {
    this.pings?.answeredBy(data);
  }

  /** Does something when all that was sent before is in the outbox. */
  afterAll(action: () => void): void {
    if (this.queue === null) action();
    else this.queue.add(0, null, action);
  }

  /** Pongs are not heard of any more. */
  abandonPings(): void {
    this.pings?.fail(new ConnectionError('WS_ERR_NOT_SENT'));
  }

  /** Gives up what is not in the outbox yet; its senders are told `error`. */
  abandon(error?: ConnectionError): void {
    this.abandoned = true;
    this.abandonPings();
    this.queue?.abandon(error ?? new ConnectionError('WS_ERR_NOT_SENT'));
  }

  /** Sends a message when all before it have been. */
  private awaitTurn(data: Sendable, compress: boolean, callback: SendCallback | null): void {
    this.enqueue(data, callback, () => this.prepare(data, compress, callback));
  }

  /** Has everything wait for a message that extensions are at work on. */
  private awaitWork(pending: Promise<void>, data: Sendable, callback: SendCallback | null): void {
    this.enqueue(data, callback, () => pending);
  }

  private sendNow(data: string | Uint8Array, callback: SendCallback | null): void {
    if (typeof data === 'string') {
      this.sent(this.protocol.sendText(data), callback);
    } else {
      this.protocol.sendBinary(data);
      this.sent(data.byteLength, callback);
    }
  }

  /** @param byteLength of the payload that is in the outbox now */
  private sent(byteLength: number, callback: SendCallback | null): void {
    const { transport } = this;
    this.queue?.firstIsSettled();
    transport.addPayload(byteLength);
    if (callback !== null) transport.whenWritten(callback);
    transport.scheduleFlush();
  }

  /** Sends a message whose turn has come in the queue. */
  private prepare(
    data: Sendable,
    compress: boolean,
    callback: SendCallback | null,
  ): void | Promise<void> {
    if (isBlob(data)) return this.read(data, compress, callback);
    if (this.pipeline !== null) return this.extend(this.pipeline, data, compress, callback);
    this.sendNow(data, callback);
  }

  private async read(blob: Blob, compress: boolean, callback: SendCallback | null): Promise<void> {
    let data;
    try {
      data = new Uint8Array(await blob.arrayBuffer());
    } catch (error) {
      this.fail(error, callback);
      return;
    }
    if (!this.abandoned) await this.prepare(data, compress, callback);
  }

  /** Sends what extensions make of a message: at once, unless they need time. */
  private extend(
    pipeline: Pipeline,
    data: string | Uint8Array,
    compress: boolean,
    callback: SendCallback | null,
  ): void | Promise<void> {
    const isText = typeof data === 'string';
    const opcode = isText ? OPCODE.TEXT : OPCODE.BINARY;
    const bytes = isText ? Buffer.from(data) : data;
    try {
      const result = pipeline.outgoing({ opcode, rsv: 0, data: bytes, compress });
      if (result instanceof Promise) return this.extendLater(result, callback);
      this.sendExtended(result, callback);
    } catch (error) {
      // As all that fails, it is told after `send()` has returned.
      return Promise.resolve().then(() => this.failExtended(error));
    }
  }

  private async extendLater(
    pending: Promise<ExtensionMessage>,
    callback: SendCallback | null,
  ): Promise<void> {
    try {
      const message = await pending;
      if (!this.abandoned) this.sendExtended(message, callback);
    } catch (error) {
      this.failExtended(error);
    }
  }

  private sendExtended(
    { opcode, rsv, data }: ExtensionMessage,
    callback: SendCallback | null,
  ): void {
    this.protocol.sendMessage(opcode, rsv, data);
    this.sent(data.byteLength, callback);
  }

  /** Gives up this message and all behind it: the peer could not read what comes of the others. */
  private failExtended(cause: unknown): void {
    if (this.abandoned) return;
    const error = new ConnectionError('WS_ERR_NOT_SENT', { cause });
    this.protocol.startClosingHandshake(CLOSE_CODE.INTERNAL_ERROR, '');
    this.transport.scheduleFlush();
    this.abandon(error);
    this.owner.onExtensionFailed(error);
  }

  private enqueue(
    data: Sendable,
    callback: SendCallback | null,
    send: () => void | Promise<void>,
  ): void {
    this.queue ??= new SendQueue(() => {
      this.queue = null;
    });
    this.queue.add(byteLengthOf(data), callback, send);
  }

  private fail(reason: unknown, callback: SendCallback | null): void {
    if (this.abandoned) return;
    const error = new ConnectionError('WS_ERR_NOT_SENT', { cause: reason });
    // Once: the connection may end in the callback, or while the error is told.
    this.queue?.firstIsSettled();
    if (callback !== null) callBack(callback, error);
    this.owner.reportError(error);
    this.transport.scheduleFlush();
  }

  private isTooMuch(data: Sendable): boolean {
    if (this.settings.slowReader === 'none') return false;
    const waiting = this.transport.bufferedBytes + (this.queue?.byteLength ?? 0);
    return waiting + byteLengthOf(data) > this.settings.maxBufferedAmount;
  }

  private refuse(callback: SendCallback | null): boolean {
    this.droppedMessages++;
    if (callback !== null) nextTick(callback, new ConnectionError('WS_ERR_SLOW_READER'));
    if (this.settings.slowReader === 'close') this.owner.onSlowReader();
    else this.transport.askForQuiet();
    return false;
  }
}
