import { describe } from '@ws/common';
import { becomeInterface, WebSocket } from '@ws/connection';
import type { ConnectionSettings, Opening } from '@ws/connection';
import type { Topics } from './topics';

/** Takes a connection that has ended out of its topics; for this package alone. */
export let leaveTopics: (ws: ServerSocket<unknown>) => void;

const NONE: ReadonlySet<string> = new Set<string>();

/**
 * A connection of a `WebSocketServer`.
 *
 * @typeParam Data what the `upgrade` hook has found out about the client
 */
export class ServerSocket<Data = undefined> extends WebSocket {
  static {
    leaveTopics = (ws) => ws.unsubscribe(...ws.topics);
  }

  /** What the `upgrade` hook has returned as `data`; the application's own. */
  data: Data;
  readonly #table: Topics<ServerSocket<unknown>>;
  /** Null while it has subscribed to nothing. */
  #topics: Set<string> | null = null;

  /** Applications get theirs from a `WebSocketServer`. */
  constructor(
    opening: Opening,
    settings: ConnectionSettings,
    data: Data,
    topics: Topics<ServerSocket<unknown>>,
  ) {
    super(opening, settings);
    this.data = data;
    this.#table = topics;
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
      this.#table.add(topic, this);
    }
  }

  /** @throws {TypeError} a topic is not a string */
  unsubscribe(...topics: string[]): void {
    checkTopics(topics);
    for (const topic of topics) {
      this.#topics?.delete(topic);
      this.#table.delete(topic, this);
    }
    if (this.#topics?.size === 0) this.#topics = null;
  }
}

/** @throws {TypeError} one is not a string */
export function checkTopics(topics: readonly unknown[]): void {
  const wrong = topics.find((topic) => typeof topic !== 'string');
  if (topics.every((topic) => typeof topic === 'string')) return;
  throw new TypeError(`a topic is a string, and not ${describe(wrong)}`);
}

becomeInterface(ServerSocket);
