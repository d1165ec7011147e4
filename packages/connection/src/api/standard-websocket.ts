/**
 * The WebSocket interface of the WHATWG standard (§3.1), for both ends of a connection.
 *
 * It is more lenient than a browser in one place: what is sent before the connection is open waits,
 * where a browser throws.
 */
import type { ProtocolVersion } from '@ws/handshake';
import type { BinaryType } from './binary-type';
import { closeArguments } from './close-arguments';
import { showAttributes } from './inspect';
import type { Opening } from '../lifecycle/opening';
import type { ConnectionSettings } from '../options';
import { READY_STATE, type ReadyState } from '../protocol/closing';
import { encodedIn } from './prepared-message';
import { sendable, type SendData } from './send-data';
import { compressOption, type SendOptions } from './send-options';
import { Connection } from '../lifecycle/connection';
import { EventDispatcher } from './event-dispatcher';
import { SocketEventEmitter } from './event-emitter';
import type { WebSocketEventMap } from './events';
import type { TextType } from '../receiving/message-data';
import type { SendCallback } from '../sending/written-callbacks';
import { shapeAsInterface } from './web-idl';

/** The names of the states by their numbers. */
const STATE_NAMES: readonly string[] = Object.keys(READY_STATE);

/** What a WebSocket keeps behind its interface; for this package alone. */
export let connectionOf: (ws: StandardWebSocket<BinaryType, TextType>) => Connection;
/** Whether a value is a WebSocket, whatever its prototype is. */
export let hasConnection: (value: unknown) => boolean;

/**
 * What the standard says a WebSocket has, on both ends; applications hold a `WebSocket`.
 *
 * @typeParam Binary the `binaryType` that it has, or is given before the first message
 * @typeParam Text the option `textType`
 */
export class StandardWebSocket<
  Binary extends BinaryType = 'nodebuffer',
  Text extends TextType = 'string',
> extends SocketEventEmitter<WebSocketEventMap<StandardWebSocket<Binary, TextType>, Text>> {
  /** The opening handshake is under way. */
  declare static readonly CONNECTING: 0;
  /** Messages can flow. */
  declare static readonly OPEN: 1;
  /** The closing handshake is under way, or the opening one is being given up. */
  declare static readonly CLOSING: 2;
  /** It is over: `close`, or `error` and then `close`, has been or is being dispatched. */
  declare static readonly CLOSED: 3;
  /** As on the class, as all four. */
  declare readonly CONNECTING: 0;
  /** As on the class. */
  declare readonly OPEN: 1;
  /** As on the class. */
  declare readonly CLOSING: 2;
  /** As on the class. */
  declare readonly CLOSED: 3;

  static {
    connectionOf = (ws) => ws.#connection;
    hasConnection = (value) => typeof value === 'object' && value !== null && #connection in value;
  }

  readonly #connection: Connection;

  /** Begins the opening handshake. Applications get their WebSockets from a server or a client. */
  constructor(opening: Opening, settings: ConnectionSettings) {
    const dispatcher = new EventDispatcher();
    super(dispatcher);
    dispatcher.target = this;
    this.#connection = new Connection(dispatcher, opening, settings);
    this.#connection.begin();
  }

  /**
   * The URL that was dialled, or that the upgrade request asked for: `ws:` or `wss:`, or that of a Unix
   * socket as it was given.
   */
  get url(): string {
    return this.#connection.url;
  }

  /** CONNECTING (0), OPEN (1), CLOSING (2) or CLOSED (3). */
  get readyState(): ReadyState {
    return this.#connection.readyState;
  }

  /** The subprotocol that was chosen; `''` if none, or not yet. */
  get protocol(): string {
    return this.#connection.agreed.subprotocol;
  }

  /** The extensions that were agreed on, as in the header; `''` if none, or not yet. */
  get extensions(): string {
    return this.#connection.agreed.extensions;
  }

  /** The protocol version that the peer speaks, `'hybi-13'` for RFC 6455; `''` before the connection is open. */
  get version(): ProtocolVersion | '' {
    return this.#connection.live?.protocol.wire.version ?? '';
  }

  /** Bytes of payload that have been sent but not yet been handed to the network. */
  get bufferedAmount(): number {
    return this.#connection.sender.bufferedAmount;
  }

  /**
   * How binary messages are handed over: as a Buffer unless set otherwise. What is none of the four is
   * ignored, with a warning. Setting it does not change the type of `data`: that goes by the type parameter.
   */
  get binaryType(): Binary {
    return this.#connection.binaryType as Binary;
  }

  set binaryType(value: BinaryType) {
    this.#connection.binaryType = value;
  }

  /**
   * Sends a message: a string and a `TextBuffer` as text, other bytes and Blobs as binary, and of a number, an array, or anything else
   * its string (`String(data)`), as browsers do. Before the connection is open it waits; after it has begun to close
   * it is dropped, and counted in `bufferedAmount`.
   *
   * @param data large payloads are not copied: bytes must stay unchanged until they have been handed
   * to the network
   * @param options how to send this message
   * @param callback called with null when the message was handed to the network, with an error when
   * it cannot be any more
   * @returns false when so much waits that the sender should wait for `drain`, or nothing was sent. Bytes
   * to a peer whose protocol version has only text end the connection: `error` tells why
   * @throws {TypeError} the data is missing, a function, a symbol, or an object whose string would be `[object …]`;
   * an option is unknown or no boolean. Further arguments that are neither options nor a callback are ignored
   */
  send(data: SendData, options?: SendOptions | null, callback?: SendCallback): boolean;
  send(data: SendData, callback?: SendCallback): boolean;
  send(
    data: SendData,
    options?: SendOptions | SendCallback | null,
    callback?: SendCallback,
  ): boolean {
    const message = sendable(data, arguments.length);
    const compress = typeof options === 'object' ? compressOption(options) : true;
    const told = typeof options === 'function' ? options : callback;
    const heard = typeof told === 'function' ? told : null;
    const { sender } = this.#connection;
    if (message === null) return sender.sendEncoded(encodedIn(data)!, compress, heard);
    return sender.send(message, compress, heard);
  }

  /**
   * Starts the closing handshake behind all that was sent, or gives up a connection that is not open
   * yet. Without effect when that has already happened.
   *
   * Both arguments are converted as in browsers: `'1000'` is a code, `null` and 5 are reasons of four letters and one.
   *
   * @param code default: none is sent. A client may pass 1000 and 3000 to 4999, a server all codes that may be sent
   * @param reason at most 123 bytes of UTF-8
   * @throws {DOMException} InvalidAccessError: a code that may not be passed; SyntaxError: the reason is too long
   */
  close(code?: number, reason?: string): void {
    const connection = this.#connection;
    connection.close(closeArguments(connection.role, code, reason));
  }
}

shapeAsInterface(StandardWebSocket, 'WebSocket', {
  constants: READY_STATE,
  attributes: [
    'url',
    'readyState',
    'bufferedAmount',
    'onopen',
    'onerror',
    'onclose',
    'extensions',
    'protocol',
    'onmessage',
    'binaryType',
  ],
  operations: { send: 1, close: 0 },
});
showAttributes(
  StandardWebSocket,
  ['url', 'readyState', 'protocol', 'extensions', 'version', 'bufferedAmount', 'binaryType'],
  { readyState: (value) => STATE_NAMES[value] },
);
