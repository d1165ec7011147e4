/**
 * What is sent while something sent earlier is not ready yet: a Blob that is still being read, a
 * message that is still being compressed. It keeps the order, and is there only as long as anything
 * waits.
 */
import { callBack } from '../support/callbacks';
import type { SendCallback } from './written-callbacks';

/** Sends something, now or when the promise is fulfilled; it never rejects. */
export type Sending = () => void | Promise<void>;

interface Waiting {
  readonly byteLength: number;
  callback: SendCallback | null;
  readonly send: Sending;
}

export class SendQueue {
  /** Payload bytes that wait, or have been given up. */
  byteLength = 0;
  private waiting: Waiting[] = [];
  private busy = false;
  private readonly whenEmpty: () => void;

  /** @param whenEmpty called every time that all has been sent */
  constructor(whenEmpty: () => void) {
    this.whenEmpty = whenEmpty;
  }

  /**
   * Adds what is to be sent when all before it has been.
   *
   * @param callback called if it is given up
   */
  add(byteLength: number, callback: SendCallback | null, send: Sending): void {
    this.waiting.push({ byteLength, callback, send });
    this.byteLength += byteLength;
    if (!this.busy) this.advance();
  }

  /** What was being got ready is settled, if the queue does not know it yet: its sender is told by others. */
  firstIsSettled(): void {
    const first = this.waiting[0];
    if (first !== undefined) first.callback = null;
  }

  /** Gives up what waits, and what is being got ready. */
  abandon(error: Error): void {
    for (const { callback } of this.waiting.splice(0)) {
      if (callback !== null) callBack(callback, error);
    }
  }

  private advance(): void {
    let first: Waiting | undefined;
    while ((first = this.waiting[0]) !== undefined) {
      this.busy = true;
      const pending = first.send();
      if (pending !== undefined) {
        this.awaitSending(pending);
        return;
      }
      this.busy = false;
      this.drop(first);
    }
    this.whenEmpty();
  }

  private awaitSending(pending: Promise<void>): void {
    void pending.then(() => {
      this.busy = false;
      const first = this.waiting[0];
      if (first === undefined) return;
      this.drop(first);
      this.advance();
    });
  }

  private drop({ byteLength }: Waiting): void {
    this.waiting.shift();
    this.byteLength -= byteLength;
  }
}
