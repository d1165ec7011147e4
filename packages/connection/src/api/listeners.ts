/**
 * The listeners of one event type, in the order of their registration, and the calling of them.
 *
 * One list serves `addEventListener` (WHATWG DOM §2.7), the `on…` attributes (HTML §8.1.8.1) and
 * Node's `on`. A list is copied when it changes, never while it is walked: a listener that is added
 * during a dispatch is not called by it, one that is removed is not called any more.
 */
import { reportThrown } from '../support/callbacks';
import type { SocketEvent } from './events';

/** A listener; `this` is the WebSocket. */
export type ListenerFunction<E> = (this: unknown, event: E) => unknown;
/** A listener whose method is called (WHATWG DOM §2.7, EventListener). */
export interface ListenerObject<E> {
  /** Called with every event. */
  handleEvent(event: E): unknown;
}
/** What `addEventListener` takes; `on` and `once` mean a function. */
export type Listener<E> = ListenerFunction<E> | ListenerObject<E>;

/** How to listen (WHATWG DOM §2.7, AddEventListenerOptions). */
export interface ListenerOptions {
  /** Remove the listener before it is called. Default false. */
  once?: boolean | undefined;
  /** Remove the listener when this signal aborts. */
  signal?: AbortSignal | undefined;
  /** Accepted for the standard's sake: a listener with it is another one, but there are no phases. */
  capture?: boolean | undefined;
  /** Accepted for the standard's sake: no event here can be cancelled. */
  passive?: boolean | undefined;
}

/** How a listener came in: the kinds do not deduplicate or remove each other. */
export type Registration = 'target' | 'capture' | 'attribute' | 'emitter';

interface Entry {
  listener: Listener<never>;
  readonly registration: Registration;
  readonly once: boolean;
  removed: boolean;
}

const NO_ENTRIES: readonly Entry[] = [];

export class ListenerList {
  /** Called, and forgotten, when the next listener has been added. */
  whenAdded: (() => void) | null = null;
  readonly type: string;
  /** The list of another type of the same table. */
  next: ListenerList | null;
  private entries: readonly Entry[] = NO_ENTRIES;

  constructor(type: string, next: ListenerList | null = null) {
    this.type = type;
    this.next = next;
  }

  get length(): number {
    return this.entries.length;
  }

  /** The listener that came in as an attribute, null if there is none. */
  get attribute(): Listener<never> | null {
    return this.find(null, 'attribute')?.listener ?? null;
  }

  /** Adds a listener; one added twice by `addEventListener` counts once. */
  add(listener: Listener<never>, registration: Registration, once: boolean): void {
    if (registration !== 'emitter' && this.find(listener, registration)) return;
    // `concat` takes just the memory it needs; a spread leaves room for sixteen more.
    this.entries = this.entries.concat({ listener, registration, once, removed: false });
    const { whenAdded } = this;
    this.whenAdded = null;
    whenAdded?.();
  }

  /** Sets the attribute's listener; it keeps its place in the order when it is replaced. */
  setAttribute(listener: Listener<never> | null): void {
    const entry = this.find(null, 'attribute');
    if (listener === null) this.drop(entry);
    else if (entry) entry.listener = listener;
    else this.add(listener, 'attribute', false);
  }

  remove(listener: Listener<never>, registration: Registration): void {
    this.drop(this.find(listener, registration));
  }

  removeAll(): void {
    for (const entry of this.entries) entry.removed = true;
    this.entries = NO_ENTRIES;
  }

  /** Calls the listeners, with `this` being the event's target. */
  dispatch(event: SocketEvent): void {
    const { entries } = this;
    event.currentTarget = event.target;
    for (const entry of entries) {
      if (entry.removed) continue;
      if (entry.once) this.drop(entry);
      call(entry.listener, event);
      if (event.cancelBubble) break;
    }
    event.currentTarget = null;
  }

  /** Finds by listener and registration; the attribute is found whatever its listener is. */
  private find(listener: Listener<never> | null, registration: Registration): Entry | undefined {
    return this.entries.find(
      (entry) =>
        entry.registration === registration &&
        (registration === 'attribute' || entry.listener === listener),
    );
  }

  private drop(entry: Entry | undefined): void {
    if (entry === undefined) return;
    entry.removed = true;
    this.entries = this.entries.filter((other) => other !== entry);
  }
}

function call(listener: Listener<never>, event: SocketEvent): void {
  try {
    if (typeof listener === 'function') {
      (listener as ListenerFunction<SocketEvent>).call(event.target, event);
    } else {
      (listener as ListenerObject<SocketEvent>).handleEvent(event);
    }
  } catch (error) {
    reportThrown(error);
  }
}
