/**
 * Who wants to know when what was sent has been handed to the network: first of what waits for the
 * next write, then of each write that the stream has not confirmed. A stream that is destroyed need
 * not call back, so each is told once, by whoever comes first.
 */
import type { WebSocketError } from '../lifecycle/websocket-error';
import { callBack } from '../support/callbacks';

/** Called with null when something was handed to the network, with an error when it cannot be. */
export type SendCallback = (error: WebSocketError | null) => void;

/** What a stream calls when it has written. */
export type Written = (error?: Error | null) => void;

export class WrittenCallbacks {
  private next: SendCallback[] | null = null;
  private readonly inFlight = new Set<readonly SendCallback[]>();

  get isEmpty(): boolean {
    return this.next === null && this.inFlight.size === 0;
  }

  /** Whether anybody waits for the next write. */
  get isWaiting(): boolean {
    return this.next !== null;
  }

  add(callback: SendCallback): void {
    (this.next ??= []).push(callback);
  }

  /** A write begins, of all that waits. @returns what the stream is to call after it */
  follow(): Written {
    const next = this.next ?? [];
    this.next = null;
    this.inFlight.add(next);
    return (error) => {
      if (this.inFlight.delete(next)) callAll(next, error ?? null);
    };
  }

  /** What waits for the next write is not written. */
  failWaiting(error: Error): void {
    const { next } = this;
    this.next = null;
    if (next !== null) callAll(next, error);
  }

  /** Nothing is written any more. */
  fail(error: Error): void {
    const writes = [...this.inFlight];
    this.inFlight.clear();
    for (const each of writes) callAll(each, error);
    this.failWaiting(error);
  }
}

function callAll(callbacks: readonly SendCallback[], error: Error | null): void {
  for (const callback of callbacks) callBack(callback, error);
}
