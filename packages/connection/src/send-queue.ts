/**
 * What is sent while something sent earlier is not ready yet: a Blob that is still being read. It
 * keeps the order, and is there only as long as anything waits.
 */
import { callBack } from './callbacks';
import type { SendCallback } from './written-callbacks';

interface Waiting {
  readonly byteLength: number;
  readonly callback: SendCallback | null;
  /** Sends it; null until it is ready. */
  send: (() => void) | null;
}

export class SendQueue {
  /** Payload bytes that wait, or have been given up. */
  byteLength = 0;
  private waiting: Waiting[] = [];
  private readonly whenEmpty: () => void;

  /** @param whenEmpty called every time that all has been sent */
  constructor(whenEmpty: () => void) {
    this.whenEmpty = whenEmpty;
  }

  /**
   * Adds what can be sent as soon as all before it has been.
   *
   * @param callback called if it is given up
   */
  add(byteLength: number, callback: SendCallback | null, send: () => void): void {
    this.push({ byteLength, callback, send });
  }

  /**
   * Adds what is ready when the promise is fulfilled.
   *
   * @param callback called if it is given up
   * @param failed called in place of `send` when the promise is rejected
   */
  addLater<T>(
    byteLength: number,
    callback: SendCallback | null,
    ready: Promise<T>,
    send: (value: T) => void,
    failed: (error: unknown) => void,
  ): void {
    const waiting: Waiting = { byteLength, callback, send: null };
    this.push(waiting);
    const settle = (action: () => void): void => {
      waiting.send = action;
      this.advance();
    };
    ready.then(
      (value) => settle(() => send(value)),
      (error: unknown) => settle(() => failed(error)),
    );
  }

  /** Gives up what waits. */
  abandon(error: Error): void {
    for (const { callback } of this.waiting.splice(0)) {
      if (callback !== null) callBack(callback, error);
    }
  }

  private push(waiting: Waiting): void {
    this.waiting.push(waiting);
    this.byteLength += waiting.byteLength;
    this.advance();
  }

  private advance(): void {
    let first = this.waiting[0];
    if (first === undefined) return;
    while (first?.send) {
      this.waiting.shift();
      this.byteLength -= first.byteLength;
      first.send();
      first = this.waiting[0];
    }
    if (first === undefined) this.whenEmpty();
  }
}
