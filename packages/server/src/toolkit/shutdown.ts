/** How a WebSocketServer closes its connections: spread over a time, so that their clients do not all come back at once. */
import { setTimeout } from 'node:timers';
import { integerOption, knownOptions, LONGEST_TIMEOUT, optional } from '@ws/common';
import type { WebSocket } from '@ws/connection';

/** How to close a WebSocketServer. Every option may be left out, undefined or null. */
export interface CloseOptions {
  /** The close code. Default 1001, "going away". */
  code?: number | null | undefined;
  /** The reason, at most 123 bytes of UTF-8. Default: none. */
  reason?: string | null | undefined;
  /** Milliseconds over which the closing handshakes are begun. Default 0: all at once. */
  over?: number | null | undefined;
  /** Milliseconds until connections that are still there are terminated; at least `over`. Default 10,000. */
  timeout?: number | null | undefined;
}

/** How many connections there were, by how they ended. */
export interface ClosedConnections {
  /** By a closing handshake, or by the client, in time. */
  readonly closed: number;
  readonly terminated: number;
}

export interface ClosePlan {
  readonly code: number;
  readonly reason: string | undefined;
  readonly over: number;
  readonly timeout: number;
}

const OPTIONS: ReadonlySet<string> = new Set(['code', 'reason', 'over', 'timeout']);
const CODE = { fallback: 1001, least: 1000, most: 4999 };
const OVER = { fallback: 0, least: 0, most: LONGEST_TIMEOUT };
const TIMEOUT = { fallback: 10_000, least: 0, most: LONGEST_TIMEOUT };
/** How often connections are closed, at the most; in milliseconds. */
const SHORTEST_STEP = 10;

/**
 * @throws {TypeError} an option is unknown, or has the wrong type
 * @throws {RangeError} a number is out of range, or `over` is longer than `timeout`
 */
export function closePlan(given: CloseOptions | null | undefined): ClosePlan {
  const options = knownOptions(given, OPTIONS);
  const over = integerOption(options, 'over', OVER);
  const timeout = integerOption(options, 'timeout', TIMEOUT);
  if (over > timeout) {
    throw new RangeError(
      `option over: ${over} ms are more than the ${timeout} ms of option timeout`,
    );
  }
  const code = integerOption(options, 'code', CODE);
  return { code, reason: optional(options, 'reason', 'a string', isString), over, timeout };
}

/** Closes connections by a plan; done when none is left. */
export class Shutdown {
  readonly #left: Set<WebSocket>;
  readonly #plan: ClosePlan;
  readonly #count: number;
  readonly #start = performance.now();
  #timer: NodeJS.Timeout | null = null;
  #begun = 0;
  #terminated = 0;
  #finish!: (closed: ClosedConnections) => void;

  constructor(connections: Iterable<WebSocket>, plan: ClosePlan) {
    this.#left = new Set(connections);
    this.#count = this.#left.size;
    this.#plan = plan;
  }

  run(): Promise<ClosedConnections> {
    return new Promise((resolve) => {
      this.#finish = resolve;
      const queue = [...this.#left];
      for (const ws of queue) ws.once('close', () => this.#gone(ws));
      if (queue.length === 0) this.#conclude();
      else this.#step(queue);
    });
  }

  /** Closes as many as should be closing by now, and comes back for the rest. */
  #step(queue: readonly WebSocket[]): void {
    const { code, reason, over, timeout } = this.#plan;
    const elapsed = performance.now() - this.#start;
    const due = elapsed >= over ? queue.length : Math.ceil((queue.length * elapsed) / over);
    while (this.#begun < due) queue[this.#begun++]!.close(code, reason);
    const isLast = this.#begun === queue.length;
    if (isLast && elapsed >= timeout) this.#terminate();
    else this.#wait(isLast ? timeout - elapsed : over / queue.length, queue);
  }

  #wait(delay: number, queue: readonly WebSocket[]): void {
    this.#timer = setTimeout(() => this.#step(queue), Math.max(SHORTEST_STEP, delay));
  }

  #terminate(): void {
    for (const ws of this.#left) {
      this.#terminated++;
      ws.terminate();
    }
  }

  #gone(ws: WebSocket): void {
    this.#left.delete(ws);
    if (this.#left.size === 0) this.#conclude();
  }

  #conclude(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#finish({ closed: this.#count - this.#terminated, terminated: this.#terminated });
  }
}

function isString(value: unknown): value is string {
  return typeof value === 'string';
}
