/** The clients of one process: keeps so many connections open, by plans with rising numbers. */
import { planOf } from '../plan/plan';
import { DURATIONS, type Ports, type Settings } from '../settings';
import { Tally } from '../tally';
import { Conversation, type ConversationOwner } from './conversation';
import type { Route } from './speaker';

export interface ClientSettings extends Settings {
  readonly ports: Ports;
  /** Which of the client processes this is, and how many there are: plans are dealt out in turn. */
  readonly share: { readonly index: number; readonly of: number };
  /** Addresses 127.0.0.1, 127.0.0.2, … to connect from. */
  readonly addresses: number;
  /** Connections after which no more are opened; null: until the end of the run. */
  readonly total: number | null;
}

/** Few enough at once for any backlog. */
const OPENED_AT_ONCE = 40;

export class SoakClients implements ConversationOwner {
  readonly tally: Tally = new Tally();
  readonly pace: number;
  readonly #settings: ClientSettings;
  readonly #live = new Set<Conversation>();
  #opened = 0;
  #timer: NodeJS.Timeout | undefined;
  #whenDone: (() => void) | null = null;

  constructor(settings: ClientSettings) {
    this.#settings = settings;
    this.pace = settings.pace;
  }

  get live(): number {
    return this.#live.size;
  }

  get outstanding(): number {
    let sum = 0;
    for (const conversation of this.#live) sum += conversation.outstanding;
    return sum;
  }

  /** Begins; resolves when no more are to be opened and all have ended. */
  run(): Promise<void> {
    this.#timer = setInterval(() => this.#openMissing(), DURATIONS.opening * this.pace);
    return new Promise((resolve) => (this.#whenDone = resolve));
  }

  /** Opens no more; every connection closes when its echoes have come. */
  drain(): void {
    this.#stopOpening();
    for (const conversation of this.#live) conversation.drain();
  }

  /** Gives up on what has not ended by now. */
  abandon(): void {
    this.#stopOpening();
    for (const conversation of this.#live) conversation.abandon();
  }

  onEnded(conversation: Conversation): void {
    this.#live.delete(conversation);
    if (this.#timer === undefined && this.#live.size === 0) this.#whenDone?.();
  }

  #openMissing(): void {
    const { connections, total } = this.#settings;
    const missing = Math.min(connections - this.#live.size, OPENED_AT_ONCE);
    const left = (total ?? Infinity) - this.#opened;
    for (let i = 0; i < Math.min(missing, left); i++) this.#open();
    if (this.#opened === total) this.#stopOpening();
  }

  #open(): void {
    const { seed, share } = this.#settings;
    const id = share.index + share.of * this.#opened++;
    this.#live.add(new Conversation(planOf(seed, id), this.#routeOf(id), this));
  }

  #routeOf(id: number): Route {
    const { ports, identity, addresses } = this.#settings;
    return { ports, ca: identity.cert, localAddress: `127.0.0.${1 + (id % addresses)}` };
  }

  #stopOpening(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
