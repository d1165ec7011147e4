/**
 * The listeners of one WebSocket, in the order of their registration, and the calling of them.
 *
 * One list serves `addEventListener` (WHATWG DOM §2.7), the `on…` attributes (HTML §8.1.8.1) and
 * Node's `on`, for all types of events: there are so few listeners that walking all of them is cheaper,
 * in time and memory, than a Map of lists. The list is copied when it changes, never while it is
 * walked: a listener that is added during a dispatch is not called by it, one that is removed is not
 * called any more.
 */
import type { Ending } from '../lifecycle/ending';
import { whenAborted } from '../support/abort-listeners';
import { reportThrown } from '../support/callbacks';
import type { SocketEvent } from './events';
import { Outcome } from './outcome';

/** A listener; `this` is the WebSocket. */
export type ListenerFunction<E> = (event: E) => unknown;
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

/** One listener. */
class Entry {
  readonly type: string;
  /** Null once it was removed: a dispatch under way may still come to the entry. */
  listener: Listener<never> | null;
  readonly registration: Registration;
  /** Tells the signal that may remove it that this is no longer to be done; few have one. */
  declare forgetSignal: (() => void) | undefined;

  constructor(type: string, listener: Listener<never>, registration: Registration) {
    this.type = type;
    this.listener = listener;
    this.registration = registration;
  }

  /** Whether it is removed before it is called. */
  get once(): boolean {
    return false;
  }
}

class OnceEntry extends Entry {
  override get once(): boolean {
    return true;
  }
}

const NO_ENTRIES: readonly Entry[] = [];

export class ListenerTable {
  /** Called, and forgotten, when the next listener for messages has been added. */
  whenHeard: (() => void) | null = null;
  /** Null until somebody waits for it with a promise, or `close` was dispatched. */
  outcome: Outcome<unknown> | null = null;
  private entries: readonly Entry[] = NO_ENTRIES;

  /** Whether `close` was dispatched. */
  private get ended(): boolean {
    return this.outcome !== null && this.outcome.ending !== null;
  }

  /** How many listeners a type has. */
  count(type: string): number {
    return this.entries.filter((entry) => entry.type === type).length;
  }

  /** The listeners of a type, in their order. */
  of(type: string): Listener<never>[] {
    return this.entries.filter((entry) => entry.type === type).map(({ listener }) => listener!);
  }

  /** Adds a listener; one added twice by `addEventListener` counts once. */
  add(type: string, listener: Listener<never>, registration: Registration, once: boolean): void {
    this.addEntry(type, listener, registration, once);
  }

  /** Adds a listener that is removed when the signal aborts. */
  addUnder(
    signal: AbortSignal,
    type: string,
    listener: Listener<never>,
    registration: Registration,
    once: boolean,
  ): void {
    const entry = this.addEntry(type, listener, registration, once);
    if (entry === null || this.ended) return;
    entry.forgetSignal = whenAborted(signal, () => this.drop(entry));
  }

  remove(type: string, listener: Listener<never>, registration: Registration): void {
    this.drop(this.find(type, listener, registration));
  }

  /** Removes all listeners of a type, or of all types. */
  removeAll(type?: string): void {
    for (const entry of this.entries) {
      if (type === undefined || entry.type === type) this.drop(entry);
    }
  }

  /** The listener of an `on…` attribute. */
  attribute<E>(type: string): ListenerFunction<E> | null {
    return (this.find(type, null, 'attribute')?.listener ?? null) as ListenerFunction<E> | null;
  }

  /**
   * Sets an `on…` attribute; it keeps its place in the order when it is replaced. What is not an
   * object counts as null; an object that is not a function is kept, and never called (HTML §8.1.8.1,
   * Web IDL's [LegacyTreatNonObjectAsNull]).
   */
  setAttribute<E>(type: string, listener: ListenerFunction<E> | null): void {
    const entry = this.find(type, null, 'attribute');
    if (!isObject(listener)) this.drop(entry);
    else if (entry) entry.listener = listener;
    else this.add(type, listener, 'attribute', false);
  }

  /** Where the first listener of a type is, -1 if there is none. */
  indexOf(type: string): number {
    const { entries } = this;
    for (let index = 0; index < entries.length; index++) {
      if (entries[index]!.type === type) return index;
    }
    return -1;
  }

  /**
   * Calls the listeners of the event's type, with `this` being the event's target. All is done in
   * here, so that between the dispatch and the application there is no other call.
   *
   * @param from where the first of them is
   */
  dispatch(event: SocketEvent<object>, from = 0): void {
    const { target, type } = event;
    const { entries } = this;
    event.currentTarget = target;
    for (let index = from; index < entries.length; index++) {
      const entry = entries[index]!;
      const { listener } = entry;
      if (listener === null || entry.type !== type) continue;
      if (entry.once) this.drop(entry);
      try {
        if (typeof listener === 'function') {
          (listener as ListenerFunction<SocketEvent<object>>).call(target, event);
        } else if (entry.registration !== 'attribute') {
          (listener as ListenerObject<SocketEvent<object>>).handleEvent(event);
        }
      } catch (error) {
        reportThrown(error);
      }
      if (event.cancelBubble) break;
    }
    event.currentTarget = null;
  }

  /** `close` was dispatched. */
  end(ending: Ending): void {
    this.outcome ??= new Outcome();
    this.outcome.end(ending);
    this.forgetSignals();
  }

  /** No signal removes a listener any more, nor keeps it in memory. */
  forgetSignals(): void {
    for (const entry of this.entries) forgetSignal(entry);
  }

  /** @returns null if it is there already */
  private addEntry(
    type: string,
    listener: Listener<never>,
    registration: Registration,
    once: boolean,
  ): Entry | null {
    if (registration !== 'emitter' && this.find(type, listener, registration)) return null;
    const entry = new (once ? OnceEntry : Entry)(type, listener, registration);
    // `concat` takes just the memory it needs; a spread leaves room for sixteen more.
    this.entries = this.entries.concat(entry);
    if (type === 'message') this.heard();
    return entry;
  }

  private heard(): void {
    const { whenHeard } = this;
    this.whenHeard = null;
    whenHeard?.();
  }

  /** Finds a listener by all three; the attribute is found whatever its listener is. */
  private find(
    type: string,
    listener: Listener<never> | null,
    registration: Registration,
  ): Entry | undefined {
    return this.entries.find((entry) => {
      if (entry.type !== type || entry.registration !== registration) return false;
      return registration === 'attribute' || entry.listener === listener;
    });
  }

  private drop(entry: Entry | undefined): void {
    if (entry === undefined) return;
    entry.listener = null;
    forgetSignal(entry);
    const left = this.entries.filter((other) => other !== entry);
    this.entries = left.length === 0 ? NO_ENTRIES : left;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'function' || (typeof value === 'object' && value !== null);
}

function forgetSignal(entry: Entry): void {
  if (entry.forgetSignal === undefined) return;
  entry.forgetSignal();
  entry.forgetSignal = undefined;
}
