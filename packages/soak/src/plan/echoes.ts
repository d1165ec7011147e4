/** The account of one connection's messages: echoes have to come back equal, in order, and all. */
import { isEcho, messageOf } from './messages';
import type { Plan } from './plan';

export class Echoes {
  /** Messages sent so far; the number of the next one. */
  sent = 0;
  received = 0;
  readonly #plan: Plan;

  constructor(plan: Plan) {
    this.#plan = plan;
  }

  get outstanding(): number {
    return this.sent - this.received;
  }

  /** The next message to send, counted as sent. */
  next(): string | Buffer {
    return messageOf(this.#plan, this.sent++);
  }

  /** Counts an echo; false if it is not the one that is due. */
  take(data: unknown): boolean {
    if (this.outstanding === 0) return false;
    return isEcho(data, messageOf(this.#plan, this.received++));
  }
}
