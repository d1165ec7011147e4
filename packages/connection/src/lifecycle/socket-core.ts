/**
 * What a WebSocket is behind its interface: first a handshake under way, then a live connection, then
 * the memory of both. The faces check what they are given; this does it.
 */
import { isBinaryType, type BinaryType } from '../api/binary-type';
import { callBack } from '../support/callbacks';
import { Connecting, type ConnectingListener, type Unsent } from './connecting';
import { ConnectionError } from './connection-error';
import { failedOpening, type Ending, type EndingListener } from './ending';
import { LiveConnection } from './live-connection';
import type { HandshakeResponse, Opening, Session } from './opening';
import type { ConnectionSettings } from '../options';
import type { PingCallback } from '../sending/pending-pings';
import { READY_STATE, type ReadyState } from '../protocol/closing';
import type { CloseStatus } from '../protocol/connection-protocol';
import type { Role } from '../protocol/role';
import { byteLengthOf, type Sendable } from '../api/send-data';
import type { SocketEvents } from '../api/event-dispatcher';
import type { SendCallback } from '../sending/written-callbacks';
import { nextTick } from '../support/host';

export class SocketCore implements ConnectingListener, EndingListener {
  readonly role: Role;
  readonly url: string;
  subprotocol = '';
  extensions = '';
  /** What the server answered; null on a server, and before the answer. */
  response: HandshakeResponse | null = null;
  live: LiveConnection | null = null;
  private readonly events: SocketEvents;
  private readonly settings: ConnectionSettings;
  private connecting: Connecting | null;
  private chosenBinaryType: BinaryType = 'nodebuffer';
  private unsentBytes = 0;
  private forgetSignal: (() => void) | null = null;

  constructor(events: SocketEvents, opening: Opening, settings: ConnectionSettings) {
    this.events = events;
    this.settings = settings;
    this.role = opening.role;
    this.url = opening.url;
    this.connecting = new Connecting(opening, this);
  }

  begin(): void {
    const { signal } = this.settings;
    this.connecting?.begin();
    if (signal !== null) this.endOnAbort(signal);
  }

  get readyState(): ReadyState {
    if (this.live !== null) return this.live.readyState;
    if (this.connecting === null) return READY_STATE.CLOSED;
    return this.connecting.aborted ? READY_STATE.CLOSING : READY_STATE.CONNECTING;
  }

  get bufferedAmount(): number {
    const { live, connecting } = this;
    const waiting = live?.outgoing.bufferedAmount ?? connecting?.bufferedAmount ?? 0;
    return this.unsentBytes + waiting;
  }

  get binaryType(): BinaryType {
    return this.chosenBinaryType;
  }

  set binaryType(value: unknown) {
    if (!isBinaryType(value)) return;
    this.chosenBinaryType = value;
    if (this.live !== null) this.live.incoming.binaryType = value;
  }

  /** @throws {DOMException} NotSupportedError: bytes, to a peer whose protocol version has only text */
  send(data: Sendable, compress: boolean, callback: SendCallback | null): boolean {
    const { live } = this;
    if (live?.isOpen === true) {
      if (typeof data !== 'string' && !live.wire.hasBinary) throw noBinary(live.wire.version);
      return live.send(data, compress, callback);
    }
    if (this.readyState === READY_STATE.CONNECTING) {
      this.connecting?.send(data, compress, callback);
      return true;
    }
    this.unsentBytes += byteLengthOf(data);
    if (callback !== null) {
      nextTick(callback, new ConnectionError('WS_ERR_NOT_SENT'));
    }
    return false;
  }

  /** @returns whether it was sent: the connection is open, and its protocol version has pings */
  ping(data: Uint8Array, callback: PingCallback | null): boolean {
    const { live } = this;
    if (live?.isOpen !== true || !live.wire.hasPing) return false;
    live.outgoing.ping(data, callback);
    return true;
  }

  close({ code, reason }: CloseStatus): void {
    if (this.live !== null) this.live.close(code, reason);
    else this.connecting?.abort(new ConnectionError('WS_ERR_CLOSED_EARLY'));
  }

  terminate(cause: Error): void {
    if (this.live !== null) this.live.terminate(cause);
    else this.connecting?.abort(cause);
  }

  get isPaused(): boolean {
    return this.live?.incoming.isPaused ?? this.connecting?.paused ?? false;
  }

  pause(): void {
    if (this.live?.isOpen === true) this.live.incoming.pause();
    else if (this.connecting !== null) this.connecting.paused = true;
  }

  resume(): void {
    if (this.live !== null) this.live.incoming.resume();
    else if (this.connecting !== null) this.connecting.paused = false;
  }

  opened(session: Session, connecting: Connecting): void {
    const live = new LiveConnection(this.events, this.role, session, this.settings, this);
    this.connecting = null;
    this.subprotocol = session.protocol;
    this.extensions = session.extensions;
    this.response = session.response ?? null;
    this.live = live;
    live.incoming.binaryType = this.chosenBinaryType;
    if (connecting.paused && live.isOpen) live.incoming.pause();
    for (const unsent of connecting.takeWaiting()) this.sendWaiting(unsent);
    if (live.isOpen) this.events.tell('open');
    live.start(session.head);
  }

  failed(error: Error & Partial<HandshakeResponse>): void {
    const { connecting } = this;
    const { statusCode, headers = {} } = error;
    this.unsentBytes = this.bufferedAmount;
    this.connecting = null;
    if (statusCode !== undefined) this.response = { statusCode, headers };
    for (const { callback } of connecting?.takeWaiting() ?? []) {
      if (callback !== null) {
        callBack(callback, new ConnectionError('WS_ERR_NOT_SENT', { cause: error }));
      }
    }
    this.events.tellError(error);
    this.ended(failedOpening(error, connecting?.aborted ?? false));
  }

  ended(ending: Ending): void {
    this.forgetSignal?.();
    this.events.tellClosed(ending);
  }

  /** Bytes that waited for a peer who turns out to have only text end the connection: nothing is dropped in silence. */
  private sendWaiting({ data, compress, callback }: Unsent): void {
    const { live } = this;
    const canSend = typeof data === 'string' || live?.wire.hasBinary === true;
    if (!canSend && live?.isOpen === true) {
      live.close(1005, '');
      live.reportError(noBinary(live.wire.version));
    }
    this.send(data, compress, callback);
  }

  private endOnAbort(signal: AbortSignal): void {
    const abort = (): void => {
      this.terminate(new ConnectionError('WS_ERR_ABORTED', { cause: signal.reason }));
    };
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
    this.forgetSignal = () => signal.removeEventListener('abort', abort);
  }
}

function noBinary(version: string): DOMException {
  return new DOMException(
    `cannot send binary data: the peer speaks ${version}, which has only text`,
    'NotSupportedError',
  );
}
