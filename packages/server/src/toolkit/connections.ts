/**
 * The connections of a WebSocketServer, from the answer to their end. Of one that is open, no more is kept than its place
 * in a set: what is of use only until then is forgotten with its arrival.
 */
import { ConnectionIterator } from './connection-iterator';
import type { ServerSocket, Home } from './server-socket';
import { Topics } from './topics';

/** A connection that is not open yet. */
export interface Arrival {
  /** What it subscribes to when it opens. */
  readonly topics: readonly string[];
  /** It is open, or it has ended before that; called once. */
  readonly settle: (isOpen: boolean) => void;
}

export class Connections<Data> implements Home {
  readonly topics: Topics<ServerSocket<unknown>> = new Topics<ServerSocket<unknown>>();
  readonly #clients = new Set<ServerSocket<Data>>();
  readonly #arrivals = new Map<ServerSocket<Data>, Arrival>();
  readonly #iterators = new Set<ConnectionIterator<ServerSocket<Data>>>();
  readonly #onLeft: (ws: ServerSocket<Data>) => void;

  /** @param onLeft called when a connection that was open has ended */
  constructor(onLeft: (ws: ServerSocket<Data>) => void) {
    this.#onLeft = onLeft;
  }

  /** Those that are open, or closing. */
  get clients(): ReadonlySet<ServerSocket<Data>> {
    return this.#clients;
  }

  /** These, and those that are not open yet. */
  get all(): ServerSocket<Data>[] {
    return [...this.#arrivals.keys(), ...this.#clients];
  }

  /** A connection was made; it opens after the current tick. */
  expect(ws: ServerSocket<Data>, arrival: Arrival): void {
    this.#arrivals.set(ws, arrival);
  }

  opened(ws: ServerSocket<Data>): void {
    const arrival = this.#take(ws);
    this.#clients.add(ws);
    ws.subscribe(...(arrival?.topics ?? []));
    for (const iterator of this.#iterators) iterator.add(ws);
    arrival?.settle(true);
  }

  closed(ws: ServerSocket<Data>): void {
    this.#take(ws)?.settle(false);
    for (const iterator of this.#iterators) iterator.delete(ws);
    if (this.#clients.delete(ws)) this.#onLeft(ws);
  }

  /** Those that open from now on. */
  iterate(): ConnectionIterator<ServerSocket<Data>> {
    const iterator = new ConnectionIterator<ServerSocket<Data>>((it) => this.#iterators.delete(it));
    this.#iterators.add(iterator);
    return iterator;
  }

  /** There will be no more. */
  end(): void {
    for (const iterator of this.#iterators) iterator.end();
  }

  #take(ws: ServerSocket<Data>): Arrival | undefined {
    const arrival = this.#arrivals.get(ws);
    this.#arrivals.delete(ws);
    return arrival;
  }
}
