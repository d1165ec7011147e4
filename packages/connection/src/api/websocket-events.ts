/**
 * The events and their listeners as applications know them: those of a WebSocket. What they are made
 * of does not depend on the WebSocket, so that the WebSocket can depend on them.
 */
import * as events from './events';
import type * as targets from './event-target';
import type { StandardWebSocket } from './standard-websocket';

/** The attributes and methods of a DOM Event that neither bubbles nor can be cancelled. */
export type SocketEvent = events.SocketEvent<StandardWebSocket>;

/** A message. */
export type MessageEvent = events.MessageEvent<StandardWebSocket>;
export const MessageEvent: typeof events.MessageEvent = events.MessageEvent;

/** The payload of a ping or a pong. */
export type ControlEvent = events.ControlEvent<StandardWebSocket>;
export const ControlEvent: typeof events.ControlEvent = events.ControlEvent;

/** The connection is closed; the last event of every WebSocket. */
export type CloseEvent = events.CloseEvent<StandardWebSocket>;
export const CloseEvent: typeof events.CloseEvent = events.CloseEvent;

/** Why the connection could not be opened, or has failed; `close` follows. */
export type ErrorEvent = events.ErrorEvent<StandardWebSocket>;
export const ErrorEvent: typeof events.ErrorEvent = events.ErrorEvent;

/** The events of a WebSocket by their type. */
export type WebSocketEventMap = events.WebSocketEventMap<StandardWebSocket>;

/** What listens to the events of a type. */
export type EventListener<Type extends events.WebSocketEventType> = targets.EventListener<
  Type,
  StandardWebSocket
>;

/** The value of an `on…` attribute. */
export type Handler<Type extends events.WebSocketEventType> = targets.Handler<
  Type,
  StandardWebSocket
>;

/** How listeners come and go. */
export type SocketEventTarget = targets.SocketEventTarget<StandardWebSocket>;
