/**
 * The extension at work on one connection: which messages are compressed, on which thread, and what
 * is remembered of them.
 *
 * Of each direction's messages there is one at a time, so what is remembered is always what the peer
 * remembers too.
 */
import type { ExtensionMessage, ExtensionSession, OutgoingMessage } from '@ws/extensions';
import type { Awaitable } from '@ws/extensions';
import { deflateInTurns, inflateInTurns } from './background';
import type { Codec, Compression } from './codec';
import type { IncomingContext, OutgoingContext } from './contexts';
import type { FairQueue } from './fair-queue';
import type { Work } from './job';

/** The "Per-Message Compressed" bit (RFC 7692 §6), among RSV1 · 4 + RSV2 · 2 + RSV3. */
export const RSV1 = 4;

/** Longer messages, compressed or to be compressed, are work for another thread. */
const MOST_AT_ONCE = 16_384;
/** So are those that turn out to become longer than this. */
const MOST_INFLATED_AT_ONCE = 131_072;

/** What was agreed on, and what there is to work with. */
export interface SessionParts {
  /** Messages of fewer bytes are sent as they are. */
  readonly threshold: number;
  readonly compression: Compression;
  readonly codec: Codec;
  readonly jobs: FairQueue;
  /** Null where each message stands by itself. */
  readonly outgoing: OutgoingContext | null;
  readonly incoming: IncomingContext | null;
}

export class DeflateSession implements ExtensionSession {
  readonly #parts: SessionParts;
  #closed = false;

  constructor(parts: SessionParts) {
    this.#parts = parts;
  }

  processOutgoing(message: OutgoingMessage): Awaitable<ExtensionMessage> {
    const { threshold, codec, compression, outgoing } = this.#parts;
    const { data } = message;
    if (!message.compress || data.byteLength < threshold) return message;
    if (data.byteLength > MOST_AT_ONCE) return this.#deflateInBackground(message);
    if (outgoing !== null) return compressed(message, outgoing.deflate(data));
    return smaller(message, codec.deflate(data, compression, null));
  }

  processIncoming(message: ExtensionMessage, maxBytes: number): Awaitable<ExtensionMessage> {
    if ((message.rsv & RSV1) === 0) return message;
    const { codec, incoming } = this.#parts;
    const { data } = message;
    const history = incoming === null ? null : incoming.bytes;
    if (data.byteLength <= MOST_AT_ONCE) {
      const most = Math.min(maxBytes, MOST_INFLATED_AT_ONCE);
      const inflated = codec.inflate(data, most, history);
      if (inflated !== null) return this.#inflated(message, inflated);
    }
    return this.#inBackground(
      () => inflateInTurns(data, maxBytes, history),
      (inflated) => this.#inflated(message, inflated),
    );
  }

  /** Whatever is in flight rejects; nothing of it is kept. */
  close(): void {
    this.#closed = true;
    this.#parts.jobs.cancel(this, abandoned);
    this.#parts.outgoing?.drop();
    this.#parts.incoming?.drop();
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

  /** Works on other threads when it is the connection's turn, until that is over. */
  #inBackground(
    begin: () => Work,
    then: (result: Uint8Array) => ExtensionMessage,
  ): Promise<ExtensionMessage> {
    const { jobs } = this.#parts;
    const bytes = this.#closed ? Promise.reject(abandoned()) : jobs.run(this, begin);
    const result = bytes.then((made) => {
      if (this.#closed) throw abandoned();
      return then(made);
    });
    // Whoever closed the session need not wait for what it was doing.
    result.catch(() => undefined);
    return result;
  }
}

/** The message, or what it has become where that is less. */
function smaller(message: OutgoingMessage, deflated: Uint8Array): ExtensionMessage {
  return deflated.byteLength < message.data.byteLength ? compressed(message, deflated) : message;
}

function compressed(message: OutgoingMessage, data: Uint8Array): ExtensionMessage {
  return { opcode: message.opcode, rsv: message.rsv | RSV1, data };
}

function abandoned(): Error {
  return new Error('the connection was over before the message was ready');
}
