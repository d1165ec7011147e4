/**
 * What a connection keeps from one message to the next, where that was agreed on (RFC 7692 §7.1.1),
 * in each direction.
 *
 * The handshake promises the peer that what it sends is remembered, for as long as the connection
 * lasts. What we send is remembered while there is memory for it and while it is of use, for a
 * sender may forget at any time. A window counts whole, however little is in it.
 */
import { deflaterMemory } from './codec';
import type { Codec, Compression, LiveDeflater } from './codec';
import type { ContextMemory } from './context-memory';
import { History } from './history';
import type { IdleWatch } from './idle-watch';
import type { TakeoverOption } from './takeover-hint';

/** What the contexts of several connections are made with. */
export interface ContextParts {
  readonly codec: Codec;
  readonly memory: ContextMemory;
  /** What `memory` may come to, in bytes. */
  readonly mostMemory: number;
  readonly idle: IdleWatch;
  /** The option by which the peer was told not to keep its context; null if none has. */
  readonly toldBy: TakeoverOption | null;
}

/**
 * Compresses the messages that we send. The history decides what the next one may refer to; a live
 * compressor, which is faster and takes far more memory, is a cache of it. Live compressors get no
 * more than half of the memory, so that there is some for further connections.
 */
export class OutgoingContext {
  readonly #compression: Compression;
  readonly #window: number;
  readonly #parts: ContextParts;
  #history: History | null = null;
  #live: LiveDeflater | null = null;

  /** @param window how far back a message may refer, in bytes */
  constructor(compression: Compression, window: number, parts: ContextParts) {
    this.#compression = compression;
    this.#window = window;
    this.#parts = parts;
  }

  /** What the next message may refer to; null when there is nothing. */
  get bytes(): Uint8Array | null {
    return this.#history?.bytes ?? null;
  }

  /** Compresses a message, which has to be sent then, and remembers it. */
  deflate(data: Uint8Array): Uint8Array {
    const { codec } = this.#parts;
    const deflated = this.#deflateLive(data) ?? codec.deflate(data, this.#compression, this.bytes);
    this.#append(data);
    return deflated;
  }

  /** Remembers a message that somebody else has compressed. */
  remember(data: Uint8Array): void {
    this.#stopLive();
    this.#append(data);
  }

  /** A message was sent that somebody else has compressed by itself: only what refers to others has to know. */
  follow(data: Uint8Array): void {
    if (this.#history !== null) this.remember(data);
  }

  /** Forgets everything, and gives the memory back. */
  drop(): void {
    this.#stopLive();
    if (this.#history === null) return;
    this.#history = null;
    this.#parts.memory.giveBack(this.#window);
    this.#parts.idle.forget(this);
  }

  #append(data: Uint8Array): void {
    const { memory, mostMemory, idle } = this.#parts;
    if (this.#history === null) {
      if (!memory.hasRoom(this.#window, mostMemory)) return;
      memory.take(this.#window);
      this.#history = new History(this.#window);
    }
    this.#history.append(data);
    idle.touch(this);
  }

  #deflateLive(data: Uint8Array): Uint8Array | null {
    this.#live ??= this.#startLive();
    const deflated = this.#live === null ? null : this.#live.deflate(data);
    if (deflated === null) this.#stopLive();
    return deflated;
  }

  /** Not for a first message: there may be no second. */
  #startLive(): LiveDeflater | null {
    const { codec, memory, mostMemory } = this.#parts;
    const history = this.bytes;
    const bytes = deflaterMemory(this.#compression);
    if (history === null || !memory.hasRoom(bytes, mostMemory / 2)) return null;
    const live = codec.startDeflater(this.#compression, history);
    if (live !== null) memory.take(bytes);
    return live;
  }

  #stopLive(): void {
    if (this.#live === null) return;
    this.#live.close();
    this.#live = null;
    this.#parts.memory.giveBack(deflaterMemory(this.#compression));
  }
}

/** Remembers the messages that the peer sends. */
export class IncomingContext {
  readonly #window: number;
  readonly #memory: ContextMemory;
  #history: History | null;

  /** @param window how far back a message may refer, in bytes */
  constructor(window: number, memory: ContextMemory) {
    this.#window = window;
    this.#memory = memory;
    this.#history = new History(window);
    memory.take(window);
  }

  /** What the next message may refer to; null when nothing will refer to anything. */
  get history(): History | null {
    return this.#history;
  }

  remember(data: Uint8Array): void {
    this.#history?.append(data);
  }

  /** Nothing will refer to it any more. */
  drop(): void {
    if (this.#history === null) return;
    this.#history = null;
    this.#memory.giveBack(this.#window);
  }
}
