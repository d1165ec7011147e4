/** What is called with the events of a WebSocket, and how it asks for them. */

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

/** Calls a listener of either form; what it throws is thrown. */
export function callListener(
  listener: Listener<never>,
  target: object,
  args: readonly unknown[],
): void {
  if (typeof listener === 'function') Reflect.apply(listener, target, args);
  else (listener as { handleEvent(...args: unknown[]): unknown }).handleEvent(...args);
}
