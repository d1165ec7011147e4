/**
 * What may be kept from one message to the next: how many bytes in all, and for how long.
 *
 * A window counts whole from the moment that it may be filled. Those of what the peer sends are
 * promised by the handshake and last as long as the connection; those of what we send are taken for
 * as long as they are in use, for a sender may forget at any time.
 */
import { History } from './history';

/** A number of bytes, all connections of the process together. */
export class ContextMemory {
  #used = 0;

  get used(): number {
    return this.#used;
  }

  /** @returns whether `bytes` more fit under `most` */
  hasRoom(bytes: number, most: number): boolean {
    return this.#used + bytes <= most;
  }

  take(bytes: number): void {
    this.#used += bytes;
  }

  giveBack(bytes: number): void {
    this.#used -= bytes;
  }
}

/** The time since each of several contexts was last used; the idle ones are given up. */
export class IdleWatch {
  readonly #timeout: number;
  /** When each was last used, in milliseconds, the longest ago first. */
  readonly #lastUse = new Map<OutgoingContext, number>();
  #timer: NodeJS.Timeout | null = null;

  constructor(timeout: number) {
    this.#timeout = timeout;
  }

  touch(context: OutgoingContext): void {
    this.#lastUse.delete(context);
    this.#lastUse.set(context, performance.now());
    this.#timer ??= this.#wait(this.#timeout);
  }

  forget(context: OutgoingContext): void {
    this.#lastUse.delete(context);
    if (this.#lastUse.size > 0 || this.#timer === null) return;
    clearTimeout(this.#timer);
    this.#timer = null;
  }

  #wait(milliseconds: number): NodeJS.Timeout {
    return setTimeout(() => this.#sweep(), Math.ceil(milliseconds)).unref();
  }

  #sweep(): void {
    this.#timer = null;
    const now = performance.now();
    for (const [context, lastUse] of this.#lastUse) {
      const left = lastUse + this.#timeout - now;
      if (left > 0) {
        this.#timer = this.#wait(left);
        return;
      }
      context.drop();
    }
  }
}

/** What our messages on one connection may refer to, as long as there is memory for it. */
export class OutgoingContext {
  readonly #window: number;
  readonly #mostMemory: number;
  readonly #memory: ContextMemory;
  readonly #idle: IdleWatch;
  #history: History | null = null;

  /**
   * @param window in bytes
   * @param mostMemory what `memory` may come to, in bytes
   */
  constructor(window: number, mostMemory: number, memory: ContextMemory, idle: IdleWatch) {
    this.#window = window;
    this.#mostMemory = mostMemory;
    this.#memory = memory;
    this.#idle = idle;
  }

  /** What the next message may refer to; null when there is nothing. */
  get bytes(): Uint8Array | null {
    return this.#history?.bytes ?? null;
  }

  /** Remembers a message that has been compressed, if there is memory for it. */
  append(message: Uint8Array): void {
    if (this.#history === null) {
      if (!this.#memory.hasRoom(this.#window, this.#mostMemory)) return;
      this.#memory.take(this.#window);
      this.#history = new History(this.#window);
    }
    this.#history.append(message);
    this.#idle.touch(this);
  }

  /** Forgets all, and gives the memory back. */
  drop(): void {
    if (this.#history === null) return;
    this.#history = null;
    this.#memory.giveBack(this.#window);
    this.#idle.forget(this);
  }
}

/** What the peer's messages on one connection may refer to. */
export class IncomingContext {
  readonly #window: number;
  readonly #memory: ContextMemory;
  #history: History | null;

  /** @param window in bytes */
  constructor(window: number, memory: ContextMemory) {
    this.#window = window;
    this.#memory = memory;
    this.#history = new History(window);
    memory.take(window);
  }

  get bytes(): Uint8Array | null {
    return this.#history?.bytes ?? null;
  }

  append(message: Uint8Array): void {
    this.#history?.append(message);
  }

  /** Nothing will refer to it any more. */
  drop(): void {
    if (this.#history === null) return;
    this.#history = null;
    this.#memory.giveBack(this.#window);
  }
}
