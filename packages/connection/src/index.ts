/** A live WebSocket connection over any Node stream, with the standard's interface. */
export type { ConnectionChannels } from './diagnostics/channel-map';
export type {
  ConnectionClosed,
  ConnectionOpened,
  ControlPassed,
  MessagePassed,
  SlowReader,
} from './diagnostics/messages';
export { Traced } from './diagnostics/traced';
export { Traffic } from './diagnostics/traffic';
export type { TrafficCounts } from './diagnostics/traffic';
export type { BinaryData, BinaryForms, BinaryType } from './api/binary-type';
export { CONNECTION_ERRORS, ConnectionError } from './lifecycle/connection-error';
export type { ConnectionErrorCode } from './lifecycle/connection-error';
export { Deadline, DEADLINES } from './lifecycle/deadlines';
export type { DeadlineName, DeadlineRow } from './lifecycle/deadlines';
export type {
  ConnectErrorCode,
  DialErrorCode,
  FailedConnect,
  RefusedRequest,
  StreamError,
  SystemErrorCode,
  WebSocketError,
  WebSocketErrorCode,
  WithoutResponse,
  WithoutViolation,
} from './lifecycle/websocket-error';
export type { Ending, Initiator } from './lifecycle/ending';
export { CloseEvent, ControlEvent, ErrorEvent, MessageEvent } from './api/websocket-events';
export type {
  EventListener,
  Handler,
  SocketEvent,
  SocketEventTarget,
  WebSocketEventMap,
} from './api/websocket-events';
export type { WebSocketEventType } from './api/events';
export type { AnyMessageData, MessageData, TextForms, TextType } from './receiving/message-data';
export { TextBuffer } from './receiving/text-buffer';
export type { Listener, ListenerFunction, ListenerObject, ListenerOptions } from './api/listener';
export type { HandshakeResponse, Opening, OpeningListener, Session } from './lifecycle/opening';
export { CONNECTION_OPTIONS, connectionSettings } from './options';
export type {
  ConnectionOptions,
  ConnectionSettings,
  DeliveryPolicy,
  SlowReaderPolicy,
} from './options';
export type { PingCallback } from './sending/pending-pings';
export { closeArguments } from './api/close-arguments';
export type { PingData } from './api/ping-data';
export type { CloseStatus } from './protocol/connection-protocol';
export type { ReadyState } from './protocol/closing';
export { CLOSED, OPENED } from './api/life-hooks';
export type { LifeHooks } from './api/life-hooks';
export { CLIENT, SERVER } from './protocol/role';
export type { Role } from './protocol/role';
export type { Bytes } from './api/bytes';
export { deliver } from './api/deliver';
export type { Delivered } from './sending/stream-sender';
export { encodeToDeliver, prepareFrames, prepareMessage } from './api/prepared-message';
export type { PreparedMessage } from './api/prepared-message';
export { stringOf } from './api/send-data';
export type { SendData } from './api/send-data';
export type { SendOptions, SendStreamOptions } from './api/send-options';
export type { SendChunk, SendSource, WebReadable } from './sending/chunk-source';
export type { OtherType } from './api/event-names';
export { SocketEventEmitter as ListenerTarget } from './api/event-emitter';
export type { EmittedWith } from './api/event-emitter';
export type {
  EventName,
  HandlerOf,
  HandlerRead,
  ListenerOf,
  OtherListener,
} from './api/event-target';
export { ErrorEvent as TargetErrorEvent, SocketEvent as TargetEvent } from './api/events';
export { ListenerTable } from './api/listeners';
export { showAttributes } from './api/inspect';
export { DOMException } from './support/dom-exception';
export type { MessageChunk } from './streams/message-chunk';
export type { PipeDestination } from './streams/pipe-target';
export type { PipeOptions } from './streams/piping';
export type { ReadableBinary, ReadableMessage, ReadableText } from './streams/readable-message';
export type { SocketStreamOptions } from './streams/socket-duplex';
export { proxy } from './streams/proxy';
export type { ProxyEndings } from './streams/proxy';
export type { WebStreams } from './streams/web-streams';
export { WebSocketError as WebSocketStreamError } from './streams/websocket-error';
export type { WebSocketCloseOptions } from './streams/websocket-error';
export type { SendCallback } from './sending/written-callbacks';
export type { StandardWebSocket } from './api/standard-websocket';
export type { AnyWebSocket } from './api/any-websocket';
export { WebSocket } from './api/websocket';
export { becomeInterface, interfaceObject } from './api/web-idl';
export { now, soon, startTimer } from './support/scheduling';
export type { Timer } from './support/scheduling';
export { warnOnce } from './support/warnings';
