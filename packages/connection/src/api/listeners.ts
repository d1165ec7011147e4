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
import { callListener } from './listener';
import type { Listener, ListenerFunction, ListenerObject } from './listener';
import { Entry, OnceEntry, type Registration } from './listener-entry';
import { Outcome } from './outcome';

/** Where a listener that is to be removed is looked for: how it should have come in, then how else it may have. */
const LOOKUPS: Readonly<Record<Registration, readonly Registration[]>> = {
  target: ['target', 'emitter'],
  capture: ['capture', 'emitter'],
  emitter: ['emitter', 'target', 'capture'],
  attribute: ['attribute'],
};

const NO_ENTRIES: readonly Entry[] = [];

export class ListenerTable {
  /** Called, and forgotten, when the next listener for messages has been added. */
  whenHeard: (() => void) | null = null;
  /**
   * Null until somebody waits for it with a promise, or `close` was dispatched.
   *
   * @hidden
   */
  outcome: Outcome<unknown> | null = null;
  private entries: readonly Entry[] = NO_ENTRIES;

  /** Whether `close` was dispatched. */
  private get ended(): boolean {
    return this.outcome !== null && this.outcome.ending !== null;
  }

  /** The names that have listeners, in the order of the first ones. */
  get names(): string[] {
    return [...new Set(this.entries.map(({ name }) => name))];
  }

  /**
   * The entries of a name, in their order.
   *
   * @hidden
   */
  of(name: string): Entry[] {
    return this.entries.filter((entry) => entry.name === name);
  }

  /** Adds a listener; one added twice by `addEventListener` counts once. */
  add(type: string, listener: Listener<never>, registration: Registration, once: boolean): void {
    this.addEntry(type, listener, registration, once);
  }

  /** Adds a listener in front of all others. */
  prepend(type: string, listener: Listener<never>, once: boolean): void {
    const entry = newEntry(type, listener, 'emitter', once);
    this.entries = [entry].concat(this.entries);
    if (type === 'message') this.heard();
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

  /** Removes a listener, however it came in; that of an attribute is left. */
  remove(name: string, listener: Listener<never>, registration: Registration): void {
    for (const each of LOOKUPS[registration]) {
      const entry = this.find(name, listener, each);
      if (entry !== undefined) return this.drop(entry);
    }
  }

  /** Removes all listeners of a name, or of all names. */
  removeAll(name?: string): void {
    for (const entry of this.entries) {
      if (name === undefined || entry.name === name) this.drop(entry);
    }
  }

  /**
   * Removes an entry, if it is there.
   *
   * @hidden
   */
  drop(entry: Entry | undefined): void {
    if (entry === undefined) return;
    entry.listener = null;
    entry.forget();
    const left = this.entries.filter((other) => other !== entry);
    this.entries = left.length === 0 ? NO_ENTRIES : left;
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

  /**
   * Calls the listeners of a name with arguments, as Node's emitters do: what one throws is thrown.
   *
   * @returns whether there were any
   */
  call(name: string, target: object, args: readonly unknown[]): boolean {
    const entries = this.of(name);
    for (const entry of entries) {
      if (entry.listener === null) continue;
      const { original } = entry;
      if (entry.once) this.drop(entry);
      callListener(original, target, args);
    }
    return entries.length > 0;
  }

  /** `close` was dispatched. */
  end(ending: Ending): void {
    this.outcome ??= new Outcome();
    this.outcome.end(ending);
    this.forgetSignals();
  }

  /** No signal removes a listener any more, nor keeps it in memory. */
  forgetSignals(): void {
    for (const entry of this.entries) entry.forget();
  }

  /** @returns null if it is there already */
  private addEntry(
    type: string,
    listener: Listener<never>,
    registration: Registration,
    once: boolean,
  ): Entry | null {
    if (registration !== 'emitter' && this.find(type, listener, registration)) return null;
    const entry = newEntry(type, listener, registration, once);
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

  /** Finds the last that was added so; the attribute is found whatever its listener is. */
  private find(
    name: string,
    listener: Listener<never> | null,
    registration: Registration,
  ): Entry | undefined {
    return this.entries.findLast((entry) => {
      if (entry.registration !== registration || entry.name !== name) return false;
      return registration === 'attribute' || entry.original === listener;
    });
  }
}

function newEntry(
  type: string,
  listener: Listener<never>,
  registration: Registration,
  once: boolean,
): Entry {
  return new (once ? OnceEntry : Entry)(type, listener, registration);
}

function isObject(value: unknown): value is object {
  return typeof value === 'function' || (typeof value === 'object' && value !== null);
}
