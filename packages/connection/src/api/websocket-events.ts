/**
 * The events and their listeners as applications know them: those of a WebSocket. What they are made
 * of does not depend on the WebSocket, so that the WebSocket can depend on them.
 */
import * as events from './events';
import type { SocketEventEmitter } from './event-emitter';
import type * as targets from './event-target';
import type { TextType } from '../receiving/message-data';
import type { BinaryType } from './binary-type';
import type { StandardWebSocket } from './standard-websocket';

/** The attributes and methods of a DOM Event that neither bubbles nor can be cancelled. */
export type SocketEvent<Binary extends BinaryType = BinaryType> = events.SocketEvent<
  StandardWebSocket<Binary, TextType>
>;

/** A message. */
export type MessageEvent<
  Binary extends BinaryType = 'nodebuffer',
  Text extends TextType = 'string',
> = events.MessageEvent<StandardWebSocket<Binary, TextType>, Text>;
/**
 * A message.
 *
 * @class
 */
export const MessageEvent: typeof events.MessageEvent = events.MessageEvent;

/** The payload of a ping or a pong. */
export type ControlEvent<Binary extends BinaryType = BinaryType> = events.ControlEvent<
  StandardWebSocket<Binary, TextType>
>;
/**
 * The payload of a ping or a pong.
 *
 * @class
 */
export const ControlEvent: typeof events.ControlEvent = events.ControlEvent;

/** The connection is closed; the last event of every WebSocket. */
export type CloseEvent<Binary extends BinaryType = BinaryType> = events.CloseEvent<
  StandardWebSocket<Binary, TextType>
>;
/**
 * The connection is closed; the last event of every WebSocket.
 *
 * @class
 */
export const CloseEvent: typeof events.CloseEvent = events.CloseEvent;

/** Why the connection could not be opened, or has failed; `close` follows. */
export type ErrorEvent<Binary extends BinaryType = BinaryType> = events.ErrorEvent<
  StandardWebSocket<Binary, TextType>
>;
/**
 * Why the connection could not be opened, or has failed; `close` follows.
 *
 * @class
 */
export const ErrorEvent: typeof events.ErrorEvent = events.ErrorEvent;

/**
 * The events of a WebSocket by their type.
 *
 * @interface
 */
export type WebSocketEventMap<
  Binary extends BinaryType = 'nodebuffer',
  Text extends TextType = 'string',
> = events.WebSocketEventMap<StandardWebSocket<Binary, TextType>, Text>;

/** What listens to the events of a type. */
export type EventListener<
  Type extends events.WebSocketEventType,
  Binary extends BinaryType = 'nodebuffer',
  Text extends TextType = 'string',
> = targets.EventListener<Type, StandardWebSocket<Binary, TextType>, Text>;

/** The value of an `on…` attribute. */
export type Handler<
  Type extends events.WebSocketEventType,
  Binary extends BinaryType = 'nodebuffer',
  Text extends TextType = 'string',
> = targets.Handler<Type, StandardWebSocket<Binary, TextType>, Text>;

/** How listeners come and go. */
export type SocketEventTarget<
  Binary extends BinaryType = 'nodebuffer',
  Text extends TextType = 'string',
> = SocketEventEmitter<WebSocketEventMap<Binary, Text>>;
