/**
 * How listeners come and go by Node's habits (`on`, `once`, `off`, …), and the events of names that are not ours: those are
 * for the application, and for streams that pipe into a WebSocket (`pipe`, `unpipe`).
 */
import { EventEmitter } from 'node:events';
import { warnOnce } from '../support/warnings';
import { checkEventName, checkParameters, isEventName, type OtherType } from './event-names';
import {
  isEvent,
  listenersOf,
  requireListener,
  SocketEventTarget,
  type EventName,
  type ListenerOf,
  type OtherListener,
} from './event-target';
import type { WebSocketEventMap, WebSocketEventType } from './events';
import type { Entry } from './listener-entry';
import { callListener, type Listener } from './listener';
import { standInOf } from './stand-ins';

/** What `emit` takes behind a name: one of ours has an event of that type, all others what you like. */
export type EmittedWith<Type extends string> = Type extends WebSocketEventType
  ? [event: Event]
  : unknown[];

/**
 * An event target that is used as an emitter, too. Listeners of `data` get the data of every message, those of `end` are called
 * at the end; all others of our events get the event.
 *
 * @typeParam Events the events by their type
 */
export class SocketEventEmitter<Events = WebSocketEventMap> extends SocketEventTarget<Events> {
  /**
   * Adds a listener as Node's emitters do: one added twice is called twice.
   *
   * @throws {TypeError} `listener` is not a function
   */
  on<Type extends EventName<Events>>(type: Type, listener: Listener<Events[Type]>): this;
  on<Type extends string>(type: OtherType<Type>, listener: ListenerOf<Type>): this;
  on(type: string, listener: OtherListener): this {
    return add(this, type, listener, {});
  }

  /** The same as `on`. */
  addListener<Type extends EventName<Events>>(type: Type, listener: Listener<Events[Type]>): this;
  addListener<Type extends string>(type: OtherType<Type>, listener: ListenerOf<Type>): this;
  addListener(type: string, listener: OtherListener): this {
    return this.on(type, listener);
  }

  /** Adds a listener that is removed before it is called. */
  once<Type extends EventName<Events>>(type: Type, listener: Listener<Events[Type]>): this;
  once<Type extends string>(type: OtherType<Type>, listener: ListenerOf<Type>): this;
  once(type: string, listener: OtherListener): this {
    return add(this, type, listener, { once: true });
  }

  /** Adds a listener in front of all others. */
  prependListener<Type extends EventName<Events>>(
    type: Type,
    listener: Listener<Events[Type]>,
  ): this;
  prependListener<Type extends string>(type: OtherType<Type>, listener: ListenerOf<Type>): this;
  prependListener(type: string, listener: OtherListener): this {
    return add(this, type, listener, { first: true });
  }

  /** Likewise, and it is removed before it is called. */
  prependOnceListener<Type extends EventName<Events>>(
    type: Type,
    listener: Listener<Events[Type]>,
  ): this;
  prependOnceListener<Type extends string>(type: OtherType<Type>, listener: ListenerOf<Type>): this;
  prependOnceListener(type: string, listener: OtherListener): this {
    return add(this, type, listener, { first: true, once: true });
  }

  /** Removes the listener that `on` or `once` has added last, or else one of `addEventListener`. */
  off<Type extends EventName<Events>>(type: Type, listener: Listener<Events[Type]>): this;
  off<Type extends string>(type: OtherType<Type>, listener: ListenerOf<Type>): this;
  off(type: string, listener: OtherListener): this {
    listenersOf(this).remove(type, listener, 'emitter');
    return this;
  }

  /** The same as `off`. */
  removeListener<Type extends EventName<Events>>(
    type: Type,
    listener: Listener<Events[Type]>,
  ): this;
  removeListener<Type extends string>(type: OtherType<Type>, listener: ListenerOf<Type>): this;
  removeListener(type: string, listener: OtherListener): this {
    return this.off(type, listener);
  }

  /** Removes all listeners of a type, or of all types. */
  removeAllListeners(type?: string): this {
    listenersOf(this).removeAll(type);
    return this;
  }

  /**
   * Calls the listeners of a name of your own with `args`; what one throws is thrown. For a name of ours it is
   * `dispatchEvent`, if there is an event of that type; anything else is ignored, with a warning.
   *
   * @returns whether there were listeners
   */
  emit<Type extends string>(type: OtherType<Type>, ...args: EmittedWith<Type>): boolean;
  emit(type: string, ...args: unknown[]): boolean {
    if (!isEventName(type)) return listenersOf(this).call(type, this, args);
    const [event] = args;
    if (!isEvent(event) || event.type !== type) {
      warnOnce(
        `emit('${type}') does nothing without an event of that type: the connection makes its own`,
        'WS_WARN_EMIT',
      );
      return false;
    }
    // Streams of Node's emit an error again that their destination has just told them.
    if (event.currentTarget !== null) return false;
    const isHeard = this.listenerCount(type) > 0;
    this.dispatchEvent(event);
    return isHeard;
  }

  /** The names that have listeners. */
  eventNames(): string[] {
    return listenersOf(this).names;
  }

  /** How many listeners an event type has; or how often it has that one. */
  listenerCount(type: string, listener?: OtherListener): number {
    const entries = listenersOf(this).of(type);
    if (listener === undefined) return entries.length;
    return entries.filter(({ original }) => original === listener).length;
  }

  /** The listeners of an event type, in their order; Node's `events.getEventListeners` gives them, too. */
  listeners(type: string): OtherListener[] {
    return listenersOf(this)
      .of(type)
      .map(({ original }) => original);
  }

  /** Likewise, but of `once` a function that removes its `listener`, and calls it. */
  rawListeners(type: string): OtherListener[] {
    return listenersOf(this)
      .of(type)
      .map((entry) => (entry.once ? onceOnly(this, entry) : entry.original));
  }

  /**
   * Sets what `getMaxListeners` gives: there is no warning of too many.
   *
   * @throws {RangeError} it is not a number, or negative
   */
  setMaxListeners(count: number): this {
    if (!(typeof count === 'number' && count >= 0)) {
      throw new RangeError(`setMaxListeners: ${String(count)} is not a number from 0 on`);
    }
    // This is where Node's `events.getMaxListeners` looks for it.
    return Object.defineProperty(this, '_maxListeners', { value: count, configurable: true });
  }

  /** What was set, or the default of Node's emitters. */
  getMaxListeners(): number {
    const { _maxListeners } = this as { readonly _maxListeners?: number };
    return _maxListeners ?? EventEmitter.defaultMaxListeners;
  }
}

function add<Target extends SocketEventTarget<unknown>>(
  target: Target,
  type: string,
  listener: OtherListener,
  { once = false, first = false },
): Target {
  requireListener(listener);
  checkEventName(type);
  checkParameters(type, listener);
  const standIn = standInOf(type, listener);
  const [event, added] = [standIn?.type ?? type, standIn ?? listener];
  if (first) listenersOf(target).prepend(event, added, once);
  else listenersOf(target).add(event, added, 'emitter', once);
  return target;
}

function onceOnly(target: SocketEventTarget<unknown>, entry: Entry): OtherListener {
  const { original: listener } = entry;
  const call = (...args: unknown[]): void => {
    listenersOf(target).drop(entry);
    callListener(listener, target, args);
  };
  return Object.assign(call, { listener });
}
