/**
 * An open connection until its end: joins the protocol to the transport, turns what the protocol
 * hears into events, and ends a closing handshake that takes too long.
 */
import { ProtocolError, randomMaskingKeys } from '@ws/frame-parser';
import { receivedBinary } from './binary-type';
import type { BinaryType } from './binary-type';
import { CloseEvent, ControlEvent, ErrorEvent, MessageEvent, SocketEvent } from './events';
import type { MessageData } from './events';
import type { ListenerTable } from './listener-table';
import type { Session } from './opening';
import type { ConnectionSettings } from './options';
import { readyStateOf } from './protocol/closing';
import type { ReadyState } from './protocol/closing';
import { ConnectionProtocol } from './protocol/connection-protocol';
import type { ProtocolListener } from './protocol/connection-protocol';
import type { Role } from './protocol/role';
import type { Wire } from './protocol/wire';
import { wireFor } from './protocol/wires';
import type { Sendable } from './send-data';
import { Transport } from './transport';
import type { TransportOwner } from './transport';
import type { WebSocket } from './websocket';

const nextMaskingKey = randomMaskingKeys();
const ABNORMAL_CLOSURE = { code: 1006, reason: '' };

export class LiveConnection implements ProtocolListener, TransportOwner {
  binaryType: BinaryType = 'nodebuffer';
  private readonly target: WebSocket;
  private readonly listeners: ListenerTable;
  private readonly closeTimeout: number;
  private readonly transport: Transport;
  private readonly protocol: ConnectionProtocol;
  private held: MessageData | null = null;
  private errorReported = false;
  private closeTimer: NodeJS.Timeout | null = null;

  constructor(
    target: WebSocket,
    listeners: ListenerTable,
    role: Role,
    session: Session,
    settings: ConnectionSettings,
  ) {
    this.target = target;
    this.listeners = listeners;
    this.closeTimeout = settings.closeTimeout;
    this.transport = new Transport(session.stream, this);
    const { outbox } = this.transport;
    const wire = wireFor(session.version, role, outbox, nextMaskingKey);
    this.protocol = new ConnectionProtocol(role, wire, this, settings);
  }

  get wire(): Wire {
    return this.protocol.wire;
  }

  get readyState(): ReadyState {
    return readyStateOf(this.protocol.state);
  }

  /** Payload bytes sent that the kernel has not taken yet. */
  get bufferedAmount(): number {
    return this.transport.bufferedPayload;
  }

  /** Begins to read: first `head`, then the stream. */
  start(head: Uint8Array): void {
    this.transport.start(head);
  }

  /** @returns whether there is room for more */
  send(data: Sendable): boolean {
    const { transport, protocol } = this;
    if (typeof data === 'string') {
      transport.addPayload(protocol.sendText(data));
    } else {
      protocol.sendBinary(data);
      transport.addPayload(data.byteLength);
    }
    transport.scheduleFlush();
    return transport.askForRoom();
  }

  ping(data: Uint8Array): void {
    this.protocol.sendPing(data);
    this.transport.scheduleFlush();
  }

  /** Starts the closing handshake; messages that come from now on are dropped. */
  close(code: number, reason: string): void {
    this.held = null;
    this.protocol.startClosingHandshake(code, reason);
    this.transport.scheduleFlush();
    this.goOn();
  }

  /** Tells of an error; of the first one only. */
  reportError(error: Error): void {
    if (this.errorReported) return;
    this.errorReported = true;
    this.listeners.dispatch(new ErrorEvent(this.target, error));
  }

  /** Ends the connection at once, without a closing handshake. */
  terminate(): void {
    this.held = null;
    this.protocol.abandon();
    this.transport.destroy();
  }

  onChunk(chunk: Uint8Array): void {
    this.protocol.receive(chunk);
    if (this.protocol.state !== 'open') this.settle();
  }

  onEof(): void {
    this.protocol.receiveEof();
    this.settle();
  }

  onWritable(): void {
    this.protocol.answerLatestPing();
  }

  onDrain(): void {
    this.listeners.dispatch(new SocketEvent('drain', this.target));
  }

  onGone(error: Error | null): void {
    if (this.closeTimer !== null) clearTimeout(this.closeTimer);
    const { protocol } = this;
    this.held = null;
    protocol.receiveGone();
    if (error !== null && !protocol.wasClean) this.reportError(error);
    const { code, reason } = protocol.closeReceived ?? ABNORMAL_CLOSURE;
    this.listeners.dispatch(new CloseEvent(this.target, code, reason, protocol.wasClean));
  }

  onText(text: string): void {
    this.deliver(text);
  }

  onBinary(data: Uint8Array): void {
    this.deliver(receivedBinary(data, this.binaryType));
  }

  onPing(data: Uint8Array): void {
    this.dispatchControl('ping', data);
  }

  onPong(data: Uint8Array): void {
    this.dispatchControl('pong', data);
  }

  isCongested(): boolean {
    return this.transport.congested;
  }

  /** Hands a message to its listeners; without any, holds it and reads no further. */
  private deliver(data: MessageData): void {
    const list = this.listeners.messages;
    if (list.length > 0) {
      list.dispatch(new MessageEvent(this.target, data));
      return;
    }
    this.held = data;
    this.protocol.pause();
    this.transport.pause();
    list.whenAdded = () => process.nextTick(() => this.deliverHeld());
  }

  private isHolding(): boolean {
    return this.held !== null;
  }

  private deliverHeld(): void {
    const { held } = this;
    if (held === null) return;
    this.held = null;
    this.deliver(held);
    if (!this.isHolding()) this.goOn();
  }

  /** Goes on where reading was paused. */
  private goOn(): void {
    this.transport.resume();
    this.transport.inOneWrite(() => this.protocol.resume());
    this.settle();
  }

  /** Does what has become due since the connection left its open state. */
  private settle(): void {
    const { protocol, transport } = this;
    if (protocol.state === 'open' || protocol.state === 'closed') return;
    if (protocol.violation !== null && !this.errorReported) {
      this.reportError(new ProtocolError(protocol.violation));
    }
    if (protocol.endsTransport) transport.end();
    this.closeTimer ??= setTimeout(() => transport.destroy(), this.closeTimeout).unref();
  }

  private dispatchControl(type: 'ping' | 'pong', data: Uint8Array): void {
    if (this.listeners.count(type) === 0) return;
    this.listeners.dispatch(new ControlEvent(type, this.target, Buffer.from(data)));
  }
}
