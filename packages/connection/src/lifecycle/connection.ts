/**
 * One WebSocket behind its face, from the constructor to the end: first a handshake under way, then a
 * live connection, then the memory of both. The face checks what it is given; this does it.
 */
import { isBinaryType, warnOfBinaryType, type BinaryType } from '../api/binary-type';
import type { ConnectionSettings } from '../options';
import { READY_STATE, type ReadyState } from '../protocol/closing';
import type { CloseStatus } from '../protocol/connection-protocol';
import type { Role } from '../protocol/role';
import type { Receiver } from '../receiving/receiver';
import { receiverOf } from '../receiving/turn-receiver';
import type { PingCallback } from '../sending/pending-pings';
import { Sender } from '../sending/sender';
import type { SenderListener } from '../sending/sender-owner';
import { whenAborted } from '../support/abort-listeners';
import { destroyStream } from '../transport/destroy-stream';
import { ConnectionError } from './connection-error';
import type { Dispatcher } from './dispatcher';
import { failedOpening, type Ending } from './ending';
import { LiveConnection, type LiveParts } from './live-connection';
import type { HandshakeResponse, Opening, OpeningListener, Session } from './opening';

/** What the opening handshake has agreed on, as applications see it. */
interface Agreed {
  readonly subprotocol: string;
  readonly extensions: string;
  /** What the server answered; null on a server, and before the answer. */
  readonly response: HandshakeResponse | null;
}

/** What most connections of a server agree on; they share it. */
const NOTHING_AGREED: Agreed = { subprotocol: '', extensions: '', response: null };

/** How the application ends the connection before it is open, or by a signal. */
interface AbortState {
  /** Why the WebSocket was given up before it was open; null if it was not. */
  reason: Error | null;
  /** Tells the signal that it need not end the connection any more. */
  readonly forgetSignal: (() => void) | null;
}

export class Connection implements OpeningListener, LiveParts, SenderListener {
  readonly role: Role;
  readonly url: string;
  readonly sender: Sender;
  readonly receiver: Receiver;
  agreed: Agreed = NOTHING_AGREED;
  live: LiveConnection | null = null;
  readonly dispatcher: Dispatcher;
  readonly settings: ConnectionSettings;
  /** Null once it has ended. */
  private opening: Opening | null;
  /** Null unless there is a signal, or the WebSocket was given up. */
  private aborting: AbortState | null = null;

  constructor(dispatcher: Dispatcher, opening: Opening, settings: ConnectionSettings) {
    this.dispatcher = dispatcher;
    this.settings = settings;
    this.role = opening.role;
    this.url = opening.url;
    this.opening = opening;
    this.sender = new Sender(this);
    this.receiver = receiverOf(this);
  }

  begin(): void {
    const { signal } = this.settings;
    this.opening?.begin(this);
    if (signal !== null) this.endOnAbort(signal);
  }

  get readyState(): ReadyState {
    if (this.live !== null) return this.live.readyState;
    if (this.opening === null) return READY_STATE.CLOSED;
    return this.abortReason === null ? READY_STATE.CONNECTING : READY_STATE.CLOSING;
  }

  get binaryType(): BinaryType {
    return this.receiver.binaryType;
  }

  set binaryType(value: unknown) {
    if (isBinaryType(value)) this.receiver.binaryType = value;
    else warnOfBinaryType(value);
  }

  /** @returns whether it was sent: the connection is open, and its protocol version has pings */
  ping(data: Uint8Array, callback: PingCallback | null): boolean {
    const { live } = this;
    if (live?.isOpen !== true || !live.protocol.wire.hasPing) return false;
    this.sender.ping(data, callback);
    return true;
  }

  close({ code, reason }: CloseStatus): void {
    if (this.live !== null) this.live.close(code, reason);
    else this.abort(new ConnectionError('WS_ERR_CLOSED_EARLY'));
  }

  terminate(cause: Error): void {
    if (this.live !== null) this.live.terminate(cause);
    else this.abort(cause);
  }

  /** Without effect once the connection closes: nothing is delivered any more. */
  pause(): void {
    const mayPause = this.live === null ? this.opening !== null : this.live.isOpen;
    if (mayPause) this.receiver.pause();
  }

  onSlowReader(): void {
    if (this.live !== null) this.live.onSlowReader();
    else this.abort(new ConnectionError('WS_ERR_SLOW_READER'));
  }

  get isConnecting(): boolean {
    return this.readyState === READY_STATE.CONNECTING;
  }

  opened(session: Session): void {
    const { sender, abortReason } = this;
    if (abortReason !== null) {
      session.pipeline?.close();
      destroyStream(session.stream.on('error', () => undefined));
      this.failed(abortReason);
      return;
    }
    const live = new LiveConnection(this, session);
    this.opening = null;
    this.agreed = agreedIn(session);
    this.live = live;
    sender.begin();
    if (live.isOpen) this.dispatcher.open();
    live.start(session.head);
  }

  failed(error: Error & Partial<HandshakeResponse>): void {
    if (this.opening === null) return;
    const { statusCode, headers = {} } = error;
    this.opening = null;
    if (statusCode !== undefined) {
      this.agreed = { ...NOTHING_AGREED, response: { statusCode, headers } };
    }
    this.sender.abandon(new ConnectionError('WS_ERR_NOT_SENT', { cause: error }));
    this.receiver.discard();
    this.dispatcher.error(error);
    this.ended(failedOpening(error, this.abortReason !== null));
  }

  ended(ending: Ending): void {
    this.aborting?.forgetSignal?.();
    this.dispatcher.closed(ending);
  }

  private get abortReason(): Error | null {
    return this.aborting === null ? null : this.aborting.reason;
  }

  private abort(reason: Error): void {
    const { opening } = this;
    if (opening === null || this.abortReason !== null) return;
    this.aborting ??= { reason, forgetSignal: null };
    this.aborting.reason = reason;
    opening.abort(reason);
  }

  private endOnAbort(signal: AbortSignal): void {
    const forgetSignal = whenAborted(signal, () => {
      this.terminate(new ConnectionError('WS_ERR_ABORTED', { cause: signal.reason }));
    });
    this.aborting = { reason: this.abortReason, forgetSignal };
  }
}

function agreedIn({ protocol, extensions, response }: Session): Agreed {
  if (protocol === '' && extensions === '' && response === undefined) return NOTHING_AGREED;
  return { subprotocol: protocol, extensions, response: response ?? null };
}
