/**
 * What the promises `opened` and `closed` of a WebSocket wait for. A connection has one of these only when
 * somebody has asked for a promise, or when it has ended.
 */
import { ConnectionError } from '../lifecycle/connection-error';
import { toldOf, type Ending } from '../lifecycle/ending';

/** A promise, and how it is settled; once it is, the rest has no effect. */
class Deferred<Value> {
  resolve!: (value: Value) => void;
  reject!: (error: Error) => void;
  readonly promise = new Promise<Value>((resolve, reject) => {
    this.resolve = resolve;
    this.reject = reject;
  });
}

/** How a connection came to be open, and to its end. */
export class Outcome<Opened> {
  /** How it has ended; null before that. */
  ending: Ending | null = null;
  private opening: Deferred<Opened> | null = null;
  private isOpened = false;
  private closing: Deferred<Ending> | null = null;

  /**
   * Waits until the connection is open.
   *
   * @param opened what was opened, if it was already; null if not
   * @returns rejected with the error that it could not be opened for
   */
  whenOpened(opened: Opened | null): Promise<Opened> {
    if (this.opening === null) {
      this.opening = new Deferred();
      // Whoever asks need not wait: a rejection that nobody takes is no mistake.
      this.opening.promise.catch(() => undefined);
      if (opened !== null) this.open(opened);
      else if (this.ending !== null) this.failToOpen(this.ending);
    }
    return this.opening.promise;
  }

  /** Waits until the connection has ended. */
  whenClosed(): Promise<Ending> {
    if (this.closing === null) {
      this.closing = new Deferred();
      if (this.ending !== null) this.closing.resolve(toldOf(this.ending));
    }
    return this.closing.promise;
  }

  open(opened: Opened): void {
    this.isOpened = true;
    this.opening?.resolve(opened);
  }

  end(ending: Ending): void {
    this.ending = ending;
    this.failToOpen(ending);
    this.closing?.resolve(toldOf(ending));
  }

  /** Asks for the cause only if it matters: it may be an error that is made when somebody looks. */
  private failToOpen(ending: Ending): void {
    if (this.opening === null || this.isOpened) return;
    this.opening.reject(ending.cause ?? new ConnectionError('WS_ERR_CLOSED_EARLY'));
  }
}
