/**
 * The events of a WebSocket. They are `instanceof` the runtime's own event classes and have all of
 * an Event's attributes, but are plain objects with a few fields: making one costs nanoseconds,
 * where a native event costs most of a microsecond.
 *
 * The attributes of Event are defined on each class's own prototype, in front of the native ones,
 * which refuse objects that they have not made themselves.
 */
import type { BinaryData } from './binary-type';
import type { Ending, Initiator } from './ending';
import type { CloseStatus } from './protocol/connection-protocol';
import type { StandardWebSocket as WebSocket } from './standard-websocket';

const NONE = 0;
const AT_TARGET = 2;

/** The attributes and methods of a DOM Event that neither bubbles nor can be cancelled. */
export class SocketEvent {
  readonly type: WebSocketEventType;
  /** The WebSocket that the event happened on. */
  readonly target: WebSocket;
  /** The same while listeners are being called, null at other times. */
  currentTarget: WebSocket | null = null;
  /** Whether a listener has called `stopImmediatePropagation()`. */
  cancelBubble = false;
  private firstLook = -1;

  constructor(type: WebSocketEventType, target: WebSocket) {
    this.type = type;
    this.target = target;
  }

  get srcElement(): WebSocket {
    return this.target;
  }

  get eventPhase(): number {
    return this.currentTarget === null ? NONE : AT_TARGET;
  }

  get bubbles(): boolean {
    return false;
  }

  get cancelable(): boolean {
    return false;
  }

  get composed(): boolean {
    return false;
  }

  get defaultPrevented(): boolean {
    return false;
  }

  get returnValue(): boolean {
    return true;
  }

  get isTrusted(): boolean {
    return true;
  }

  /** Milliseconds, on the clock of `performance.now()`; read when first asked for. */
  get timeStamp(): number {
    if (this.firstLook < 0) this.firstLook = performance.now();
    return this.firstLook;
  }

  composedPath(): WebSocket[] {
    return this.currentTarget === null ? [] : [this.currentTarget];
  }

  preventDefault(): void {
    // nothing here is cancelable
  }

  stopPropagation(): void {
    // nothing here propagates
  }

  /** No further listener is called. */
  stopImmediatePropagation(): void {
    this.cancelBubble = true;
  }
}

/** What a message carries: text as a string, binary as `binaryType` says. */
export type MessageData = string | BinaryData;

/** A message. */
export class MessageEvent extends SocketEvent {
  /** The listener's to keep. */
  readonly data: MessageData;

  constructor(target: WebSocket, data: MessageData) {
    super('message', target);
    this.data = data;
  }

  /** The origin of the WebSocket's URL. */
  get origin(): string {
    return new URL(this.target.url).origin;
  }

  get lastEventId(): string {
    return '';
  }

  get source(): null {
    return null;
  }

  get ports(): readonly never[] {
    return [];
  }
}

/** The payload of a ping or a pong. */
export class ControlEvent extends SocketEvent {
  /** The listener's to keep. */
  readonly data: Buffer;

  constructor(type: 'ping' | 'pong', target: WebSocket, data: Buffer) {
    super(type, target);
    this.data = data;
  }
}

/** The connection is closed; the last event of every WebSocket. */
export class CloseEvent extends SocketEvent implements Ending {
  private readonly ending: Ending;

  constructor(target: WebSocket, ending: Ending) {
    super('close', target);
    this.ending = ending;
  }

  get code(): number {
    return this.ending.code;
  }

  get reason(): string {
    return this.ending.reason;
  }

  get wasClean(): boolean {
    return this.ending.wasClean;
  }

  get initiator(): Initiator {
    return this.ending.initiator;
  }

  get cause(): Error | null {
    return this.ending.cause;
  }

  get sent(): CloseStatus | null {
    return this.ending.sent;
  }

  get received(): CloseStatus | null {
    return this.ending.received;
  }
}

/** Why the connection could not be opened, or has failed; `close` follows. */
export class ErrorEvent extends SocketEvent {
  readonly error: Error;

  constructor(target: WebSocket, error: Error) {
    super('error', target);
    this.error = error;
  }

  get message(): string {
    return this.error.message;
  }
}

/** The events of a WebSocket by their type. */
export interface WebSocketEventMap {
  open: SocketEvent;
  message: MessageEvent;
  ping: ControlEvent;
  pong: ControlEvent;
  drain: SocketEvent;
  error: ErrorEvent;
  close: CloseEvent;
}

export type WebSocketEventType = keyof WebSocketEventMap;

/**
 * Puts a native prototype behind one of ours, and the attributes of SocketEvent onto ours, so that
 * they are found first.
 */
function standInFor(ours: { prototype: object }, native: { prototype: object } | undefined): void {
  const inherited = Object.getOwnPropertyDescriptors(SocketEvent.prototype);
  const own = Object.getOwnPropertyDescriptors(ours.prototype);
  Object.defineProperties(ours.prototype, { ...inherited, ...own });
  Object.setPrototypeOf(ours.prototype, (native ?? Event).prototype);
}

const natives = globalThis as unknown as Partial<Record<string, { prototype: object }>>;
standInFor(MessageEvent, natives['MessageEvent']);
standInFor(CloseEvent, natives['CloseEvent']);
standInFor(ErrorEvent, natives['ErrorEvent']);
standInFor(ControlEvent, undefined);
standInFor(SocketEvent, undefined);
