/**
 * What a class of WebSockets may have, to be told of their opening and of their end before any listener is. A listener
 * could be removed, and takes memory on every connection.
 */

/** Called when the connection is open. */
export const OPENED: unique symbol = Symbol('opened');
/** Called when it has ended, once, whether it was open or not. */
export const CLOSED: unique symbol = Symbol('closed');

export interface LifeHooks {
  [OPENED]?(): void;
  [CLOSED]?(): void;
}
