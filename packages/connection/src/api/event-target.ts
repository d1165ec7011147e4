import type { TextType } from '../receiving/message-data';
import { DOMException } from '../support/dom-exception';
import { checkEventName, type OtherType } from './event-names';
import type { EventScene } from './event-scene';
import type { WebSocketEventMap, WebSocketEventType } from './events';
import type { Listener, ListenerOptions } from './listener';
import type { Registration } from './listener-entry';
import type { ListenerTable } from './listeners';
import { shapeAsInterface } from './web-idl';

/** What listens to the events of a type. */
export type EventListener<
  Type extends WebSocketEventType,
  Target extends EventScene = EventScene,
  Text extends TextType = TextType,
> = Listener<WebSocketEventMap<Target, Text>[Type]>;

/** What listens to such events. */
export type OtherListener = Listener<never>;

/** What listens to the events of a name that is not ours. For ours it is what compilers say of a mistake. */
export type ListenerOf<Type extends string> = Type extends WebSocketEventType
  ? 'a listener takes one argument, the event: ({ data }) => …, ({ code, reason }) => …'
  : OtherListener;

/** What a target keeps behind its interface; for this package alone. */
export let listenersOf: <Events>(target: SocketEventTarget<Events>) => ListenerTable;

/**
 * How listeners come and go by the standard: `addEventListener` (WHATWG DOM §2.7), and the `on…`
 * attributes. All of them are called with the event.
 *
 * @typeParam Events the events by their type
 */
export class SocketEventTarget<Events = WebSocketEventMap> {
  static {
    listenersOf = (target) => target.#listeners;
  }

  readonly #listeners: ListenerTable;

  constructor(listeners: ListenerTable) {
    this.#listeners = listeners;
  }

  /**
   * Adds a listener; adding the same one again has no effect.
   *
   * @param listener a function, or an object with a `handleEvent` method
   * @throws {TypeError} `listener` is neither of these, nor null
   */
  addEventListener<Type extends EventName<Events>>(
    type: Type,
    listener: Listener<Events[Type]> | null,
    options?: ListenerOptions | boolean,
  ): void;
  addEventListener<Type extends string>(
    type: OtherType<Type>,
    listener: ListenerOf<Type> | null,
    options?: ListenerOptions | boolean,
  ): void;
  addEventListener(
    type: string,
    listener: OtherListener | null,
    options?: ListenerOptions | boolean,
  ): void {
    if (listener === null) return;
    requireListener(listener);
    checkEventName(type);
    const { once = false, signal } = optionsOf(options);
    if (signal?.aborted === true) return;
    const registration = registrationOf(options);
    if (signal === undefined) this.#listeners.add(type, listener, registration, once);
    else this.#listeners.addUnder(signal, type, listener, registration, once);
  }

  /** Removes a listener that `addEventListener` has added with the same `capture`, or else one of `on`. */
  removeEventListener<Type extends EventName<Events>>(
    type: Type,
    listener: Listener<Events[Type]> | null,
    options?: ListenerOptions | boolean,
  ): void;
  removeEventListener<Type extends string>(
    type: OtherType<Type>,
    listener: ListenerOf<Type> | null,
    options?: ListenerOptions | boolean,
  ): void;
  removeEventListener(
    type: string,
    listener: OtherListener | null,
    options?: ListenerOptions | boolean,
  ): void {
    if (listener === null) return;
    this.#listeners.remove(type, listener, registrationOf(options));
  }

  /**
   * Calls the listeners of the event's type with it, as if it had happened (WHATWG DOM §2.9).
   *
   * @returns false if a listener has prevented the default of a cancelable event
   * @throws {TypeError} it is not an Event
   * @throws {DOMException} InvalidStateError: it is being dispatched at the moment
   */
  dispatchEvent(event: Event): boolean {
    if (!isEvent(event)) {
      throw new TypeError('dispatchEvent: the argument is not an Event');
    }
    if (event.currentTarget !== null) {
      throw new DOMException('dispatchEvent: the event is being dispatched', 'InvalidStateError');
    }
    this.#listeners.dispatch(retargeted(event, this) as never);
    return !event.defaultPrevented;
  }

  /** Called when the connection is open; null removes it, as for all `on…` attributes. */
  get onopen(): HandlerRead {
    return this.#listeners.attribute('open');
  }

  set onopen(listener: HandlerOf<'open', Events>) {
    this.#listeners.setAttribute('open', listener);
  }

  /** Called with every message. */
  get onmessage(): HandlerRead {
    return this.#listeners.attribute('message');
  }

  set onmessage(listener: HandlerOf<'message', Events>) {
    this.#listeners.setAttribute('message', listener);
  }

  /** Called when the connection has failed, before `onclose`. */
  get onerror(): HandlerRead {
    return this.#listeners.attribute('error');
  }

  set onerror(listener: HandlerOf<'error', Events>) {
    this.#listeners.setAttribute('error', listener);
  }

  /** Called when the connection is closed. */
  get onclose(): HandlerRead {
    return this.#listeners.attribute('close');
  }

  set onclose(listener: HandlerOf<'close', Events>) {
    this.#listeners.setAttribute('close', listener);
  }
}

/** The value of an `on…` attribute. */
export type Handler<
  Type extends WebSocketEventType,
  Target extends EventScene = EventScene,
  Text extends TextType = TextType,
> = HandlerOf<Type, WebSocketEventMap<Target, Text>>;

/** The same among any events; what does not happen there has no event. */
export type HandlerOf<Type extends string, Events> =
  ((event: Type extends keyof Events ? Events[Type] : never) => unknown) | null;

/** The names among events by their type. */
export type EventName<Events> = keyof Events & string;

/**
 * What an `on…` attribute gives: a function to be called, by whoever has an event. That of which the
 * event is said to be by DOM's types has fewer members than ours.
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- no other type of an argument takes both
export type HandlerRead = ((this: unknown, event: any) => unknown) | null;

function optionsOf(options: ListenerOptions | boolean | null | undefined): ListenerOptions {
  return typeof options === 'object' && options !== null ? options : {};
}

function registrationOf(options: ListenerOptions | boolean | null | undefined): Registration {
  const capture = typeof options === 'object' ? options?.capture : options;
  return capture === true ? 'capture' : 'target';
}

/**
 * Gives an event its target. A native event keeps these to itself and would take them only from a
 * native target, so properties of its own are put in front.
 */
function retargeted(event: Event, target: object): Event {
  const own = (value: unknown): PropertyDescriptor => ({
    value,
    writable: true,
    configurable: true,
  });
  return Object.defineProperties(event, {
    target: own(target),
    srcElement: own(target),
    currentTarget: own(null),
    cancelBubble: own(false),
    stopImmediatePropagation: own(() => {
      Object.assign(event, { cancelBubble: true });
    }),
  });
}

/** There is a class of events in every realm, and in a test environment's DOM. */
export function isEvent(value: unknown): value is Event {
  if (typeof value !== 'object' || value === null) return false;
  const { type, stopImmediatePropagation } = value as Partial<Event>;
  return typeof type === 'string' && typeof stopImmediatePropagation === 'function';
}

/** @throws {TypeError} it is neither a function nor an object */
export function requireListener(listener: unknown): void {
  if (typeof listener === 'function') return;
  if (typeof listener === 'object' && listener !== null) return;
  throw new TypeError('a listener is a function, or an object with a handleEvent method');
}

const { EventTarget } = globalThis as { EventTarget?: { prototype: object } };
if (EventTarget) Object.setPrototypeOf(SocketEventTarget.prototype, EventTarget.prototype);
shapeAsInterface(SocketEventTarget, 'EventTarget', {
  constants: {},
  attributes: [],
  operations: { addEventListener: 2, removeEventListener: 2, dispatchEvent: 1 },
});
