/**
 * The extension at work on one connection: which messages are compressed, on which thread, and what
 * is remembered of them.
 *
 * Of each direction's messages there is one at a time, so what is remembered is always what the peer
 * remembers too.
 */
import type { ExtensionMessage, ExtensionSession, OutgoingMessage } from '@ws/extensions';
import type { Awaitable, IncomingParts, OutgoingParts } from '@ws/extensions';
import { deflateInTurns, inflateInTurns } from './background';
import { abandoned, MOST_AT_ONCE, RSV1 } from './codec';
import type { Compression } from './codec';
import type { ContextParts, IncomingContext, OutgoingContext } from './contexts';
import { compressed, deflateOnce, smaller } from './deflate-once';
import type { SharedResults } from './deflate-once';
import { DeflatingParts } from './deflating-parts';
import type { FairQueue } from './fair-queue';
import type { Droppable } from './idle-watch';
import { InflatingParts } from './inflating-parts';
import type { Work } from './job';
import type { PartsHost } from './parts-host';
import { PassingIncoming, PassingOutgoing } from './passing-parts';
import { inflateAtOnce, withTakeoverHint } from './takeover-hint';

/** What was agreed on, and what there is to work with. */
export interface SessionParts {
  /** Messages of fewer bytes are sent as they are. */
  readonly threshold: number;
  readonly compression: Compression;
  /** What all connections have in common. */
  readonly shared: ContextParts;
  readonly jobs: FairQueue;
  /** Null where each message stands by itself. */
  readonly outgoing: OutgoingContext | null;
  readonly incoming: IncomingContext | null;
}

export class DeflateSession implements ExtensionSession, PartsHost {
  readonly #parts: SessionParts;
  /** Messages in parts that hold memory; null when there is none. */
  #unfinished: Set<Droppable> | null = null;
  #closed = false;

  constructor(parts: SessionParts) {
    this.#parts = parts;
  }

  processOutgoing(message: OutgoingMessage): Awaitable<ExtensionMessage> {
    const { threshold, shared, compression, outgoing } = this.#parts;
    const { data } = message;
    if (!message.compress || data.byteLength < threshold) return message;
    if (message.shared !== undefined) return this.#deflateOnce(message, message.shared);
    if (data.byteLength > MOST_AT_ONCE) return this.#deflateInBackground(message);
    if (outgoing !== null) return compressed(message, outgoing.deflate(data));
    return smaller(message, shared.codec.deflate(data, compression, null));
  }

  processIncoming(message: ExtensionMessage, maxBytes: number): Awaitable<ExtensionMessage> {
    if ((message.rsv & RSV1) === 0) return message;
    const { shared, incoming } = this.#parts;
    const { data } = message;
    const history = incoming === null ? null : incoming.history;
    if (data.byteLength <= MOST_AT_ONCE) {
      const inflated = inflateAtOnce(shared, data, maxBytes, history);
      if (inflated !== null) return this.#inflated(message, inflated);
    }
    return this.#inBackground(
      () => inflateInTurns(data, maxBytes, history === null ? null : history.bytes),
      (inflated) => this.#inflated(message, inflated),
    );
  }

  outgoingParts(message: Omit<OutgoingMessage, 'data'>): OutgoingParts {
    if (!message.compress) return new PassingOutgoing(message.rsv);
    return new DeflatingParts(this, message, this.#parts, (whole) => this.processOutgoing(whole));
  }

  incomingParts({ rsv }: Omit<ExtensionMessage, 'data'>, maxBytes: number): IncomingParts {
    if ((rsv & RSV1) === 0) return new PassingIncoming(rsv);
    const { shared, incoming } = this.#parts;
    return new InflatingParts(this, rsv & ~RSV1, maxBytes, shared, incoming);
  }

  /** Whatever is in flight rejects; nothing of it is kept. */
  close(): void {
    this.#closed = true;
    this.#parts.jobs.cancel(this, abandoned);
    for (const message of this.#unfinished ?? []) message.drop();
    this.#unfinished = null;
    this.#parts.outgoing?.drop();
    this.#parts.incoming?.drop();
  }

  /**
   * What this message becomes without what came before it, so that it is the same for all connections that compress
   * alike. What came before it is still what later messages refer to, and this one with it.
   */
  #deflateOnce(message: OutgoingMessage, results: SharedResults): Awaitable<ExtensionMessage> {
    const made = deflateOnce(message, results, this.#parts);
    if (!('then' in made)) return this.#madeOnce(message, made);
    return this.#unwaited(
      made.then((result) => {
        this.#checkOpen();
        return this.#madeOnce(message, result);
      }),
    );
  }

  #madeOnce({ data }: OutgoingMessage, made: ExtensionMessage): ExtensionMessage {
    if ((made.rsv & RSV1) !== 0) this.#parts.outgoing?.follow(data);
    return made;
  }

  #deflateInBackground(message: OutgoingMessage): Promise<ExtensionMessage> {
    const { compression, outgoing } = this.#parts;
    const { data } = message;
    const history = outgoing === null ? null : outgoing.bytes;
    return this.#inBackground(
      () => deflateInTurns(data, compression, history),
      (deflated) => {
        if (outgoing === null) return smaller(message, deflated);
        outgoing.remember(data);
        return compressed(message, deflated);
      },
    );
  }

  #inflated(message: ExtensionMessage, inflated: Uint8Array): ExtensionMessage {
    this.#parts.incoming?.remember(inflated);
    return { opcode: message.opcode, rsv: message.rsv & ~RSV1, data: inflated };
  }

  keep(unfinished: Droppable): void {
    this.#unfinished ??= new Set();
    this.#unfinished.add(unfinished);
  }

  release(unfinished: Droppable): void {
    unfinished.drop();
    this.#unfinished?.delete(unfinished);
    if (this.#unfinished?.size === 0) this.#unfinished = null;
  }

  async run(begin: () => Work): Promise<Uint8Array> {
    this.#checkOpen();
    const made = await this.#made(begin);
    this.#checkOpen();
    return made;
  }

  async #made(begin: () => Work): Promise<Uint8Array> {
    const { jobs, shared } = this.#parts;
    try {
      return await jobs.run(this, begin);
    } catch (error) {
      throw withTakeoverHint(error, shared.toldBy);
    }
  }

  #checkOpen(): void {
    if (this.#closed) throw abandoned();
  }

  #inBackground(
    begin: () => Work,
    then: (result: Uint8Array) => ExtensionMessage,
  ): Promise<ExtensionMessage> {
    return this.#unwaited(this.run(begin).then(then));
  }

  /** Whoever closed the session need not wait for what it was doing. */
  #unwaited<T>(result: Promise<T>): Promise<T> {
    result.catch(() => undefined);
    return result;
  }
}
