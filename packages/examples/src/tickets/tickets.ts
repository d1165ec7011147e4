/** Tickets: each lets one user in, once, and soon. They are in memory; several processes need a shared store. */
import { randomUUID } from 'node:crypto';

/** How long a ticket is valid, in milliseconds. */
const LIFETIME = 30_000;

interface Ticket {
  readonly user: string;
  readonly validUntil: number;
}

export class Tickets {
  /** The oldest first. */
  readonly #tickets = new Map<string, Ticket>();

  /** Makes a ticket for a user. */
  issue(user: string): string {
    this.#forgetExpired();
    const id = randomUUID();
    this.#tickets.set(id, { user, validUntil: Date.now() + LIFETIME });
    return id;
  }

  /** Whose ticket it is; undefined if it was used before, has expired or never existed. */
  redeem(id: string | null): string | undefined {
    this.#forgetExpired();
    const ticket = this.#tickets.get(id ?? '');
    this.#tickets.delete(id ?? '');
    return ticket?.user;
  }

  #forgetExpired(): void {
    for (const [id, { validUntil }] of this.#tickets) {
      if (validUntil > Date.now()) return;
      this.#tickets.delete(id);
    }
  }
}
