/** How a WebSocketServer closes its connections: spread over a time, so that their clients do not all come back at once. */
import { integerOption, knownOptions, LONGEST_TIMEOUT, optional } from '@ws/common';
import { closeArguments, now, SERVER, startTimer } from '@ws/connection';
import type { CloseEvent, CloseStatus, Timer, WebSocket } from '@ws/connection';

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
  /** At `timeout`, or at the `closeTimeout` of the connection. */
  readonly terminated: number;
}

export interface ClosePlan {
  /** What clients are sent. */
  readonly status: CloseStatus;
  readonly over: number;
  readonly timeout: number;
}

const OPTIONS: ReadonlySet<string> = new Set(['code', 'reason', 'over', 'timeout']);
const CODE = { fallback: 1001, least: 0, most: 0xffff };
const OVER = { fallback: 0, least: 0, most: LONGEST_TIMEOUT };
const TIMEOUT = { fallback: 10_000, least: 0, most: LONGEST_TIMEOUT };
/** Milliseconds between two steps, at the least. */
const SHORTEST_STEP = 10;

/**
 * @throws {TypeError} an option is unknown, or has the wrong type
 * @throws {RangeError} a number is out of range, or `over` is longer than `timeout`
 * @throws {DOMException} InvalidAccessError: the code may not be sent; SyntaxError: the reason is longer than 123 bytes
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
  const reason = optional(options, 'reason', 'a string', isString);
  return { status: closeArguments(SERVER, code, reason), over, timeout };
}

/** Closes connections by a plan; done when none is left. */
export class Shutdown {
  readonly #queue: readonly WebSocket[];
  readonly #left: Set<WebSocket>;
  readonly #plan: ClosePlan;
  readonly #start = now();
  #timer: Timer | null = null;
  /** How many of the queue are closing. */
  #begun = 0;
  #isOverdue = false;
  #terminated = 0;
  #finish!: (closed: ClosedConnections) => void;

  constructor(connections: Iterable<WebSocket>, plan: ClosePlan) {
    this.#queue = [...connections];
    this.#left = new Set(this.#queue);
    this.#plan = plan;
  }

  run(): Promise<ClosedConnections> {
    return new Promise((resolve) => {
      this.#finish = resolve;
      for (const ws of this.#queue) ws.once('close', (event) => this.#gone(ws, event));
      if (this.#queue.length === 0) this.#conclude();
      else this.#step();
    });
  }

  /** Closes as many as should be closing by now, and comes back for the rest. */
  #step(): void {
    const { status, timeout } = this.#plan;
    const elapsed = now() - this.#start;
    const due = this.#dueAfter(elapsed);
    while (this.#begun < due) this.#queue[this.#begun++]!.close(status.code, status.reason);
    const next = due < this.#queue.length ? this.#timeOf(due) : timeout;
    if (this.#left.size === 0) return;
    if (due === this.#queue.length && elapsed >= timeout) this.#terminate();
    else this.#timer = startTimer(() => this.#step(), Math.max(SHORTEST_STEP, next - elapsed));
  }

  /** How many should be closing when so many milliseconds have passed. */
  #dueAfter(elapsed: number): number {
    const { over } = this.#plan;
    const { length } = this.#queue;
    return elapsed < over ? Math.floor((elapsed / over) * length) + 1 : length;
  }

  /** Milliseconds from the start until one of the queue is closed. */
  #timeOf(index: number): number {
    return (this.#plan.over * index) / this.#queue.length;
  }

  #terminate(): void {
    this.#isOverdue = true;
    for (const ws of this.#left) ws.terminate();
  }

  #gone(ws: WebSocket, { cause }: CloseEvent): void {
    this.#left.delete(ws);
    if (this.#isOverdue || cause?.code === 'WS_ERR_CLOSE_TIMEOUT') this.#terminated++;
    if (this.#left.size === 0) this.#conclude();
  }

  #conclude(): void {
    this.#timer?.stop();
    const terminated = this.#terminated;
    this.#finish({ closed: this.#queue.length - terminated, terminated });
  }
}

function isString(value: unknown): value is string {
  return typeof value === 'string';
}
