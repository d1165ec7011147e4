/**
 * What the application sends: in order, though some of it takes time to get ready, and within what
 * may wait for a peer that reads slowly.
 */
import { ConnectionError } from './connection-error';
import type { ConnectionSettings } from './options';
import type { ConnectionProtocol } from './protocol/connection-protocol';
import { callBack } from './callbacks';
import { PendingPings, type PingCallback } from './pending-pings';
import { byteLengthOf } from './send-data';
import type { Sendable } from './send-data';
import { SendQueue } from './send-queue';
import type { Transport } from './transport';
import type { SendCallback } from './written-callbacks';

/** Who is told what sending leads to. */
export interface OutgoingOwner {
  /** The peer reads too slowly, and the settings say to close then. */
  onSlowReader(): void;
  /** Something could not be got ready, and was not sent. */
  reportError(error: Error): void;
}

export class Outgoing {
  /** Messages that a slow reader was not sent. */
  droppedMessages = 0;
  private readonly owner: OutgoingOwner;
  private readonly protocol: ConnectionProtocol;
  private readonly transport: Transport;
  private readonly settings: ConnectionSettings;
  private queue: SendQueue | null = null;
  private pings: PendingPings | null = null;

  constructor(
    owner: OutgoingOwner,
    protocol: ConnectionProtocol,
    transport: Transport,
    settings: ConnectionSettings,
  ) {
    this.owner = owner;
    this.protocol = protocol;
    this.transport = transport;
    this.settings = settings;
  }

  /** Payload bytes sent that the kernel has not taken yet. */
  get bufferedAmount(): number {
    return this.transport.bufferedPayload + (this.queue?.byteLength ?? 0);
  }

  /**
   * Sends a message, behind all that was sent before.
   *
   * @param callback called when it was handed to the network, or cannot be any more
   * @returns whether there is room for more
   */
  send(data: Sendable, callback: SendCallback | null): boolean {
    if (this.settings.maxBufferedAmount < Infinity && this.isTooMuch(data)) {
      return this.refuse(callback);
    }
    if (this.queue === null && !(data instanceof Blob)) return this.sendNow(data, callback);
    this.enqueue(data, callback);
    return this.transport.askForRoom(this.bufferedAmount);
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

  /** Gives up what is not in the outbox yet. */
  abandon(): void {
    if (this.queue === null && this.pings === null) return;
    const error = new ConnectionError('WS_ERR_NOT_SENT');
    this.queue?.abandon(error);
    this.pings?.fail(error);
  }

  private sendNow(data: string | Uint8Array, callback: SendCallback | null): boolean {
    const { transport, protocol } = this;
    if (typeof data === 'string') {
      transport.addPayload(protocol.sendText(data));
    } else {
      protocol.sendBinary(data);
      transport.addPayload(data.byteLength);
    }
    if (callback !== null) transport.whenWritten(callback);
    transport.scheduleFlush();
    return transport.askForRoom(0);
  }

  private enqueue(data: Sendable, callback: SendCallback | null): void {
    this.queue ??= new SendQueue(() => {
      this.queue = null;
    });
    const length = byteLengthOf(data);
    if (!(data instanceof Blob)) {
      this.queue.add(length, callback, () => void this.sendNow(data, callback));
      return;
    }
    this.queue.addLater(
      length,
      callback,
      data.arrayBuffer(),
      (bytes) => void this.sendNow(new Uint8Array(bytes), callback),
      (error) => this.fail(error, callback),
    );
  }

  private fail(reason: unknown, callback: SendCallback | null): void {
    const error = new ConnectionError('WS_ERR_NOT_SENT', { cause: reason });
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
    if (callback !== null) process.nextTick(callback, new ConnectionError('WS_ERR_SLOW_READER'));
    if (this.settings.slowReader === 'close') this.owner.onSlowReader();
    else this.transport.askForQuiet();
    return false;
  }
}
