/**
 * An open connection until its end: joins the protocol to the transport, turns what the protocol
 * hears into events, and ends what takes too long. What it needs only at times (an inbox, a watch on
 * the peer) exists only then: an idle connection is small.
 */
import { ProtocolError, randomMaskingKeys } from '@ws/frame-parser';
import { ConnectionError, type ConnectionErrorCode } from './connection-error';
import { EndingRecord, type EndingListener, type Initiator } from './ending';
import { Incoming, type IncomingOwner } from '../receiving/receiver';
import { livenessOf, type Liveness, type LivenessOwner } from './keep-alive';
import type { Session } from './opening';
import type { ConnectionSettings } from '../options';
import { Outgoing, type OutgoingOwner } from '../sending/sender';
import { CLOSE_CODE, READY_STATE, readyStateOf, type ReadyState } from '../protocol/closing';
import { ConnectionProtocol, type ProtocolListener } from '../protocol/connection-protocol';
import type { Role } from '../protocol/role';
import { decoderOptions, type Wire } from '../protocol/wire';
import { Wires } from '../protocol/wires';
import type { SocketEvents } from '../api/event-dispatcher';
import { sharedWheel, type Slot, type Timed } from '../support/timer-wheel';
import type { Sendable } from '../api/send-data';
import { Transport, type TransportOwner } from '../transport/transport';
import type { SendCallback } from '../sending/written-callbacks';
import { nextTick } from '../support/host';

const wires = new Wires(randomMaskingKeys());

type Owner = ProtocolListener &
  TransportOwner &
  IncomingOwner &
  OutgoingOwner &
  LivenessOwner &
  Timed;

export class LiveConnection implements Owner {
  /** The deadline of the closing handshake. */
  slot: Slot | null = null;
  readonly outgoing: Outgoing;
  readonly incoming: Incoming;
  private readonly events: SocketEvents;
  private readonly owner: EndingListener;
  private readonly settings: ConnectionSettings;
  private readonly transport: Transport;
  private readonly protocol: ConnectionProtocol;
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
    const { pipeline = null } = session;
    const wire = wires.of(session.version, role);
    const options = decoderOptions(settings.maxLength, pipeline);
    this.protocol = new ConnectionProtocol(role, wire, this.transport.outbox, this, options);
    this.outgoing = new Outgoing(this, this.protocol, this.transport, settings, pipeline);
    this.incoming = new Incoming(this, events, this.protocol, this.transport, settings, pipeline);
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
    const { settings, wire } = this;
    if (this.isOpen) this.liveness = livenessOf(settings, wire.hasPing, this, sharedWheel);
    this.transport.start(head);
  }

  /** Sends a message; see `Outgoing`. */
  send(data: Sendable, compress: boolean, callback: SendCallback | null): boolean {
    this.liveness?.messagePassed();
    return this.outgoing.send(data, compress, callback);
  }

  /** Starts the closing handshake behind all that was sent; messages that come from now on are dropped. */
  close(code: number, reason: string): void {
    if (!this.isOpen) return;
    this.began('local', null).closeRequested = true;
    this.afterSending(() => this.protocol.startClosingHandshake(code, reason));
    this.discardMessages();
  }

  /** Ends the connection at once, without a closing handshake. */
  terminate(cause: Error): void {
    this.began('local', cause);
    this.destroy();
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
    this.ending.goneWaits = this.incoming.delaysEnd;
    if (!this.ending.goneWaits) this.finish(this.ending);
    else if (this.slot === null) sharedWheel.set(this, this.settings.closeTimeout);
  }

  onText(text: string): void {
    this.liveness?.messagePassed();
    this.incoming.count();
    this.incoming.onText(text);
  }

  onBinary(data: Uint8Array): void {
    this.liveness?.messagePassed();
    this.incoming.count();
    this.incoming.onBinary(data);
  }

  onReserved(opcode: number, rsv: number, data: Uint8Array): void {
    this.liveness?.messagePassed();
    this.incoming.count();
    this.incoming.onReserved(opcode, rsv, data);
  }

  onPing(data: Uint8Array): void {
    this.incoming.count();
    this.events.tellControl('ping', data);
  }

  onPong(data: Uint8Array): void {
    this.incoming.count();
    this.outgoing.pingAnswered(data);
    this.events.tellControl('pong', data);
  }

  isCongested(): boolean {
    return this.transport.congested;
  }

  afterSending(action: () => void): void {
    this.outgoing.afterAll(() => {
      action();
      this.transport.scheduleFlush();
      this.settle();
    });
  }

  onRead(): void {
    this.liveness?.heard();
    this.settle();
  }

  onIdle(): void {
    if (this.ending?.goneWaits === true) this.finish(this.ending);
  }

  onExtensionFailed(error: ConnectionError): void {
    this.began('local', error);
    this.settle();
    this.reportError(error);
  }

  onSlowReader(): void {
    this.began('local', new ConnectionError('WS_ERR_SLOW_READER'));
    this.close(CLOSE_CODE.TRY_AGAIN_LATER, '');
  }

  get isListening(): boolean {
    return !this.transport.isPaused;
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
      if (!this.incoming.isPaused) this.finish(this.ending);
    } else if (this.protocol.wasClean) this.destroy();
    else this.giveUp('WS_ERR_CLOSE_TIMEOUT');
  }

  /** The application wants no more messages. */
  private discardMessages(): void {
    this.incoming.stop();
    if (this.ending?.goneWaits === true) nextTick(() => this.onIdle());
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
      const error = new ProtocolError(protocol.violation, this.incoming.extensionFailure);
      this.began('protocol', error);
      this.reportError(error);
    }
    this.began(protocol.closeReceived === null ? 'network' : 'remote', null);
    this.outgoing.abandonPings();
    if (protocol.state === 'draining') this.outgoing.abandon();
    const takesTime = !protocol.endsTransport || transport.end();
    if (takesTime && this.slot === null) sharedWheel.set(this, this.settings.closeTimeout);
  }

  private destroy(): void {
    this.protocol.abandon();
    this.transport.destroy();
    // Before the extensions: that they give up a message now is no failure of theirs.
    this.outgoing.abandon();
    this.incoming.close();
    this.discardMessages();
  }

  /** The last thing that happens. */
  private finish(ending: EndingRecord): void {
    const { protocol } = this;
    if (protocol.state === 'closed') return;
    this.incoming.stop();
    this.incoming.close();
    ending.goneWaits = false;
    this.liveness?.stop();
    sharedWheel.clear(this);
    protocol.receiveGone();
    if (!protocol.wasClean && ending.streamError !== null) this.reportError(ending.streamError);
    this.outgoing.abandon();
    this.owner.ended(ending.conclude(protocol));
  }
}
