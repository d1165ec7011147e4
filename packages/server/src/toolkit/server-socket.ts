import { describe } from '@ws/common';
import { becomeInterface, CLOSED, OPENED, WebSocket } from '@ws/connection';
import type { ConnectionSettings, Opening } from '@ws/connection';
import type { Topics } from './topics';

/** What a connection belongs to: a server's connections, and their topics. */
export interface Home {
  readonly topics: Topics<ServerSocket<unknown>>;
  /** A connection is open. */
  opened(ws: ServerSocket<unknown>): void;
  /** A connection has ended, whether it was open or not; it has left its topics. */
  closed(ws: ServerSocket<unknown>): void;
}

const NONE: ReadonlySet<string> = new Set<string>();

/**
 * A connection of a `WebSocketServer`, which makes it.
 *
 * @typeParam Data what the `upgrade` hook has found out about the client
 */
export class ServerSocket<Data = undefined> extends WebSocket {
  /** What the `upgrade` hook has returned as `data`; the application's own. */
  data: Data;
  readonly #home: Home;
  /** Null while it has subscribed to nothing. */
  #topics: Set<string> | null = null;

  /** @hidden */
  constructor(opening: Opening, settings: ConnectionSettings, data: Data, home: Home) {
    super(opening, settings);
    this.data = data;
    this.#home = home;
  }

  /** The topics that it has subscribed to. */
  get topics(): ReadonlySet<string> {
    return this.#topics ?? NONE;
  }

  /**
   * Has what is published on these topics sent to this connection, until it unsubscribes or ends. Subscribing again has
   * no effect, nor has it on a connection that has ended.
   *
   * @throws {TypeError} a topic is not a string
   */
  subscribe(...topics: string[]): void {
    checkTopics(topics);
    if (this.readyState === this.CLOSED) return;
    for (const topic of topics) {
      (this.#topics ??= new Set()).add(topic);
      this.#home.topics.add(topic, this);
    }
  }

  /** @throws {TypeError} a topic is not a string */
  unsubscribe(...topics: string[]): void {
    checkTopics(topics);
    for (const topic of topics) {
      this.#topics?.delete(topic);
      this.#home.topics.delete(topic, this);
    }
    if (this.#topics?.size === 0) this.#topics = null;
  }

  /** @internal */
  [OPENED](): void {
    this.#home.opened(this);
  }

  /** @internal */
  [CLOSED](): void {
    for (const topic of this.topics) this.#home.topics.delete(topic, this);
    this.#topics = null;
    this.#home.closed(this);
  }
}

/** @throws {TypeError} one is not a string */
export function checkTopics(topics: readonly unknown[]): void {
  const wrong = topics.find((topic) => typeof topic !== 'string');
  if (topics.every((topic) => typeof topic === 'string')) return;
  throw new TypeError(`a topic is a string, and not ${describe(wrong)}`);
}

becomeInterface(ServerSocket);
