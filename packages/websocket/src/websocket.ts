/**
 * The one class that most people need: a client when it is given a URL, as in a browser; a server's
 * end of a connection when it is given what an HTTP server's `upgrade` event has.
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { Client, ConnectError, dial } from '@ws/client';
import type { ClientOptions } from '@ws/client';
import { knownOptions } from '@ws/common';
import type { BinaryType, TextType } from '@ws/connection';
import {
  becomeInterface,
  ConnectionError,
  TextBuffer,
  WebSocket as Connection,
} from '@ws/connection';
import { EventSource } from '@ws/event-source';
import { ProtocolError } from '@ws/frame-parser';
import { HandshakeError, isWebSocketRequest } from '@ws/handshake';
import {
  acceptUpgrade,
  holdUpgrade,
  prepare,
  proxy,
  RefusedError,
  refuse,
  rejectUpgrade,
  ServerSocket,
  SocketTakenError,
  WebSocketServer,
} from '@ws/server';
import type { ServerOptions } from '@ws/server';

export type {
  Client,
  ClientChannels,
  ClientOptions,
  ConnectError,
  ConnectErrorCode,
  ConnectTraced,
  ProxyOptions,
  StreamOptions,
} from '@ws/client';
export type {
  AnyMessageData,
  BinaryData,
  BinaryForms,
  BinaryType,
  CloseEvent,
  CloseStatus,
  ConnectionChannels,
  ConnectionClosed,
  ConnectionError,
  ConnectionErrorCode,
  ConnectionOpened,
  ConnectionOptions,
  ControlEvent,
  ControlPassed,
  DeliveryPolicy,
  Ending,
  ErrorEvent,
  EventListener,
  Handler,
  HandshakeResponse,
  Initiator,
  Listener,
  ListenerFunction,
  ListenerObject,
  ListenerOptions,
  MessageChunk,
  MessageData,
  MessageEvent,
  MessagePassed,
  OtherListener,
  OtherType,
  PingCallback,
  PingData,
  PipeDestination,
  PipeOptions,
  ReadableBinary,
  ReadableMessage,
  ReadableText,
  ReadyState,
  SendCallback,
  SendChunk,
  SendData,
  SendOptions,
  SendSource,
  SendStreamOptions,
  SlowReader,
  SlowReaderPolicy,
  SocketEvent,
  SocketEventTarget,
  SocketStreamOptions,
  StandardWebSocket,
  SystemErrorCode,
  TextBuffer,
  TextType,
  TrafficCounts,
  WebSocket as Connection,
  WebSocketError,
  WebSocketErrorCode,
  WebSocketEventMap,
  WebSocketEventType,
  WebStreams,
} from '@ws/connection';
export type {
  EventMessage,
  EventOptions,
  EventRequest,
  EventResponse,
  EventSource,
  EventSourceEvent,
  EventSourceEventMap,
  EventSourceOptions,
} from '@ws/event-source';
export type {
  AcceptedOffer,
  Awaitable,
  Extension,
  ExtensionMessage,
  ExtensionOffer,
  ExtensionParameter,
  ExtensionParameters,
  ExtensionSession,
  OutgoingMessage,
  PluginCallback,
  PluginClientSession,
  PluginMessage,
  PluginOptions,
  PluginParameters,
  PluginParameterValue,
  PluginServerSession,
  PluginSession,
  WebSocketExtensionsPlugin,
} from '@ws/extensions';
export type { ProtocolError, ProtocolErrorCode, ViolationCode } from '@ws/frame-parser';
export type {
  HandshakeError,
  HandshakeErrorCode,
  HeaderInput,
  ProtocolVersion,
} from '@ws/handshake';
export type { DeflateOptions, ExtensionOptions } from '@ws/permessage-deflate';
export type {
  Acceptance,
  ClientRefused,
  ClosedConnections,
  CloseOptions,
  Delivery,
  HookResult,
  OriginsOption,
  PathParams,
  PreparedMessage,
  ProxyEndings,
  PublishData,
  PublishOptions,
  RefusalReason,
  RefusedError,
  RefusedEvent,
  ServerChannels,
  ServerOptions,
  ServerSocket,
  ServerStats,
  SocketTakenError,
  TrustOption,
  UpgradeContext,
  UpgradeHook,
  UpgradeSource,
  UpgradeTraced,
  WebSocketServer,
  WebSocketServerEvents,
  WebSocketServerOptions,
} from '@ws/server';

/** Subprotocols: one, or several by preference; each a token (RFC 6455 §4.1). */
export type Protocols = string | readonly string[];
/** What makes a client. */
export type ClientArguments = [
  url: string | URL,
  protocols?: Protocols | null,
  options?: ClientOptions | null,
];
/** What makes a server's end. */
export type ServerArguments = [
  request: IncomingMessage,
  socket: Duplex,
  head: Uint8Array | null,
  protocols?: Protocols | null,
  options?: ServerOptions | null,
];

/**
 * A WebSocket, for either end of a connection.
 *
 * @typeParam Binary the `binaryType` that it is given: `new WebSocket<'arraybuffer'>(url)`
 * @typeParam Text the option `textType` that it is given: `new WebSocket<'nodebuffer', 'buffer'>(url, [], { textType: 'buffer' })`
 */
export class WebSocket<
  Binary extends BinaryType = 'nodebuffer',
  Text extends TextType = 'string',
> extends Connection<Binary, Text> {
  /** The client alone: the same as passing a URL to `WebSocket`. */
  static readonly Client: typeof Client = Client;

  /** The class itself, for `const { WebSocket } = require('@ws/websocket')`. */
  static readonly WebSocket: typeof WebSocket = WebSocket;

  /** The server's end of a stream of events (server-sent events), for clients that cannot have a WebSocket. */
  static readonly EventSource: typeof EventSource = EventSource;

  /** A client's connection that could not be opened. */
  static readonly ConnectError: typeof ConnectError = ConnectError;

  /** A connection that ended, or could not be used, though neither side had closed it. */
  static readonly ConnectionError: typeof ConnectionError = ConnectionError;

  /** A server's answer that opens nothing: the `cause` of a `ConnectError`. */
  static readonly HandshakeError: typeof HandshakeError = HandshakeError;

  /** The peer broke a rule, or a limit, of an open connection. */
  static readonly ProtocolError: typeof ProtocolError = ProtocolError;

  /** A request that a server's end has answered with an HTTP error. */
  static readonly RefusedError: typeof RefusedError = RefusedError;

  /** Thrown where a second WebSocket is made of one socket. */
  static readonly SocketTakenError: typeof SocketTakenError = SocketTakenError;

  /** What stands between an HTTP server and its WebSockets: paths, the `upgrade` hook, all connections, and their end. */
  static readonly WebSocketServer: typeof WebSocketServer = WebSocketServer;

  /** `WebSocketServer`, by the other name that `ws` has for it. */
  static readonly Server: typeof WebSocketServer = WebSocketServer;

  /** The class of the connections of a `WebSocketServer`. */
  static readonly ServerSocket: typeof ServerSocket = ServerSocket;

  /** What an `upgrade` hook returns, or throws, to refuse a client. */
  static readonly refuse: typeof refuse = refuse;

  /** Encodes a message once, to be sent on many connections. */
  static readonly prepare: typeof prepare = prepare;

  /** Joins two WebSockets: what is received on each is sent on the other. */
  static readonly proxy: typeof proxy = proxy;

  /** Text as the option `textType: 'buffer'` hands it over; `data instanceof TextBuffer` tells it from bytes. */
  static readonly TextBuffer: typeof TextBuffer = TextBuffer;

  /** Answers an upgrade request with an HTTP error, and lets go of its socket. */
  static readonly rejectUpgrade: typeof rejectUpgrade = rejectUpgrade;

  /** Keeps the socket of an upgrade request safe until a WebSocket is made of it, or it is rejected. */
  static readonly holdUpgrade: typeof holdUpgrade = holdUpgrade;

  /** Dials a URL; see `Client`. */
  constructor(...args: ClientArguments);
  /** Accepts an upgrade request; see `ServerWebSocket`. */
  constructor(...args: ServerArguments);
  constructor(...args: ClientArguments | ServerArguments) {
    super(...(isUpgrade(args) ? acceptUpgrade(...args) : dial(...args)));
  }

  /** Whether a request asks for a WebSocket, in any protocol version. */
  static isWebSocket(this: void, request: IncomingMessage): boolean {
    return isWebSocketRequest(request);
  }

  /**
   * Refuses options that nobody would read, for applications with options of their own. The name is
   * faye-websocket's.
   *
   * @param options null and undefined are none
   * @param validKeys the names that there may be
   * @throws {TypeError} there is another one: the message names it, and the valid one that is near
   */
  static validateOptions(
    this: void,
    options: object | null | undefined,
    validKeys: readonly string[],
  ): void {
    knownOptions(options, new Set(validKeys));
  }

  /** All connections are instances, whichever class they were made by. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    if (this.prototype === WebSocket.prototype) return value instanceof Connection;
    return Function.prototype[Symbol.hasInstance].call(this, value);
  }
}

becomeInterface(WebSocket);

/** Whatever is no upgrade is dialled: then the error, if there is one, is about the URL. */
function isUpgrade(args: ClientArguments | ServerArguments): args is ServerArguments {
  const [request, socket] = args as readonly unknown[];
  if (typeof request === 'string') return false;
  return 'headers' in Object(request) || 'on' in Object(socket);
}
