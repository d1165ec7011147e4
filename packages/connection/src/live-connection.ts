/**
 * An open connection until its end: joins the protocol to the transport, turns what the protocol
 * hears into events, and ends what takes too long. What it needs only at times (an inbox, a watch on
 * the peer) exists only then: an idle connection is small.
 */
import { ProtocolError, randomMaskingKeys } from '@ws/frame-parser';
import { receivedBinary, type BinaryType } from './binary-type';
import { ConnectionError, type ConnectionErrorCode } from './connection-error';
import { EndingRecord, type EndingListener, type Initiator } from './ending';
import type { MessageData } from './events';
import { Inbox, type InboxOwner } from './inbox';
import { livenessOf, type Liveness, type LivenessOwner } from './liveness';
import type { Session } from './opening';
import type { ConnectionSettings } from './options';
import { Outgoing, type OutgoingOwner } from './outgoing';
import { READY_STATE, readyStateOf, type ReadyState } from './protocol/closing';
import { ConnectionProtocol, type ProtocolListener } from './protocol/connection-protocol';
import type { Role } from './protocol/role';
import type { Wire } from './protocol/wire';
import { Wires } from './protocol/wires';
import type { SocketEvents } from './socket-events';
import { sharedWheel, type Slot, type Timed } from './timer-wheel';
import type { Sendable } from './send-data';
import { Transport, type TransportOwner } from './transport';
import type { SendCallback } from './written-callbacks';

const wires = new Wires(randomMaskingKeys());
/** "Try again later": the registry of close codes has no better word for a peer that does not read. */
const TRY_AGAIN_LATER = 1013;

type Owner = ProtocolListener & TransportOwner & InboxOwner & OutgoingOwner & LivenessOwner & Timed;

export class LiveConnection implements Owner {
  binaryType: BinaryType = 'nodebuffer';
  /** The deadline of the closing handshake. */
  slot: Slot | null = null;
  readonly outgoing: Outgoing;
  private readonly events: SocketEvents;
  private readonly owner: EndingListener;
  private readonly settings: ConnectionSettings;
  private readonly transport: Transport;
  private readonly protocol: ConnectionProtocol;
  private inbox: Inbox | null = null;
  private liveness: Liveness | null = null;
  private ending: EndingRecord | null = null;

  constructor(
    events: SocketEvents,
    role: Role,
    session: Session,
    settings: ConnectionSettings,
    owner: EndingListener,
  ) {
    this.events = events;
    this.owner = owner;
    this.settings = settings;
    this.transport = new Transport(session.stream, this, settings.highWaterMark);
    const wire = wires.of(session.version, role);
    this.protocol = new ConnectionProtocol(role, wire, this.transport.outbox, this, settings);
    this.outgoing = new Outgoing(this, this.protocol, this.transport, settings);
  }

  get wire(): Wire {
    return this.protocol.wire;
  }

  /** Whether messages may be sent: nobody has begun to close. */
  get isOpen(): boolean {
    return this.protocol.state === 'open' && this.ending?.closeRequested !== true;
  }

  get readyState(): ReadyState {
    if (this.isOpen) return READY_STATE.OPEN;
    const state = readyStateOf(this.protocol.state);
    return state === READY_STATE.OPEN ? READY_STATE.CLOSING : state;
  }

  /** Begins to read: first `head`, then the stream. */
  start(head: Uint8Array): void {
    if (this.isOpen)
      this.liveness = livenessOf(this.settings, this.wire.hasPing, this, sharedWheel);
    this.transport.start(head);
  }

  /** Sends a message; see `Outgoing`. */
  send(data: Sendable, callback: SendCallback | null): boolean {
    this.liveness?.messagePassed();
    return this.outgoing.send(data, callback);
  }

  /** Starts the closing handshake behind all that was sent; messages that come from now on are dropped. */
  close(code: number, reason: string): void {
    if (!this.isOpen) return;
    this.began('local', null).closeRequested = true;
    this.discardMessages();
    this.outgoing.afterAll(() => {
      this.protocol.startClosingHandshake(code, reason);
      this.transport.scheduleFlush();
      this.settle();
    });
    this.goOn();
  }

  /** Ends the connection at once, without a closing handshake. */
  terminate(cause: Error): void {
    this.began('local', cause);
    this.destroy();
  }

  /** Delivers no messages until `resume()`; the peer is made to wait (TCP back-pressure). */
  pause(): void {
    if (!this.isOpen) return;
    this.openInbox().paused = true;
    this.stopReading();
  }

  resume(): void {
    if (this.inbox === null) return;
    this.inbox.paused = false;
    this.inbox.deliverSoon();
  }

  get isPaused(): boolean {
    return this.inbox?.paused ?? false;
  }

  /** Tells of an error; of the first one only. */
  reportError(error: Error): void {
    this.ending ??= new EndingRecord();
    if (this.ending.errorReported) return;
    this.ending.errorReported = true;
    this.events.tellError(error);
  }

  onChunk(chunk: Uint8Array): void {
    this.liveness?.heard();
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
    this.events.tell('drain');
  }

  onGone(error: Error | null): void {
    this.ending ??= new EndingRecord();
    if (error !== null) this.began('network', error);
    this.ending.streamError = error;
    this.ending.goneWaits = this.inbox?.delaysEnd ?? false;
    if (!this.ending.goneWaits) this.finish(this.ending);
    else if (this.slot === null) sharedWheel.set(this, this.settings.closeTimeout);
  }

  onText(text: string): void {
    this.deliver(text);
  }

  onBinary(data: Uint8Array): void {
    this.deliver(receivedBinary(data, this.binaryType));
  }

  onPing(data: Uint8Array): void {
    this.events.tellControl('ping', data);
  }

  onPong(data: Uint8Array): void {
    this.outgoing.pingAnswered(data);
    this.events.tellControl('pong', data);
  }

  isCongested(): boolean {
    return this.transport.congested;
  }

  dispatchMessage(data: MessageData): void {
    this.events.tellMessage(data);
  }

  stopReading(): void {
    this.protocol.pause();
    this.transport.pause();
  }

  delivered(): void {
    if (this.inbox?.isEmpty === true) {
      this.inbox = null;
      this.goOn();
    }
    if (this.ending?.goneWaits === true && !this.isPaused) this.finish(this.ending);
  }

  onSlowReader(): void {
    this.began('local', new ConnectionError('WS_ERR_SLOW_READER'));
    this.close(TRY_AGAIN_LATER, '');
  }

  pingPeer(): void {
    this.outgoing.ping(new Uint8Array(0), null);
  }

  giveUp(code: ConnectionErrorCode): void {
    const error = new ConnectionError(code);
    this.began('timeout', error);
    this.reportError(error);
    this.destroy();
  }

  /**
   * Once both sides have said that they close, how long the transport takes is nobody's concern. And
   * the end does not wait forever for a listener of messages: only as long as the application pauses.
   */
  onDeadline(): void {
    if (this.ending?.goneWaits === true) {
      if (!this.isPaused) this.finish(this.ending);
    } else if (this.protocol.wasClean) this.destroy();
    else this.giveUp('WS_ERR_CLOSE_TIMEOUT');
  }

  /** Hands a message over, or keeps it: nothing is lost that nobody listens for yet. */
  private deliver(data: MessageData): void {
    if (this.ending?.closeRequested === true) return;
    this.liveness?.messagePassed();
    if (this.inbox === null && this.events.listeners.messages.length > 0)
      this.dispatchMessage(data);
    else this.openInbox().hold(data);
  }

  private openInbox(): Inbox {
    this.inbox ??= new Inbox(this, this.events.listeners.messages, this.settings.highWaterMark);
    return this.inbox;
  }

  /** The application wants no more messages. */
  private discardMessages(): void {
    this.inbox?.discard();
    this.inbox = null;
    const { ending } = this;
    if (ending?.goneWaits === true) process.nextTick(() => this.finish(ending));
  }

  /** Goes on where reading was stopped. */
  private goOn(): void {
    this.transport.resume();
    this.transport.inOneWrite(() => this.protocol.resume());
    this.settle();
  }

  private began(initiator: Initiator, cause: Error | null): EndingRecord {
    this.liveness?.stop();
    this.ending ??= new EndingRecord();
    this.ending.note(initiator, cause);
    return this.ending;
  }

  /** Does what has become due since the connection left its open state. */
  private settle(): void {
    const { protocol, transport } = this;
    if (protocol.state === 'open' || protocol.state === 'closed') return;
    if (protocol.violation !== null && this.ending?.errorReported !== true) {
      const error = new ProtocolError(protocol.violation);
      this.began('protocol', error);
      this.reportError(error);
    }
    this.began(protocol.closeReceived === null ? 'network' : 'remote', null);
    this.outgoing.abandon();
    const takesTime = !protocol.endsTransport || transport.end();
    if (takesTime && this.slot === null) sharedWheel.set(this, this.settings.closeTimeout);
  }

  private destroy(): void {
    this.discardMessages();
    this.protocol.abandon();
    this.transport.destroy();
  }

  /** The last thing that happens. */
  private finish(ending: EndingRecord): void {
    const { protocol } = this;
    if (protocol.state === 'closed') return;
    this.inbox?.discard();
    this.inbox = null;
    ending.goneWaits = false;
    this.liveness?.stop();
    sharedWheel.clear(this);
    protocol.receiveGone();
    if (!protocol.wasClean && ending.streamError !== null) this.reportError(ending.streamError);
    this.outgoing.abandon();
    this.owner.ended(ending.conclude(protocol));
  }
}
