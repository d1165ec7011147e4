/**
 * The connections that open, in their order, for whoever asks for one after the other. Those that wait are in memory while
 * they are open: a loop that is slow keeps no others.
 */
import { Fifo } from '@ws/common';

type Asked<Connection> = (result: IteratorResult<Connection, undefined>) => void;

const DONE: IteratorReturnResult<undefined> = { done: true, value: undefined };

export class ConnectionIterator<Connection> implements AsyncIterableIterator<
  Connection,
  undefined
> {
  readonly #waiting = new Set<Connection>();
  /** Those that wait for connections; there are none where connections wait. */
  readonly #asked = new Fifo<Asked<Connection>>();
  readonly #onEnded: (iterator: this) => void;
  #isOver = false;

  /** @param onEnded called when it wants no more connections */
  constructor(onEnded: (iterator: ConnectionIterator<Connection>) => void) {
    this.#onEnded = onEnded;
  }

  /** A connection is open. */
  add(connection: Connection): void {
    const asked = this.#asked.shift();
    if (asked === undefined) this.#waiting.add(connection);
    else asked({ done: false, value: connection });
  }

  /** A connection has ended. */
  delete(connection: Connection): void {
    this.#waiting.delete(connection);
  }

  /** There will be no more connections. */
  end(): void {
    this.#isOver = true;
    this.#waiting.clear();
    this.#onEnded(this);
    for (let asked = this.#asked.shift(); asked; asked = this.#asked.shift()) asked(DONE);
  }

  next(): Promise<IteratorResult<Connection, undefined>> {
    for (const value of this.#waiting) {
      this.#waiting.delete(value);
      return Promise.resolve({ done: false, value });
    }
    if (this.#isOver) return Promise.resolve(DONE);
    return new Promise((resolve) => this.#asked.push(resolve));
  }

  /** The loop is left. */
  return(): Promise<IteratorReturnResult<undefined>> {
    this.end();
    return Promise.resolve(DONE);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
