/** A live WebSocket connection over any Node stream, with the standard's interface. */
export type { BinaryData, BinaryType } from './binary-type';
export { CONNECTION_ERRORS, ConnectionError } from './connection-error';
export type { ConnectionErrorCode } from './connection-error';
export type { Ending, Initiator } from './ending';
export { CloseEvent, ControlEvent, ErrorEvent, MessageEvent } from './events';
export type { MessageData, SocketEvent, WebSocketEventMap, WebSocketEventType } from './events';
export type { Listener, ListenerFunction, ListenerObject, ListenerOptions } from './listeners';
export type { HandshakeResponse, Opening, OpeningListener, Session } from './opening';
export {
  CONNECTION_OPTIONS,
  connectionSettings,
  describe,
  integerOption,
  refuseUnknownOptions,
  timeoutOption,
} from './options';
export type {
  ConnectionOptions,
  ConnectionSettings,
  IntegerRange,
  SlowReaderPolicy,
} from './options';
export type { PingCallback } from './pending-pings';
export type { PingData } from './ping-data';
export type { CloseStatus } from './protocol/connection-protocol';
export type { ReadyState } from './protocol/closing';
export { CLIENT, SERVER } from './protocol/role';
export type { Role } from './protocol/role';
export type { SendData } from './send-data';
export type { SendOptions } from './send-options';
export type {
  EventListener,
  Handler,
  OtherListener,
  OtherType,
  SocketEventTarget,
} from './socket-event-target';
export type { MessageChunk } from './streams/message-chunk';
export type { PipeDestination, PipeOptions } from './streams/piping';
export type { SocketStreamOptions } from './streams/socket-duplex';
export type { WebStreams } from './streams/web-streams';
export type { SendCallback } from './written-callbacks';
export type { StandardWebSocket } from './standard-websocket';
export { WebSocket } from './websocket';
