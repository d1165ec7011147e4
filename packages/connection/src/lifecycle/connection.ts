/**
 * One WebSocket behind its face, from the constructor to the end: first a handshake under way, then a
 * live connection, then the memory of both. The face checks what it is given; this does it.
 */
import { isBinaryType, warnOfBinaryType, type BinaryType } from '../api/binary-type';
import {
  observeClose,
  observeOpen,
  observeSlowReader,
  type ObservedConnection,
} from '../diagnostics/observed';
import { trafficWithin, type Traffic } from '../diagnostics/traffic';
import type { ConnectionSettings } from '../options';
import { READY_STATE, type ReadyState } from '../protocol/closing';
import type { CloseStatus } from '../protocol/connection-protocol';
import { SERVER, type Role } from '../protocol/role';
import type { Receiver, ReceiverListener } from '../receiving/receiver';
import { receiverOf } from '../receiving/turn-receiver';
import type { PingCallback } from '../sending/pending-pings';
import { StreamSender } from '../sending/stream-sender';
import type { SenderListener } from '../sending/sender-owner';
import { whenAborted } from '../support/abort-listeners';
import { debugLog, shownBeginning, shownError, shownUrl } from '../support/debug-log';
import { destroyStream } from '../transport/destroy-stream';
import { ConnectionError } from './connection-error';
import type { Dispatcher } from './dispatcher';
import { failedOpening, type Ending } from './ending';
import { LiveConnection } from './live-connection';
import type { LiveParts } from './live-parts';
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
class EarlyEnd {
  /** Why the WebSocket was given up before it was open; null if it was not. */
  reason: Error | null = null;
  /** The closing handshake that begins as soon as the connection is open; null if none does. */
  closing: CloseStatus | null = null;
  /** Whether messages are wanted until the peer's closing frame then. */
  readsOn = false;
  /** Tells the signal that it need not end the connection any more. */
  forgetSignal: (() => void) | null = null;
}

type Listener = OpeningListener & SenderListener & ReceiverListener & ObservedConnection;

export class Connection implements Listener, LiveParts {
  readonly role: Role;
  readonly url: string;
  readonly sender: StreamSender;
  readonly receiver: Receiver;
  agreed: Agreed = NOTHING_AGREED;
  live: LiveConnection | null = null;
  readonly dispatcher: Dispatcher;
  readonly settings: ConnectionSettings;
  readonly traffic: Traffic | null;
  /** Null once it has ended. */
  private opening: Opening | null;
  /** Null unless there is a signal, or the WebSocket was closed or given up before it was open. */
  private early: EarlyEnd | null = null;

  constructor(dispatcher: Dispatcher, opening: Opening, settings: ConnectionSettings) {
    this.dispatcher = dispatcher;
    this.settings = settings;
    this.role = opening.role;
    this.url = opening.url;
    this.opening = opening;
    this.traffic = trafficWithin(opening.traffic ?? null);
    this.sender = new StreamSender(this);
    this.receiver = receiverOf(this);
  }

  begin(): void {
    const { signal } = this.settings;
    debugLog?.joins(this.receiver, this);
    debugLog?.note(this, `connecting, as ${this.role.name}, ${shownUrl(this.url)}`);
    // First: with a signal that has aborted already, nothing is dialled.
    if (signal !== null) this.endOnAbort(signal);
    this.opening?.begin(this);
  }

  get readyState(): ReadyState {
    if (this.live !== null) return this.live.readyState;
    if (this.opening === null) return READY_STATE.CLOSED;
    return this.isEndingEarly ? READY_STATE.CLOSING : READY_STATE.CONNECTING;
  }

  get websocket(): object {
    return this.dispatcher.target!;
  }

  get binaryType(): BinaryType {
    return this.receiver.binaryType;
  }

  set binaryType(value: unknown) {
    if (isBinaryType(value)) this.receiver.binaryType = value;
    else warnOfBinaryType(value);
  }

  /**
   * @param onSent called when the ping is sent later than now: when the connection is open
   * @returns whether it was sent, or waits for that: the connection is not closing, its protocol version
   * has pings, and not too much waits
   */
  ping(
    data: Uint8Array,
    callback: PingCallback | null,
    onSent: () => void = () => undefined,
  ): boolean {
    const { live } = this;
    if (live === null) return this.sender.pingWhenOpen(data, callback, onSent);
    if (!live.isOpen || !live.protocol.wire.hasPing) return false;
    this.sender.ping(data, callback);
    return true;
  }

  /**
   * Before the connection is open, a client gives it up: "fail the WebSocket connection" (WHATWG
   * WebSockets §3.1, `close()`). A server has a handshake to answer, and so closes behind that.
   */
  close(status: CloseStatus): void {
    if (this.live !== null || this.role === SERVER || this.isEndingEarly) this.end(status, false);
    else this.abort(new ConnectionError('WS_ERR_CLOSED_EARLY'));
  }

  /**
   * Starts the closing handshake behind all that was sent, as soon as the connection is open.
   *
   * @param readsOn whether messages are delivered until the peer's closing frame, if anybody listens
   */
  end(status: CloseStatus, readsOn: boolean = true): void {
    if (this.live !== null) {
      this.live.close(status.code, status.reason, readsOn);
      return;
    }
    const early = this.earlyEnd();
    early.readsOn = readsOn;
    if (early.reason === null) early.closing ??= status;
  }

  terminate(cause: Error): void {
    if (this.live !== null) this.live.terminate(cause);
    else this.abort(cause);
  }

  /** Without effect once nothing is delivered any more. */
  pause(): void {
    const { live } = this;
    const mayPause = live === null ? this.opening !== null : live.isOpen || live.readsOn;
    if (mayPause) this.receiver.pause();
  }

  onSlowReader(): void {
    const closes = this.settings.slowReader === 'close';
    observeSlowReader(this, closes);
    if (!closes) return;
    if (this.live !== null) this.live.onSlowReader();
    else this.abort(new ConnectionError('WS_ERR_SLOW_READER'));
  }

  get isConnecting(): boolean {
    return this.readyState === READY_STATE.CONNECTING;
  }

  /** Whether it is open, or has been: not if it was closed before that. */
  get wasOpened(): boolean {
    return this.live !== null && !this.isEndingEarly;
  }

  opened(session: Session): void {
    const { sender, early } = this;
    if (early !== null && early.reason !== null) {
      session.pipeline?.close();
      destroyStream(session.stream.on('error', () => undefined));
      this.failed(early.reason);
      return;
    }
    const live = new LiveConnection(this, session);
    this.opening = null;
    this.agreed = agreedIn(session);
    this.live = live;
    debugLog?.note(this, `open, ${session.version}${session.pipeline ? ', with extensions' : ''}`);
    sender.begin();
    if (early !== null && early.closing !== null) this.end(early.closing, early.readsOn);
    if (live.isOpen) {
      observeOpen(this);
      this.dispatcher.open();
    }
    live.start(session.head);
  }

  failed(error: Error & Partial<HandshakeResponse>): void {
    if (this.opening === null) return;
    const { statusCode, headers = {} } = error;
    debugLog?.note(this, `failed to open${shownError(error)}`);
    this.opening = null;
    if (statusCode !== undefined) {
      this.agreed = { ...NOTHING_AGREED, response: { statusCode, headers } };
    }
    this.sender.abandon(new ConnectionError('WS_ERR_NOT_SENT', { cause: error }));
    this.receiver.discard();
    this.dispatcher.error(error);
    this.ended(failedOpening(error, (this.early?.reason ?? null) !== null));
  }

  ended(ending: Ending): void {
    this.early?.forgetSignal?.();
    debugLog?.note(this, shownEnding(ending));
    if (this.wasOpened) observeClose(this, ending);
    this.dispatcher.closed(ending);
  }

  /** Whether the application has closed or given up the connection, which is not open. */
  private get isEndingEarly(): boolean {
    const { early } = this;
    return early !== null && (early.reason !== null || early.closing !== null);
  }

  private earlyEnd(): EarlyEnd {
    return (this.early ??= new EarlyEnd());
  }

  private abort(reason: Error): void {
    const { opening } = this;
    if (opening === null || this.early?.reason) return;
    this.earlyEnd().reason = reason;
    debugLog?.note(this, shownBeginning('local', reason));
    opening.abort(reason);
  }

  private endOnAbort(signal: AbortSignal): void {
    this.earlyEnd().forgetSignal = whenAborted(signal, () => {
      this.terminate(new ConnectionError('WS_ERR_ABORTED', { cause: signal.reason }));
    });
  }
}

function shownEnding({ code, initiator, wasClean, cause }: Ending): string {
  const how = wasClean ? 'cleanly' : 'not cleanly';
  return `closed ${how}, with ${code}, by ${initiator}${shownError(cause)}`;
}

function agreedIn({ protocol, extensions, response }: Session): Agreed {
  if (protocol === '' && extensions === '' && response === undefined) return NOTHING_AGREED;
  return { subprotocol: protocol, extensions, response: response ?? null };
}
