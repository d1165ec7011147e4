/**
 * What `require('@ws/websocket')` returns: the class. The assignments to `exports` are for Node's
 * CommonJS lexer: by them it knows the names that `import { Client } from '@ws/websocket'` may use;
 * their values are the class's static members.
 */
import type * as client from '@ws/client';
import { interfaceObject } from '@ws/connection';
import type * as connection from '@ws/connection';
import type * as events from '@ws/event-source';
import type * as extensions from '@ws/extensions';
import type * as frames from '@ws/frame-parser';
import type * as handshake from '@ws/handshake';
import type * as deflate from '@ws/permessage-deflate';
import type * as server from '@ws/server';
import { WebSocket as WebSocketClass } from './websocket';

type Exported = 'WebSocket' | Exclude<keyof typeof WebSocketClass, 'prototype'>;
declare const exports: Partial<Record<Exported, unknown>>;

const WebSocket: typeof WebSocketClass = interfaceObject(WebSocketClass, 1);
type WebSocket<
  Binary extends connection.BinaryType = 'nodebuffer',
  Text extends connection.TextType = 'string',
> = WebSocketClass<Binary, Text>;

exports.WebSocket = WebSocket;
exports.Client = WebSocket.Client;
exports.EventSource = WebSocket.EventSource;
exports.isWebSocket = WebSocket.isWebSocket;
exports.validateOptions = WebSocket.validateOptions;
exports.ConnectError = WebSocket.ConnectError;
exports.ConnectionError = WebSocket.ConnectionError;
exports.HandshakeError = WebSocket.HandshakeError;
exports.ProtocolError = WebSocket.ProtocolError;
exports.RefusedError = WebSocket.RefusedError;
exports.SocketTakenError = WebSocket.SocketTakenError;
exports.WebSocketServer = WebSocket.WebSocketServer;
exports.Server = WebSocket.Server;
exports.ServerSocket = WebSocket.ServerSocket;
exports.refuse = WebSocket.refuse;
exports.TextBuffer = WebSocket.TextBuffer;
exports.prepare = WebSocket.prepare;
exports.proxy = WebSocket.proxy;
exports.rejectUpgrade = WebSocket.rejectUpgrade;
exports.holdUpgrade = WebSocket.holdUpgrade;

// eslint-disable-next-line @typescript-eslint/no-namespace -- `export =` has no other way to export types
declare namespace WebSocket {
  type WebSocket<
    Binary extends connection.BinaryType = 'nodebuffer',
    Text extends connection.TextType = 'string',
  > = WebSocketClass<Binary, Text>;
  type Client<
    Binary extends connection.BinaryType = 'nodebuffer',
    Text extends connection.TextType = 'string',
  > = client.Client<Binary, Text>;
  type ClientOptions = client.ClientOptions;
  type ConnectError = client.ConnectError;
  type ConnectErrorCode = client.ConnectErrorCode;
  type ConnectTraced = client.ConnectTraced;
  type ProxyOptions = client.ProxyOptions;
  type StreamOptions = client.StreamOptions;
  type EventMessage = events.EventMessage;
  type EventOptions = events.EventOptions;
  type EventRequest = events.EventRequest;
  type EventResponse = events.EventResponse;
  type EventSource = events.EventSource;
  type EventSourceEvent = events.EventSourceEvent;
  type EventSourceEventMap = events.EventSourceEventMap;
  type EventSourceOptions = events.EventSourceOptions;
  type Acceptance<Data> = server.Acceptance<Data>;
  type ClosedConnections = server.ClosedConnections;
  type ClientChannels = client.ClientChannels;
  type CloseOptions = server.CloseOptions;
  type Delivery = server.Delivery;
  type HookResult<Data> = server.HookResult<Data>;
  type OriginsOption = server.OriginsOption;
  type PathParams<Path extends string> = server.PathParams<Path>;
  type PreparedMessage = server.PreparedMessage;
  type ProxyEndings = server.ProxyEndings;
  type PublishData = server.PublishData;
  type PublishOptions = server.PublishOptions;
  type RefusalReason = server.RefusalReason;
  type RefusedError = server.RefusedError;
  type RefusedEvent<Path extends string = string> = server.RefusedEvent<Path>;
  type Server<Data = undefined, Path extends string = string> = server.WebSocketServer<Data, Path>;
  type ServerChannels = server.ServerChannels;
  type ServerOptions = server.ServerOptions;
  type ServerSocket<Data = undefined> = server.ServerSocket<Data>;
  type ServerStats = server.ServerStats;
  type SocketTakenError = server.SocketTakenError;
  type TrustOption = server.TrustOption;
  type UpgradeContext<Path extends string = string> = server.UpgradeContext<Path>;
  type UpgradeHook<Data, Path extends string = string> = server.UpgradeHook<Data, Path>;
  type UpgradeSource = server.UpgradeSource;
  type WebSocketServer<Data = undefined, Path extends string = string> = server.WebSocketServer<
    Data,
    Path
  >;
  type WebSocketServerEvents<Data, Path extends string> = server.WebSocketServerEvents<Data, Path>;
  type WebSocketServerOptions<
    Data = undefined,
    Path extends string = string,
  > = server.WebSocketServerOptions<Data, Path>;
  type AnyMessageData = connection.AnyMessageData;
  type BinaryData = connection.BinaryData;
  type BinaryForms = connection.BinaryForms;
  type BinaryType = connection.BinaryType;
  type ClientRefused<Path extends string = string> = server.ClientRefused<Path>;
  type CloseEvent<Binary extends connection.BinaryType = connection.BinaryType> =
    connection.CloseEvent<Binary>;
  type CloseStatus = connection.CloseStatus;
  type ConnectionChannels = connection.ConnectionChannels;
  type ConnectionClosed<Socket> = connection.ConnectionClosed<Socket>;
  type ConnectionError = connection.ConnectionError;
  type ConnectionErrorCode = connection.ConnectionErrorCode;
  type ConnectionOpened<Socket> = connection.ConnectionOpened<Socket>;
  type ConnectionOptions = connection.ConnectionOptions;
  type ControlEvent<Binary extends connection.BinaryType = connection.BinaryType> =
    connection.ControlEvent<Binary>;
  type ControlPassed<Socket> = connection.ControlPassed<Socket>;
  type DeliveryPolicy = connection.DeliveryPolicy;
  type Ending = connection.Ending;
  type ErrorEvent<Binary extends connection.BinaryType = connection.BinaryType> =
    connection.ErrorEvent<Binary>;
  type Handler<
    Type extends connection.WebSocketEventType,
    Binary extends connection.BinaryType = 'nodebuffer',
    Text extends connection.TextType = 'string',
  > = connection.Handler<Type, Binary, Text>;
  type HandshakeResponse = connection.HandshakeResponse;
  type Initiator = connection.Initiator;
  type Listener<E> = connection.Listener<E>;
  type ListenerOptions = connection.ListenerOptions;
  type MessageChunk = connection.MessageChunk;
  type MessageData<
    Binary extends connection.BinaryType = 'nodebuffer',
    Text extends connection.TextType = 'string',
  > = connection.MessageData<Binary, Text>;
  type MessageEvent<
    Binary extends connection.BinaryType = 'nodebuffer',
    Text extends connection.TextType = 'string',
  > = connection.MessageEvent<Binary, Text>;
  type MessagePassed<Socket> = connection.MessagePassed<Socket>;
  type PingCallback = connection.PingCallback;
  type PingData = connection.PingData;
  type PipeDestination = connection.PipeDestination;
  type PipeOptions = connection.PipeOptions;
  type ReadableBinary = connection.ReadableBinary;
  type ReadableMessage = connection.ReadableMessage;
  type ReadableText = connection.ReadableText;
  type ReadyState = connection.ReadyState;
  type SendCallback = connection.SendCallback;
  type SendChunk = connection.SendChunk;
  type SendData = connection.SendData;
  type SendOptions = connection.SendOptions;
  type SendSource = connection.SendSource;
  type SendStreamOptions = connection.SendStreamOptions;
  type SlowReader<Socket> = connection.SlowReader<Socket>;
  type SlowReaderPolicy = connection.SlowReaderPolicy;
  type SocketEvent<Binary extends connection.BinaryType = connection.BinaryType> =
    connection.SocketEvent<Binary>;
  type SocketStreamOptions = connection.SocketStreamOptions;
  type SystemErrorCode = connection.SystemErrorCode;
  type TextBuffer = connection.TextBuffer;
  type TextType = connection.TextType;
  type TrafficCounts = connection.TrafficCounts;
  type WebSocketError = connection.WebSocketError;
  type WebSocketErrorCode = connection.WebSocketErrorCode;
  type UpgradeTraced<Path extends string = string> = server.UpgradeTraced<Path>;
  type WebSocketEventMap<
    Binary extends connection.BinaryType = 'nodebuffer',
    Text extends connection.TextType = 'string',
  > = connection.WebSocketEventMap<Binary, Text>;
  type WebSocketEventType = connection.WebSocketEventType;
  type WebStreams = connection.WebStreams;
  type DeflateOptions = deflate.DeflateOptions;
  type Extension = extensions.Extension;
  type WebSocketExtensionsPlugin = extensions.WebSocketExtensionsPlugin;
  type ProtocolError = frames.ProtocolError;
  type ProtocolErrorCode = frames.ProtocolErrorCode;
  type HandshakeError = handshake.HandshakeError;
  type HandshakeErrorCode = handshake.HandshakeErrorCode;
  type HeaderInput = handshake.HeaderInput;
  type ProtocolVersion = handshake.ProtocolVersion;
}

export = WebSocket;
