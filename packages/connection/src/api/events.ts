/**
 * The events of a WebSocket. They are `instanceof` the runtime's own event classes and have all of
 * an Event's attributes, but are plain objects with a few fields: making one costs nanoseconds,
 * where a native event costs most of a microsecond.
 *
 * The attributes of Event are defined on each class's own prototype, in front of the native ones,
 * which refuse objects that they have not made themselves. What an event says, and nothing else, is an
 * enumerable property of its own: `{ ...event }`, `structuredClone` and assertions of equality go by those.
 */
import type { Ending, Initiator } from '../lifecycle/ending';
import type { WebSocketError } from '../lifecycle/websocket-error';
import type { CloseStatus } from '../protocol/connection-protocol';
import { now } from '../support/scheduling';
import type { MessageData, TextType } from '../receiving/message-data';
import { isText } from '../receiving/text-buffer';
import type { EventScene } from './event-scene';
import { showAttributes } from './inspect';
import { standInFor } from './native-classes';

const NONE = 0;
const AT_TARGET = 2;

/**
 * The attributes and methods of a DOM Event that neither bubbles nor can be cancelled.
 * @inlineType EventScene
 */
export class SocketEvent<Target extends object = EventScene> {
  /** The phases of an event, for `eventPhase`; inherited from DOM's Event. */
  declare readonly NONE: 0;
  declare readonly CAPTURING_PHASE: 1;
  declare readonly AT_TARGET: 2;
  declare readonly BUBBLING_PHASE: 3;
  /** The name of the event. */
  readonly type: WebSocketEventType;
  readonly #target: Target;
  #currentTarget: Target | null = null;
  #cancelBubble = false;
  #firstLook = -1;

  constructor(type: WebSocketEventType, target: Target) {
    this.type = type;
    this.#target = target;
  }

  /** The WebSocket that the event happened on. */
  get target(): Target {
    return this.#target;
  }

  /** The same while listeners are being called, null at other times. */
  get currentTarget(): Target | null {
    return this.#currentTarget;
  }

  set currentTarget(target: Target | null) {
    this.#currentTarget = target;
  }

  /** Whether a listener has called `stopImmediatePropagation()`. */
  get cancelBubble(): boolean {
    return this.#cancelBubble;
  }

  set cancelBubble(value: boolean) {
    this.#cancelBubble = value;
  }

  /** The same as `target`, under its old name. */
  get srcElement(): Target {
    return this.target;
  }

  /** AT_TARGET (2) while listeners are being called, NONE (0) at other times. */
  get eventPhase(): number {
    return this.currentTarget === null ? NONE : AT_TARGET;
  }

  /** Always false, as for all events here. */
  get bubbles(): boolean {
    return false;
  }

  /** Always false: there is no default to prevent. */
  get cancelable(): boolean {
    return false;
  }

  /** Always false: there are no shadow trees. */
  get composed(): boolean {
    return false;
  }

  /** Always false; see `cancelable`. */
  get defaultPrevented(): boolean {
    return false;
  }

  /** Always true; see `cancelable`. */
  get returnValue(): boolean {
    return true;
  }

  /** Always true: it was the connection that made it. */
  get isTrusted(): boolean {
    return true;
  }

  /** Milliseconds, on the clock of `performance.now()`; read when first asked for. */
  get timeStamp(): number {
    if (this.#firstLook < 0) this.#firstLook = now();
    return this.#firstLook;
  }

  /** The WebSocket while listeners are being called, nothing at other times. */
  composedPath(): Target[] {
    return this.currentTarget === null ? [] : [this.currentTarget];
  }

  /** Without effect; see `cancelable`. */
  preventDefault(): void {
    // nothing here is cancelable
  }

  /** Without effect: no event here goes on to another target. */
  stopPropagation(): void {
    // nothing here propagates
  }

  /** Without effect: an event that was dispatched is not made anew. */
  initEvent(): void {
    // deprecated, and here for the type of DOM's Event
  }

  /** No further listener is called. */
  stopImmediatePropagation(): void {
    this.cancelBubble = true;
  }
}

/** A message. */
export class MessageEvent<
  Target extends EventScene = EventScene,
  Text extends TextType = TextType,
> extends SocketEvent<Target> {
  /** Text as `textType` says (a string), bytes as `binaryType` says; the listener's to keep and to change. */
  readonly data: MessageData<Target['binaryType'], Text>;

  constructor(target: Target, data: MessageData<Target['binaryType'], Text>) {
    super('message', target);
    this.data = data;
  }

  /** Whether it was sent as bytes, not as text. */
  get isBinary(): boolean {
    return !isText(this.data);
  }

  /** The origin of the WebSocket's URL. */
  get origin(): string {
    return new URL(this.target.url).origin;
  }

  /** Always empty: it belongs to server-sent events. */
  get lastEventId(): string {
    return '';
  }

  /** Always null: it belongs to messages between windows. */
  get source(): null {
    return null;
  }

  /** Always empty: it belongs to channel messaging. */
  get ports(): readonly never[] {
    return [];
  }

  /** Without effect: an event that was dispatched is not made anew. */
  initMessageEvent(): void {
    // deprecated, and here for the type of DOM's MessageEvent
  }
}

/** The payload of a ping or a pong. */
export class ControlEvent<Target extends EventScene = EventScene> extends SocketEvent<Target> {
  /** At most 125 bytes; the listener's to keep and to change. */
  readonly data: Buffer;

  constructor(type: 'ping' | 'pong', target: Target, data: Buffer) {
    super(type, target);
    this.data = data;
  }
}

/** The connection is closed; the last event of every WebSocket. */
export class CloseEvent<Target extends EventScene = EventScene>
  extends SocketEvent<Target>
  implements Ending
{
  /** An own property like the others, but read when first asked for: some errors are made only then. */
  static readonly #cause = {
    get(this: CloseEvent): WebSocketError | null {
      return this.#ending.cause;
    },
    enumerable: true,
    configurable: true,
  };

  /** The code received; 1005 if the peer gave none, 1006 if it sent no closing frame at all. */
  readonly code: number;
  /** The reason received; `''` if the peer gave none. */
  readonly reason: string;
  /** Whether both sides sent their closing frame, and the peer broke no rule. */
  readonly wasClean: boolean;
  /** Who began the end. */
  readonly initiator: Initiator;
  /** What went wrong first; null after a clean end. */
  declare readonly cause: WebSocketError | null;
  /** The closing frame that was sent, if any. */
  readonly sent: CloseStatus | null;
  /** The closing frame that was received, if any. */
  readonly received: CloseStatus | null;
  readonly #ending: Ending;

  constructor(target: Target, ending: Ending) {
    super('close', target);
    this.#ending = ending;
    this.code = ending.code;
    this.reason = ending.reason;
    this.wasClean = ending.wasClean;
    this.initiator = ending.initiator;
    this.sent = ending.sent;
    this.received = ending.received;
    Object.defineProperty(this, 'cause', CloseEvent.#cause);
  }
}

/**
 * Why the connection could not be opened, or has failed; `close` follows.
 * @inlineType EventScene
 */
export class ErrorEvent<Target extends object = EventScene> extends SocketEvent<Target> {
  /** The message of `error`. */
  readonly message: string;
  /** The cause; a mistake of the peer or of the network has its own `code`. */
  readonly error: WebSocketError;

  constructor(target: Target, error: WebSocketError) {
    super('error', target);
    this.message = error.message;
    this.error = error;
  }

  /** Always empty, and 0: these belong to errors of scripts. */
  get filename(): string {
    return '';
  }
  get lineno(): number {
    return 0;
  }
  get colno(): number {
    return 0;
  }
}

/** The events of a WebSocket by their type. */
export interface WebSocketEventMap<
  Target extends EventScene = EventScene,
  Text extends TextType = TextType,
> {
  /** Messages can flow. */
  open: SocketEvent<Target>;
  /** A message has come. */
  message: MessageEvent<Target, Text>;
  /** A ping has come, and was answered. */
  ping: ControlEvent<Target>;
  /** A pong has come, asked for or not. */
  pong: ControlEvent<Target>;
  /** There is room again after `send()` returned false. */
  drain: SocketEvent<Target>;
  /** The connection could not be opened, or has failed; `close` follows. */
  error: ErrorEvent<Target>;
  /** The connection is closed; always the last event. */
  close: CloseEvent<Target>;
}

/** The names of the events. */
export type WebSocketEventType = 'open' | 'message' | 'ping' | 'pong' | 'drain' | 'error' | 'close';

showAttributes(SocketEvent, ['type']);
showAttributes(MessageEvent, ['type', 'data']);
showAttributes(ControlEvent, ['type', 'data']);
showAttributes(ErrorEvent, ['type', 'message', 'error']);
showAttributes(CloseEvent, ['type', 'code', 'reason', 'wasClean', 'initiator', 'cause']);

standInFor(SocketEvent, MessageEvent, 'MessageEvent');
standInFor(SocketEvent, CloseEvent, 'CloseEvent');
standInFor(SocketEvent, ErrorEvent, 'ErrorEvent');
standInFor(SocketEvent, ControlEvent, 'ControlEvent');
standInFor(SocketEvent, SocketEvent, 'Event');
