/**
 * What the application sends: in order, though some of it takes time to get ready, and within what
 * may wait for a peer that reads slowly. It is there from the constructor on: what is sent before the
 * connection is open waits in the same queue as what waits for a Blob or an extension.
 */
import type { Pipeline } from '@ws/extensions';
import { byteLengthOf, hasChanged, isBlob, type Sendable } from '../api/send-data';
import { observeSent } from '../diagnostics/observed';
import { ConnectionError } from '../lifecycle/connection-error';
import type { ConnectionSettings } from '../options';
import { isText } from '../receiving/text-buffer';
import { callBack, callBackSoon } from '../support/callbacks';
import { inThisContext } from '../support/scheduling';
import { bytesOf } from './blob-bytes';
import { ExtensionEncoder, isLongText, TEXT, type EncodedMessage } from './extension-encoder';
import { PendingPings, type PingCallback } from './pending-pings';
import { mostBytesOf, SendAccount } from './send-account';
import { queued, SendQueue, type QueuedMessage, type SendQueueOwner } from './send-queue';
import type { SenderOutput, SenderOwner, SenderListener } from './sender-owner';
import type { SendCallback } from './written-callbacks';

export class Sender extends SendAccount implements SendQueueOwner {
  /** Messages that a slow reader was not sent. */
  droppedMessages = 0;
  declare protected queue: SendQueue | null;
  private readonly listener: SenderListener;
  /** Null before the connection is open. */
  protected owner: SenderOwner | null = null;
  /** Null when no extension was agreed on. */
  protected extensions: ExtensionEncoder | null = null;
  private pings: PendingPings | null = null;
  private abandoned = false;

  constructor(listener: SenderListener) {
    super();
    this.listener = listener;
  }

  /** The connection is open; `begin()` sends what waits. */
  open(owner: SenderOwner, pipeline: Pipeline | null): void {
    this.owner = owner;
    this.extensions = pipeline && new ExtensionEncoder(pipeline);
  }

  begin(): void {
    this.queue?.begin();
  }

  /**
   * Sends a message, behind all that was sent before.
   *
   * @param compress whether extensions may compress it
   * @param callback called when it was handed to the network, or cannot be any more
   * @returns whether there is room for more
   */
  send(data: Sendable, compress: boolean, callback: SendCallback | null): boolean {
    const { owner } = this;
    if (!this.isTaking) return this.sendNothing(data, callback);
    const { waiting } = this;
    const most = mostBytesOf(data);
    if (this.isTooMuch(data, waiting, most)) return this.refuse(callback);
    owner?.keepAlive?.messagePassed();
    const told = callback === null ? null : inThisContext(callback);
    // No closures in here: they would cost every message a context, made or not.
    if (owner === null || this.queue !== null || isBlob(data)) {
      this.sendInTurn(queued(data, compress, told));
    } else if (this.extensions === null) {
      if (!this.sendNow(data, told)) return false;
    } else if (isLongText(data)) {
      this.sendInTurn(queued(data, compress, told));
    } else {
      const pending = this.extend(this.extensions, data, compress, told);
      if (pending !== undefined) this.awaitWork(queued(data, compress, told), pending);
    }
    return this.hasRoom(waiting + most);
  }

  /** @param callback called when the answer has come, or cannot come any more */
  ping(data: Uint8Array, callback: PingCallback | null): void {
    this.sendPing(data, callback && inThisContext(callback));
  }

  /**
   * Pings when the connection is open, behind all that was sent before.
   *
   * @param onSent called when the ping is sent
   * @returns whether it may wait: not too much does
   */
  pingWhenOpen(data: Uint8Array, callback: PingCallback | null, onSent: () => void): boolean {
    if (!this.isTaking || this.isTooMuch(data, this.waiting, mostBytesOf(data))) return false;
    const payload = Buffer.from(data);
    const told = callback && inThisContext(callback);
    this.openQueue().addPing(told, () => {
      onSent();
      this.sendPing(payload, told);
    });
    return true;
  }

  /** A pong has come. */
  pingAnswered(data: Uint8Array): void {
    this.pings?.answeredBy(data);
  }

  /** Does something when all that was sent before is in the outbox. */
  afterAll(action: () => void): void {
    if (this.queue === null) action();
    else this.queue.addAction(action);
  }

  /** Pongs are not heard of any more. */
  abandonPings(): void {
    this.pings?.fail(new ConnectionError('WS_ERR_NOT_SENT'));
  }

  /** Gives up what is not in the outbox yet, and takes nothing more; senders are told `error`. */
  abandon(error?: ConnectionError): void {
    this.abandoned = true;
    this.abandonPings();
    this.queue?.abandon(error ?? new ConnectionError('WS_ERR_NOT_SENT'));
  }

  /** Whether messages are taken, to be sent now or when the connection is open. */
  protected get isTaking(): boolean {
    return !this.abandoned && (this.owner?.isOpen ?? this.listener.isConnecting);
  }

  onGivenUp(byteLength: number): void {
    this.drop(byteLength);
  }

  get settings(): ConnectionSettings {
    return this.listener.settings;
  }

  protected get output(): SenderOutput | null {
    return this.owner === null ? null : this.owner.transport;
  }

  private sendPing(data: Uint8Array, callback: PingCallback | null): void {
    const { protocol, transport } = this.owner!;
    if (!protocol.wire.hasPing) {
      if (callback !== null) callBackSoon(callback, new ConnectionError('WS_ERR_NOT_SENT'));
      return;
    }
    if (callback !== null) (this.pings ??= new PendingPings()).add(data, callback);
    protocol.sendPing(data);
    transport.scheduleFlush();
  }

  private sendInTurn(message: QueuedMessage): void {
    this.openQueue().addMessage(message, () => this.prepare(message));
  }

  /** Has everything wait for a message that extensions are at work on. */
  protected awaitWork(message: QueuedMessage, pending: Promise<void>): void {
    this.openQueue().addMessage(message, () => pending);
  }

  protected openQueue(): SendQueue {
    return (this.queue ??= new SendQueue(this, this.owner !== null));
  }

  onQueueEmpty(): void {
    this.queue = null;
    // A drain may be due that nothing but the queue has held up.
    this.output?.scheduleFlush();
  }

  /** @returns whether it was sent: the peer's protocol version has such messages */
  private sendNow(data: string | Uint8Array, callback: SendCallback | null): boolean {
    const { protocol, transport } = this.owner!;
    if (typeof data === 'string') {
      this.sent(protocol.sendText(data), true, false, callback);
      return true;
    }
    const isBytesOfText = isText(data);
    if (isBytesOfText) protocol.wire.appendTextBytes(transport.outbox, data);
    else if (protocol.wire.hasBinary) protocol.sendBinary(data);
    else return this.refuseBinary(data, callback);
    this.sent(data.length, isBytesOfText, false, callback);
    return true;
  }

  /** All of a message is in the outbox. @param byteLength of the payload, as the application has sent it */
  messageSent(byteLength: number, isText: boolean, isCompressed: boolean): void {
    observeSent(this.listener, byteLength, isText, isCompressed);
  }

  /** @param byteLength of the payload, as the application has sent it, that is in the outbox now */
  protected sent(
    byteLength: number,
    isText: boolean,
    isCompressed: boolean,
    callback: SendCallback | null,
  ): void {
    const output = this.output!;
    this.messageSent(byteLength, isText, isCompressed);
    this.queue?.settleFirst();
    this.box(byteLength);
    if (callback !== null) output.whenWritten(callback);
    output.scheduleFlush();
  }

  /** Sends a message whose turn has come in the queue. */
  private prepare(message: QueuedMessage): void | Promise<void> {
    const { data, byteLength, compress, callback } = message;
    if (isBlob(data)) return this.read(data, message);
    if (hasChanged(data, byteLength)) return this.owner!.onPayloadChanged();
    const { extensions } = this;
    if (extensions === null) this.sendNow(data, callback);
    else if (!isLongText(data)) return this.extend(extensions, data, compress, callback);
    else return this.extendLater(extensions.encodeLong(data, byteLength, compress), data, callback);
  }

  private async read(blob: Blob, { compress, callback }: QueuedMessage): Promise<void> {
    const data = await bytesOf(blob);
    if (this.abandoned) return;
    if (data instanceof ConnectionError) this.skip(data, callback);
    else await this.prepare({ data, byteLength: data.byteLength, compress, callback });
  }

  /** Sends what extensions make of a message: at once, unless they need time. */
  private extend(
    extensions: ExtensionEncoder,
    data: string | Uint8Array,
    compress: boolean,
    callback: SendCallback | null,
  ): void | Promise<void> {
    try {
      const result = extensions.encode(data, compress);
      if ('then' in result) return this.extendLater(result, data, callback);
      this.sendExtended(result, callback);
    } catch (error) {
      // As all that fails, it is told after `send()` has returned.
      return Promise.resolve().then(() => this.failExtended(error));
    }
  }

  protected async extendLater(
    pending: Promise<EncodedMessage>,
    data: string | Uint8Array,
    callback: SendCallback | null,
  ): Promise<void> {
    try {
      const message = await pending;
      if (this.abandoned) return;
      if (hasChanged(data, message.originalLength)) this.owner!.onPayloadChanged();
      else this.sendExtended(message, callback);
    } catch (error) {
      this.failExtended(error);
    }
  }

  private sendExtended(message: EncodedMessage, callback: SendCallback | null): void {
    this.owner?.protocol.sendFrame(message.opcode, message.rsv, message.data, true);
    this.sent(message.originalLength, message.opcode === TEXT, message.rsv !== 0, callback);
  }

  /** Gives up this message and all behind it: the peer could not read what comes of the others. */
  protected failExtended(cause: unknown): void {
    if (this.abandoned) return;
    this.owner?.failLocally(new ConnectionError('WS_ERR_NOT_SENT', { cause }));
  }

  /** Goes on without a Blob that cannot be read. */
  private skip(error: ConnectionError, callback: SendCallback | null): void {
    // Once: the connection may end in the callback, or while the error is told.
    this.queue?.settleFirst();
    if (callback !== null) callBack(callback, error);
    this.owner?.onUnreadable(error);
    this.output?.scheduleFlush();
  }

  /** Nothing throws for what the peer is: bytes for one that has only text end that connection. */
  private refuseBinary(data: Uint8Array, callback: SendCallback | null): boolean {
    const error = new ConnectionError('WS_ERR_NO_BINARY');
    this.queue?.settleFirst();
    this.queue?.abandon(new ConnectionError('WS_ERR_NOT_SENT', { cause: error }));
    this.drop(data.byteLength);
    if (callback !== null) callBackSoon(callback, error);
    this.owner?.onNoBinary(error);
    return false;
  }

  protected refuse(callback: SendCallback | null): boolean {
    this.droppedMessages++;
    this.oweDrain();
    if (callback !== null) callBackSoon(callback, new ConnectionError('WS_ERR_SLOW_READER'));
    this.listener.onSlowReader();
    return false;
  }

  /** The connection is closing, or over: a message is dropped, and counted. */
  private sendNothing(data: Sendable, callback: SendCallback | null): boolean {
    this.drop(byteLengthOf(data));
    if (callback !== null) callBackSoon(callback, new ConnectionError('WS_ERR_NOT_SENT'));
    return false;
  }
}
