/**
 * The listeners of one event type, in the order of their registration, and the calling of them.
 *
 * One list serves `addEventListener` (WHATWG DOM §2.7), the `on…` attributes (HTML §8.1.8.1) and
 * Node's `on`. A list is copied when it changes, never while it is walked: a listener that is added
 * during a dispatch is not called by it, one that is removed is not called any more.
 */
import { whenAborted } from '../support/abort-listeners';
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
  /** Null once it was removed: a dispatch under way may still come to the entry. */
  listener: Listener<never> | null;
  readonly registration: Registration;
  readonly once: boolean;
  /** Tells the signal that may remove it that this is no longer to be done. */
  forgetSignal: (() => void) | null;
}

const NO_ENTRIES: readonly Entry[] = [];

export class ListenerList {
  /** Called, and forgotten, when the next listener has been added. */
  whenAdded: (() => void) | null = null;
  readonly type: string;
  /** The list of another type of the same table. */
  next: ListenerList | null;
  /** Most lists have one entry, which needs no array. */
  private first: Entry | null = null;
  private others: readonly Entry[] = NO_ENTRIES;

  constructor(type: string, next: ListenerList | null = null) {
    this.type = type;
    this.next = next;
  }

  get length(): number {
    return this.first === null ? 0 : 1 + this.others.length;
  }

  /** The listener that came in as an attribute, null if there is none. */
  get attribute(): Listener<never> | null {
    return this.find(null, 'attribute')?.listener ?? null;
  }

  /** Adds a listener; one added twice by `addEventListener` counts once. */
  add(listener: Listener<never>, registration: Registration, once: boolean): void {
    this.addEntry(listener, registration, once);
  }

  /** Adds a listener that is removed when the signal aborts. */
  addUnder(
    signal: AbortSignal,
    listener: Listener<never>,
    registration: Registration,
    once: boolean,
  ): void {
    const entry = this.addEntry(listener, registration, once);
    if (entry !== null) entry.forgetSignal = whenAborted(signal, () => this.drop(entry));
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
    for (const entry of this.entries()) entry.listener = null;
    this.forgetSignals();
    this.first = null;
    this.others = NO_ENTRIES;
  }

  /** No signal removes a listener any more, nor keeps it in memory. */
  forgetSignals(): void {
    for (const entry of this.entries()) forgetSignal(entry);
  }

  /**
   * Calls the listeners, with `this` being the event's target. All is done in here, so that between
   * the dispatch and the application there is no other call.
   */
  dispatch(event: SocketEvent): void {
    const { target } = event;
    const { others } = this;
    event.currentTarget = target;
    let entry: Entry | null | undefined = this.first;
    for (let index = 0; entry; entry = others[index++]) {
      const { listener } = entry;
      if (listener === null) continue;
      if (entry.once) this.drop(entry);
      try {
        if (typeof listener === 'function') {
          (listener as ListenerFunction<SocketEvent>).call(target, event);
        } else {
          (listener as ListenerObject<SocketEvent>).handleEvent(event);
        }
      } catch (error) {
        reportThrown(error);
      }
      if (event.cancelBubble) break;
    }
    event.currentTarget = null;
  }

  private entries(): readonly Entry[] {
    return this.first === null ? NO_ENTRIES : [this.first, ...this.others];
  }

  /** @returns null if it is there already */
  private addEntry(
    listener: Listener<never>,
    registration: Registration,
    once: boolean,
  ): Entry | null {
    if (registration !== 'emitter' && this.find(listener, registration)) return null;
    const entry: Entry = { listener, registration, once, forgetSignal: null };
    if (this.first === null) this.first = entry;
    // `concat` takes just the memory it needs; a spread leaves room for sixteen more.
    else this.others = this.others.concat(entry);
    const { whenAdded } = this;
    this.whenAdded = null;
    whenAdded?.();
    return entry;
  }

  /** Finds by listener and registration; the attribute is found whatever its listener is. */
  private find(listener: Listener<never> | null, registration: Registration): Entry | undefined {
    const isSame = (entry: Entry): boolean =>
      entry.registration === registration &&
      (registration === 'attribute' || entry.listener === listener);
    const { first } = this;
    return first !== null && isSame(first) ? first : this.others.find(isSame);
  }

  private drop(entry: Entry | undefined): void {
    if (entry === undefined) return;
    entry.listener = null;
    forgetSignal(entry);
    const { first, others } = this;
    if (entry === first) this.first = others[0] ?? null;
    const left = others.filter((other) => other !== entry && other !== this.first);
    this.others = left.length === 0 ? NO_ENTRIES : left;
  }
}

function forgetSignal(entry: Entry): void {
  entry.forgetSignal?.();
  entry.forgetSignal = null;
}
