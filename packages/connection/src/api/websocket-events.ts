/**
 * The events and their listeners as applications know them: those of a WebSocket. What they are made
 * of does not depend on the WebSocket, so that the WebSocket can depend on them.
 */
import * as events from './events';
import type { SocketEventEmitter } from './event-emitter';
import type * as targets from './event-target';
import type { BinaryType } from './binary-type';
import type { StandardWebSocket } from './standard-websocket';

/** The attributes and methods of a DOM Event that neither bubbles nor can be cancelled. */
export type SocketEvent<Binary extends BinaryType = BinaryType> = events.SocketEvent<
  StandardWebSocket<Binary>
>;

/** A message. */
export type MessageEvent<Binary extends BinaryType = 'nodebuffer'> = events.MessageEvent<
  StandardWebSocket<Binary>
>;
export const MessageEvent: typeof events.MessageEvent = events.MessageEvent;

/** The payload of a ping or a pong. */
export type ControlEvent<Binary extends BinaryType = BinaryType> = events.ControlEvent<
  StandardWebSocket<Binary>
>;
export const ControlEvent: typeof events.ControlEvent = events.ControlEvent;

/** The connection is closed; the last event of every WebSocket. */
export type CloseEvent<Binary extends BinaryType = BinaryType> = events.CloseEvent<
  StandardWebSocket<Binary>
>;
export const CloseEvent: typeof events.CloseEvent = events.CloseEvent;

/** Why the connection could not be opened, or has failed; `close` follows. */
export type ErrorEvent<Binary extends BinaryType = BinaryType> = events.ErrorEvent<
  StandardWebSocket<Binary>
>;
export const ErrorEvent: typeof events.ErrorEvent = events.ErrorEvent;

/** The events of a WebSocket by their type. */
export type WebSocketEventMap<Binary extends BinaryType = 'nodebuffer'> = events.WebSocketEventMap<
  StandardWebSocket<Binary>
>;

/** What listens to the events of a type. */
export type EventListener<
  Type extends events.WebSocketEventType,
  Binary extends BinaryType = 'nodebuffer',
> = targets.EventListener<Type, StandardWebSocket<Binary>>;

/** The value of an `on…` attribute. */
export type Handler<
  Type extends events.WebSocketEventType,
  Binary extends BinaryType = 'nodebuffer',
> = targets.Handler<Type, StandardWebSocket<Binary>>;

/** How listeners come and go. */
export type SocketEventTarget<Binary extends BinaryType = 'nodebuffer'> = SocketEventEmitter<
  WebSocketEventMap<Binary>
>;
