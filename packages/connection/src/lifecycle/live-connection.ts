/**
 * An open connection until its end: joins the protocol to the transport, the sender and the receiver,
 * and ends what takes too long. What it needs only at times (a keep-alive, the record of its ending)
 * exists only then: an idle connection is small.
 */
import { ProtocolError, randomMaskingKeys } from '@ws/frame-parser';
import { CLOSE_CODE, READY_STATE, readyStateOf, type ReadyState } from '../protocol/closing';
import { ConnectionProtocol, type ProtocolOwner } from '../protocol/connection-protocol';
import { decoderOptions } from '../protocol/wire';
import { Wires } from '../protocol/wires';
import type { ReceiverOwner } from '../receiving/receiver';
import type { SenderOwner } from '../sending/sender-owner';
import { debugLog, shownBeginning } from '../support/debug-log';
import { soon } from '../support/scheduling';
import { sharedWheel } from '../support/timer-wheel';
import { Transport } from '../transport/transport';
import type { ByteReader, OutputAccount, TransportOwner } from '../transport/transport-owner';
import { CloseDeadline } from './close-deadline';
import { ConnectionError } from './connection-error';
import { DEADLINES } from './deadlines';
import { EndingRecord, type Initiator } from './ending';
import { isKeptAlive, KeepAlive } from './keep-alive';
import type { LiveParts } from './live-parts';
import type { Session } from './opening';
import { PausedProbe } from './paused-probe';
import { PeerView } from './peer-view';

const wires = new Wires(randomMaskingKeys());

type Owner = ProtocolOwner & TransportOwner & ReceiverOwner & SenderOwner;

export class LiveConnection implements Owner {
  keepAlive: KeepAlive | null = null;
  readonly parts: LiveParts;
  readonly transport: Transport;
  readonly protocol: ConnectionProtocol;
  private ending: EndingRecord | null = null;
  private probe: PausedProbe | null = null;

  constructor(parts: LiveParts, session: Session) {
    this.parts = parts;
    const { role, sender, receiver, settings } = parts;
    const { pipeline = null } = session;
    const transport = new Transport(session.stream, this);
    const options = decoderOptions(settings, pipeline, receiver);
    const wire = wires.of(session.version, role);
    const protocol = new ConnectionProtocol(wire, this, receiver, options);
    this.transport = transport;
    this.protocol = protocol;
    sender.open(this, pipeline);
    receiver.open(this, pipeline);
  }

  get reader(): ByteReader {
    return this.protocol.decoder;
  }

  get account(): OutputAccount {
    return this.parts.sender;
  }

  /** Whether messages may be sent: nobody has begun to close. */
  get isOpen(): boolean {
    return this.protocol.state === 'open' && this.ending?.closeRequested !== true;
  }

  /** Messages are wanted until the peer's closing frame, though this side has begun to close. */
  get readsOn(): boolean {
    return this.ending?.readsOn === true;
  }

  /** CLOSED from the error event on: to its application, a connection that has failed is over. */
  get readyState(): ReadyState {
    if (this.ending?.errorReported === true) return READY_STATE.CLOSED;
    if (this.isOpen) return READY_STATE.OPEN;
    const state = readyStateOf(this.protocol.state);
    return state === READY_STATE.OPEN ? READY_STATE.CLOSING : state;
  }

  /** Begins to read: first `head`, then the stream. */
  start(head: Uint8Array): void {
    const { settings, receiver } = this.parts;
    const canPing = this.protocol.wire.hasPing;
    // Most connections ask for none: they are not to pay for it.
    if (this.isOpen && isKeptAlive(settings, canPing)) {
      this.keepAlive = new KeepAlive(settings, canPing, new PeerView(this), sharedWheel);
    }
    if (receiver.isPaused) this.onPaused();
    this.transport.start(head);
  }

  /**
   * Starts the closing handshake behind all that was sent.
   *
   * @param readsOn whether messages are delivered until the peer's closing frame; if not, or nobody
   * listens by the end of the tick, those that come from now on are dropped
   */
  close(code: number, reason: string, readsOn: boolean = false): void {
    if (this.isOpen) {
      const ending = this.began('local', null);
      ending.closeRequested = true;
      ending.readsOn = readsOn;
      this.afterSending(() => this.protocol.startClosingHandshake(code, reason));
      this.startDeadline();
    } else if (!this.readsOn) return;
    const discard = (): void => this.discardMessages(readsOn);
    if (readsOn) soon(discard);
    else discard();
  }

  /** Ends the connection at once, without a closing handshake. */
  terminate(cause: Error): void {
    this.began('local', cause);
    this.destroy();
  }

  onChunkRead(): void {
    this.keepAlive?.heard();
    if (this.protocol.state !== 'open') this.settle();
  }

  onEof(): void {
    this.protocol.receiveEof();
    this.settle();
  }

  onRoom(): void {
    this.parts.dispatcher.drain();
  }

  onWritable(): void {
    this.protocol.answerLatestPing();
  }

  onPayloadChanged(): void {
    this.failLocally(new ConnectionError('WS_ERR_PAYLOAD_CHANGED'));
  }

  onTransportClosed(error: Error | null): void {
    const { record } = this;
    if (error !== null) this.began('network', error);
    record.streamError = error;
    record.closeWaits = this.parts.receiver.delaysEnd;
    if (!record.closeWaits) this.finish(record);
    else this.startDeadline(this.parts.settings.closeTimeout / 2); // the probe has had the other half
  }

  onControl(type: 'ping' | 'pong', data: Uint8Array): void {
    if (type === 'pong') this.parts.sender.pingAnswered(data);
    this.parts.dispatcher.control(type, data);
  }

  onControlSent(type: 'ping' | 'pong', byteLength: number): void {
    this.parts.dispatcher.controlSent(type, byteLength);
  }

  get isCongested(): boolean {
    return this.transport.isCongested;
  }

  afterSending(action: () => void): void {
    if (this.protocol.closeReceived !== null) this.parts.sender.abandonStream();
    this.parts.sender.afterAll(() => {
      action();
      this.transport.scheduleFlush();
      this.settle();
    });
  }

  onRead(): void {
    this.keepAlive?.heard();
    this.settle();
  }

  onIdle(): void {
    if (this.ending?.closeWaits === true) this.finish(this.ending);
  }

  onPaused(): void {
    if (!this.protocol.wire.hasPing) return;
    this.probe ??= new PausedProbe(new PeerView(this), this.parts.settings.closeTimeout);
    this.probe.watch();
  }

  failLocally(error: ConnectionError): void {
    this.protocol.startClosingHandshake(CLOSE_CODE.INTERNAL_ERROR, '');
    this.transport.scheduleFlush();
    this.parts.sender.abandon(error);
    this.began('local', error);
    this.settle();
    this.reportError(error);
  }

  onUnreadable(error: Error): void {
    this.parts.dispatcher.error(error);
  }

  onSlowReader(): void {
    this.began('local', new ConnectionError('WS_ERR_SLOW_READER'));
    this.close(CLOSE_CODE.TRY_AGAIN_LATER, '');
  }

  onNoBinary(error: Error): void {
    this.began('local', error).untoldError = error;
    this.close(CLOSE_CODE.UNSUPPORTED_DATA, '');
    soon(() => this.reportError(error));
  }

  giveUp(deadline: 'pong' | 'idle' | 'close'): void {
    const error = new ConnectionError(DEADLINES[deadline].error!);
    debugLog?.note(this.parts, `deadline ${deadline} has passed`);
    this.began('timeout', error);
    this.protocol.abandon();
    this.reportError(error);
    this.destroy();
  }

  /** Once both sides have said that they close, how long the transport takes is nobody's concern. */
  private onCloseTimeout(): void {
    const { ending } = this;
    if (ending?.closeWaits === true) this.finish(ending);
    else if (this.protocol.wasClean) this.destroy();
    else if (this.readsOn && this.parts.receiver.isPaused) this.startDeadline();
    else this.giveUp('close');
  }

  private startDeadline(timeout?: number): void {
    if (this.protocol.state === 'closed') return;
    const { closeTimeout } = this.parts.settings;
    const onTimeout = (): void => this.onCloseTimeout();
    this.record.deadline ??= new CloseDeadline(new PeerView(this), closeTimeout, onTimeout);
    this.record.deadline.start(timeout);
  }

  /** The application wants no more messages, or none that nobody listens to. */
  private discardMessages(unlessHeard: boolean = false): void {
    if (unlessHeard && this.parts.receiver.isHeard) return;
    if (this.ending !== null) this.ending.readsOn = false;
    this.parts.receiver.discard();
    if (this.ending?.closeWaits === true) soon(() => this.onIdle());
  }

  private began(initiator: Initiator, cause: Error | null): EndingRecord {
    this.keepAlive?.stop();
    this.keepAlive = null;
    if (!this.record.hasBegun) debugLog?.note(this.parts, shownBeginning(initiator, cause));
    return this.record.note(initiator, cause);
  }

  private get record(): EndingRecord {
    return (this.ending ??= new EndingRecord());
  }

  private reportError(error: Error): void {
    this.record.report(error, this.parts.dispatcher);
  }

  /** Does what has become due since the connection left its open state. */
  private settle(): void {
    const { protocol, transport, parts } = this;
    if (protocol.state === 'open' || protocol.state === 'closed') return;
    if (protocol.violation !== null && this.ending?.errorReported !== true) {
      const error = new ProtocolError(protocol.violation, parts.receiver.extensionFailure);
      this.began('protocol', error);
      this.reportError(error);
    }
    this.began(protocol.closeReceived === null ? 'network' : 'remote', null);
    parts.sender.abandonPings();
    if (protocol.state === 'draining') parts.sender.abandon();
    if (!protocol.endsTransport || transport.end()) this.startDeadline();
  }

  private destroy(): void {
    const { sender, receiver } = this.parts;
    this.protocol.abandon();
    this.transport.destroy();
    // Before the extensions: that they give up a message now is no failure of theirs.
    sender.abandon();
    receiver.close();
    this.discardMessages();
  }

  /** The last thing that happens. */
  private finish(ending: EndingRecord): void {
    const { protocol } = this;
    const { receiver, sender } = this.parts;
    if (protocol.state === 'closed') return;
    receiver.discard();
    receiver.close();
    ending.closeWaits = false;
    this.keepAlive?.stop();
    this.probe?.stop();
    ending.deadline?.stop();
    protocol.receiveTransportClosed();
    if (ending.untoldError !== null) this.reportError(ending.untoldError);
    if (!protocol.wasClean && ending.streamError !== null) this.reportError(ending.streamError);
    sender.abandon();
    this.parts.ended(ending.conclude(protocol));
  }
}
