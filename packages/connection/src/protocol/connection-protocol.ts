/**
 * The live connection without its transport: messages and control frames in, bytes into the outbox,
 * and the closing handshake. No sockets, no clocks, no emitter: two of these joined in memory are a
 * whole WebSocket connection.
 */
import type { MessageSink, ViolationCode } from '@ws/frame-parser';
import { VIOLATIONS } from '@ws/frame-parser';
import { nextClosingState } from './closing';
import type { ClosingEvent, ClosingState } from './closing';
import type { Outbox } from './outbox';
import type { SharedRun } from './shared-run';
import type { DecoderOptions, Wire, WireDecoder } from './wire';

/** What a closing frame said. */
export interface CloseStatus {
  /** 1005 when the frame carried none. */
  readonly code: number;
  /** `''` when the frame carried none. */
  readonly reason: string;
}

/** Who gets the messages, synchronously, as they are read. */
export interface MessageReceiver {
  /** @param byteLength of the text as UTF-8 */
  onText(text: string, byteLength: number): void;
  /** Text that the decoder does not decode. @param data the receiver's to keep */
  onTextBytes(data: Uint8Array): void;
  /** @param data the receiver's to keep */
  onBinary(data: Uint8Array): void;
  /** A message for extensions; see `MessageSink`. */
  onReserved(opcode: number, rsv: number, data: Uint8Array): void;
}

/** Who owns a connection: hears of its control frames, and knows what the protocol does not. */
export interface ProtocolOwner {
  readonly transport: ProtocolOutput;
  /** One has come. @param data valid during the call only */
  onControl(type: 'ping' | 'pong', data: Uint8Array): void;
  /** One is in the outbox. @param byteLength of its payload */
  onControlSent(type: 'ping' | 'pong', byteLength: number): void;
  /** Whether what was sent before is still waiting for the peer to read. */
  readonly isCongested: boolean;
  /** Whether messages are wanted behind the closing frame that was sent. */
  readonly readsOn: boolean;
  /** Calls `reply` once all that the application has sent by now is in the outbox. */
  afterSending(reply: () => void): void;
}

/** Where the outbox is that bytes go to. */
export interface ProtocolOutput {
  readonly outbox: Outbox;
}

/** What has been said and heard of the end; most connections have none most of the time. */
class EndState {
  closeSent: CloseStatus | null = null;
  closeReceived: CloseStatus | null = null;
  violation: ViolationCode | null = null;
  /** The peer's end of stream has taken effect… */
  eofReceived = false;
  /** …or has to wait until what came before it is delivered. */
  eofWaits = false;
  /** Messages that came behind the closing frame that was sent. */
  lateMessages = 0;
}

/** Draft 76 has no codes: both closing frames seen is a normal closure. */
const NO_CODE: CloseStatus = { code: 1000, reason: '' };

export class ConnectionProtocol implements MessageSink {
  state: ClosingState = 'open';
  readonly wire: Wire;
  /** What reads the peer's bytes, as they come. */
  readonly decoder: WireDecoder;
  private readonly owner: ProtocolOwner;
  private readonly receiver: MessageReceiver;
  private latestPing: Uint8Array | null = null;
  private end: EndState | null = null;

  constructor(
    wire: Wire,
    owner: ProtocolOwner,
    receiver: MessageReceiver,
    options: DecoderOptions,
  ) {
    this.wire = wire;
    this.owner = owner;
    this.receiver = receiver;
    this.decoder = wire.decoder(this, options);
  }

  /** The closing frame sent, null until then. */
  get closeSent(): CloseStatus | null {
    return this.end === null ? null : this.end.closeSent;
  }

  /** The closing frame received, null until then. */
  get closeReceived(): CloseStatus | null {
    return this.end === null ? null : this.end.closeReceived;
  }

  /** How the peer broke the protocol, null if it did not. */
  get violation(): ViolationCode | null {
    return this.end === null ? null : this.end.violation;
  }

  /** How many messages came behind the closing frame that was sent, and were delivered. */
  get lateMessages(): number {
    return this.end === null ? 0 : this.end.lateMessages;
  }

  /**
   * The peer has ended its stream: takes effect once all that came before has been delivered. In draft
   * 75, between two messages, that is how it closes.
   */
  receiveEof(): void {
    if (this.state === 'closed') return;
    const end = this.endState();
    end.eofWaits = !this.isOver && this.decoder.paused;
    if (end.eofWaits) return;
    end.eofReceived = true;
    if (!this.wire.hasClosingFrame && !this.isOver && this.decoder.bufferedBytes === 0) {
      end.closeReceived ??= NO_CODE;
      end.closeSent ??= NO_CODE;
    }
    this.advance('eof');
  }

  /** The transport is gone, for whatever reason. */
  receiveTransportClosed(): void {
    if (this.state !== 'closed') this.advance('transportClosed');
  }

  /** Nothing more is delivered, after the message being delivered, until `resume()`. */
  pause(): void {
    this.decoder.pause();
  }

  resume(): void {
    if (this.isOver) return;
    const { end } = this;
    const eofWaits = end !== null && end.eofWaits;
    if (eofWaits) end.eofWaits = false;
    this.decoder.resume();
    if (eofWaits) this.receiveEof();
  }

  /** @returns the payload's length in bytes */
  sendText(text: string): number {
    return this.wire.appendText(this.owner.transport.outbox, text);
  }

  /** May keep a reference to `data` until the outbox is flushed. */
  sendBinary(data: Uint8Array): void {
    this.wire.appendBinary(this.owner.transport.outbox, data);
  }

  /** A message that extensions have made, or a fragment of one; as `sendBinary`. */
  sendFrame(opcode: number, rsv: number, data: Uint8Array, isLast: boolean): void {
    this.wire.appendFrame(this.owner.transport.outbox, opcode, rsv, data, isLast);
  }

  /** Whether `sendEncoded()` may be called: this end sends the frames of RFC 6455, unmasked. */
  get takesEncoded(): boolean {
    return this.wire.hasFragments && !this.wire.role.masksOutgoing;
  }

  /** All frames of a message, encoded by somebody else. */
  sendEncoded(frames: SharedRun): void {
    this.owner.transport.outbox.appendShared(frames);
  }

  sendPing(data: Uint8Array): void {
    this.wire.appendPing(this.owner.transport.outbox, data);
    this.owner.onControlSent('ping', data.byteLength);
  }

  sendPong(data: Uint8Array): void {
    this.wire.appendPong(this.owner.transport.outbox, data);
    this.owner.onControlSent('pong', data.byteLength);
  }

  /** _Start the WebSocket Closing Handshake_ (§7.1.2). Without effect if it has already started. */
  startClosingHandshake(code: number, reason: string): void {
    if (this.closeSent !== null || this.isOver) return;
    this.endState().closeSent = this.wire.hasCloseStatus ? { code, reason } : NO_CODE;
    this.wire.appendClose(this.owner.transport.outbox, code, reason);
    this.advance('sendClose');
    if (!this.wire.hasClosingFrame) this.receiveClosingFrame(NO_CODE);
  }

  /** _Fail the WebSocket Connection_ (§7.1.7) because of what the peer did. */
  fail(violation: ViolationCode): void {
    if (this.isOver) return;
    const end = this.endState();
    end.violation = violation;
    if (end.closeSent === null && this.wire.hasCloseStatus) {
      const { closeCode, text } = VIOLATIONS[violation];
      end.closeSent = { code: closeCode, reason: text };
      this.wire.appendClose(this.owner.transport.outbox, closeCode, text);
    }
    this.advance('fail');
  }

  /** Ends the connection without a word: nothing more is delivered. */
  abandon(): void {
    if (!this.isOver) this.advance('fail');
  }

  /** The peer reads again: answers the ping that was put off. */
  answerLatestPing(): void {
    const data = this.latestPing;
    this.latestPing = null;
    if (data !== null && this.closeSent === null && this.state === 'open') this.sendPong(data);
  }

  /** The closing handshake was completed by both sides (§7.1.4). */
  get wasClean(): boolean {
    return this.closeSent !== null && this.closeReceived !== null && this.violation === null;
  }

  /** Whether this side is the one to end the transport now (§7.1.1, §7.1.7). */
  get endsTransport(): boolean {
    if (this.state !== 'draining') return false;
    const eofReceived = this.end?.eofReceived === true;
    if (!this.wire.hasClosingFrame || eofReceived || !this.wasClean) return true;
    return this.wire.role.closesTransportFirst;
  }

  onText(text: string, byteLength: number): void {
    if (this.state === 'open' || this.takesLate()) this.receiver.onText(text, byteLength);
  }

  onTextBytes(data: Uint8Array): void {
    if (this.state === 'open' || this.takesLate()) this.receiver.onTextBytes(data);
  }

  onBinary(data: Uint8Array): void {
    if (this.state === 'open' || this.takesLate()) this.receiver.onBinary(data);
  }

  onReserved(opcode: number, rsv: number, data: Uint8Array): void {
    if (this.state === 'open' || this.takesLate()) this.receiver.onReserved(opcode, rsv, data);
  }

  /**
   * "If an endpoint receives a Ping frame and has not yet sent Pong frame(s) in response to previous
   * Ping frame(s), the endpoint MAY elect to send a Pong frame for only the most recently processed
   * Ping frame." §5.5.3
   */
  onPing(data: Uint8Array): void {
    if (this.closeSent === null) {
      if (this.owner.isCongested) this.latestPing = Uint8Array.from(data);
      else this.sendPong(data);
    }
    if (this.state === 'open') this.owner.onControl('ping', data);
  }

  onPong(data: Uint8Array): void {
    if (this.state === 'open') this.owner.onControl('pong', data);
  }

  onClose(code: number, reason: string): void {
    this.receiveClosingFrame({ code, reason });
  }

  onViolation(violation: ViolationCode): void {
    this.fail(violation);
  }

  /** "… it MUST send a Close frame in response", typically with the code received (§5.5.1). */
  private receiveClosingFrame(status: CloseStatus): void {
    this.endState().closeReceived = status;
    this.advance('receiveClose');
    if (this.closeSent !== null) return;
    this.owner.afterSending(() => this.startClosingHandshake(status.code, status.reason));
  }

  /** Whether a message, or a part of one, is delivered that came behind the closing frame that was sent. */
  takesLate(): boolean {
    if (this.state !== 'closeSent' || !this.owner.readsOn) return false;
    this.end!.lateMessages++;
    return true;
  }

  private endState(): EndState {
    return (this.end ??= new EndState());
  }

  /** Nothing more will be said or heard. */
  private get isOver(): boolean {
    return this.state === 'draining' || this.state === 'closed';
  }

  private advance(event: ClosingEvent): void {
    this.state = nextClosingState(this.state, event);
    if (this.isOver) this.decoder.end();
  }
}
