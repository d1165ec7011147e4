/**
 * The WebSocket interface of the WHATWG standard, for both ends of a connection: what an application
 * sees. It checks what it is given and passes it on; what happens comes back as events.
 *
 * It is more lenient than a browser in one place: what is sent before the connection is open waits,
 * where a browser throws.
 */
import type { ProtocolVersion } from '@ws/handshake';
import { isBinaryType } from './binary-type';
import type { BinaryType } from './binary-type';
import { closeArguments } from './close-arguments';
import { Connecting } from './connecting';
import { CloseEvent, ErrorEvent, SocketEvent } from './events';
import { ListenerTable } from './listener-table';
import { LiveConnection } from './live-connection';
import type { Opening, Session } from './opening';
import type { ConnectionSettings } from './options';
import { READY_STATE } from './protocol/closing';
import type { ReadyState } from './protocol/closing';
import type { Role } from './protocol/role';
import { byteLengthOf, sendable } from './send-data';
import type { SendData, Sendable } from './send-data';
import { SocketEventTarget } from './socket-event-target';

export class WebSocket extends SocketEventTarget {
  declare static readonly CONNECTING: 0;
  declare static readonly OPEN: 1;
  declare static readonly CLOSING: 2;
  declare static readonly CLOSED: 3;
  declare readonly CONNECTING: 0;
  declare readonly OPEN: 1;
  declare readonly CLOSING: 2;
  declare readonly CLOSED: 3;

  readonly #listeners: ListenerTable;
  readonly #role: Role;
  readonly #url: string;
  #protocol = '';
  #extensions = '';
  #binaryType: BinaryType = 'nodebuffer';
  #connecting: Connecting | null;
  #live: LiveConnection | null = null;
  #unsentBytes = 0;

  /** Begins the opening handshake. Applications get their WebSockets from a server or a client. */
  constructor(opening: Opening, settings: ConnectionSettings) {
    const listeners = new ListenerTable();
    super(listeners);
    this.#listeners = listeners;
    this.#role = opening.role;
    this.#url = opening.url;
    this.#connecting = new Connecting(opening, {
      opened: (session, waiting) => this.#open(session, waiting, settings),
      failed: (error) => this.#fail(error),
    });
    this.#connecting.begin();
  }

  /** The URL that was dialled, or that the upgrade request asked for; always `ws:` or `wss:`. */
  get url(): string {
    return this.#url;
  }

  /** CONNECTING (0), OPEN (1), CLOSING (2) or CLOSED (3). */
  get readyState(): ReadyState {
    if (this.#live !== null) return this.#live.readyState;
    if (this.#connecting === null) return READY_STATE.CLOSED;
    return this.#connecting.aborted ? READY_STATE.CLOSING : READY_STATE.CONNECTING;
  }

  /** The subprotocol that was chosen; `''` if none, or not yet. */
  get protocol(): string {
    return this.#protocol;
  }

  /** The extensions that were agreed on, as in the header; `''` if none, or not yet. */
  get extensions(): string {
    return this.#extensions;
  }

  /** The protocol version that the peer speaks, `'hybi-13'` for RFC 6455; `''` before the connection is open. */
  get version(): ProtocolVersion | '' {
    return this.#live?.wire.version ?? '';
  }

  /** Bytes of payload that have been sent but not yet been handed to the network. */
  get bufferedAmount(): number {
    const waiting = this.#live?.bufferedAmount ?? this.#connecting?.bufferedAmount ?? 0;
    return this.#unsentBytes + waiting;
  }

  /** How binary messages are handed over: as a Buffer unless set otherwise. Unknown values are ignored. */
  get binaryType(): BinaryType {
    return this.#binaryType;
  }

  set binaryType(value: BinaryType) {
    if (!isBinaryType(value)) return;
    this.#binaryType = value;
    if (this.#live !== null) this.#live.binaryType = value;
  }

  /**
   * Sends a message: a string as text, anything else as binary. Before the connection is open it
   * waits; after it has begun to close it is dropped, and counted in `bufferedAmount`.
   *
   * @param data bytes must stay unchanged until the end of the current tick: large ones are not copied
   * @returns false when so much waits that the sender should wait for `drain`
   * @throws {TypeError} the data is neither a string nor bytes
   * @throws {DOMException} NotSupportedError: bytes, to a peer whose protocol version has only text
   */
  send(data: SendData): boolean {
    const message = sendable(data);
    const live = this.#live;
    if (live !== null && live.readyState === READY_STATE.OPEN) {
      if (typeof message !== 'string' && !live.wire.hasBinary) throw noBinary(live.wire.version);
      return live.send(message);
    }
    if (this.readyState === READY_STATE.CONNECTING) {
      this.#connecting?.send(message);
      return true;
    }
    this.#unsentBytes += byteLengthOf(message);
    return false;
  }

  /**
   * Starts the closing handshake, or gives up a connection that is not open yet. Without effect when
   * that has already happened.
   *
   * @param code default: none is sent. A client may pass 1000 and 3000 to 4999, a server all codes that may be sent
   * @param reason at most 123 bytes of UTF-8
   * @throws {DOMException} InvalidAccessError: a code that may not be passed; SyntaxError: the reason is too long
   */
  close(code?: number, reason?: string): void {
    const status = closeArguments(this.#role, code, reason);
    if (this.#live !== null) {
      if (this.#live.readyState !== READY_STATE.CLOSED)
        this.#live.close(status.code, status.reason);
      return;
    }
    this.#connecting?.abort(new Error('the WebSocket was closed before the connection was open'));
  }

  /** Ends the connection at once, without a closing handshake; `close` follows, with code 1006. */
  terminate(): void {
    if (this.#live !== null) this.#live.terminate();
    else this.#connecting?.abort(new Error('the WebSocket was terminated before it was open'));
  }

  #open(session: Session, waiting: readonly Sendable[], settings: ConnectionSettings): void {
    this.#connecting = null;
    this.#protocol = session.protocol;
    this.#extensions = session.extensions;
    const live = new LiveConnection(this, this.#listeners, this.#role, session, settings);
    live.binaryType = this.#binaryType;
    this.#live = live;
    for (const message of waiting) this.#sendWaiting(live, message);
    if (live.readyState === READY_STATE.OPEN)
      this.#listeners.dispatch(new SocketEvent('open', this));
    live.start(session.head);
  }

  /** Bytes that waited for a peer who turns out to have only text end the connection: nothing is dropped in silence. */
  #sendWaiting(live: LiveConnection, message: Sendable): void {
    const canSend = typeof message === 'string' || live.wire.hasBinary;
    if (!canSend && live.readyState === READY_STATE.OPEN) {
      live.close(1005, '');
      live.reportError(noBinary(live.wire.version));
    }
    this.send(message);
  }

  #fail(error: Error): void {
    this.#unsentBytes = this.bufferedAmount;
    this.#connecting = null;
    this.#listeners.dispatch(new ErrorEvent(this, error));
    this.#listeners.dispatch(new CloseEvent(this, 1006, '', false));
  }
}

for (const holder of [WebSocket, WebSocket.prototype]) {
  for (const [name, value] of Object.entries(READY_STATE)) {
    Object.defineProperty(holder, name, { value, enumerable: true });
  }
}

function noBinary(version: string): DOMException {
  return new DOMException(
    `cannot send binary data: the peer speaks ${version}, which has only text`,
    'NotSupportedError',
  );
}
