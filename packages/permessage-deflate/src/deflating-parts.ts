/**
 * A message of ours in parts. Each is compressed for itself, up to a byte boundary, so that it can
 * leave at once and the peer can restore all of it; it refers to those before it, as messages with
 * context takeover do. Between two parts nothing is held but that context.
 */
import type { Awaitable, OutgoingMessage, OutgoingParts } from '@ws/extensions';
import type { ExtensionMessage } from '@ws/extensions';
import { deflateInTurns } from './background';
import { EMPTY_MESSAGE, MOST_AT_ONCE, RSV1, TAIL } from './codec';
import type { Compression } from './codec';
import { OutgoingContext } from './contexts';
import type { ContextParts } from './contexts';
import type { PartsHost } from './parts-host';

const NOTHING = new Uint8Array(0);

/** What to compress a message with. */
export interface DeflatingTools {
  readonly compression: Compression;
  readonly shared: ContextParts;
  /** That of the connection; null where there is none. */
  readonly outgoing: OutgoingContext | null;
}

export class DeflatingParts implements OutgoingParts {
  rsv: number;
  readonly #host: PartsHost;
  readonly #message: Omit<OutgoingMessage, 'data'>;
  readonly #compression: Compression;
  readonly #passWhole: (message: OutgoingMessage) => Awaitable<ExtensionMessage>;
  readonly #context: OutgoingContext;
  readonly #ownsContext: boolean;
  #hasBegun = false;

  /** @param passWhole what to do with a message that is one part */
  constructor(
    host: PartsHost,
    message: Omit<OutgoingMessage, 'data'>,
    { compression, shared, outgoing }: DeflatingTools,
    passWhole: (message: OutgoingMessage) => Awaitable<ExtensionMessage>,
  ) {
    this.#host = host;
    this.#message = message;
    this.#compression = compression;
    this.#passWhole = passWhole;
    this.#ownsContext = outgoing === null;
    this.#context =
      outgoing ?? new OutgoingContext(compression, 2 ** compression.windowBits, shared);
    this.rsv = message.rsv | RSV1;
  }

  push(part: Uint8Array, isLast: boolean): Awaitable<Uint8Array> {
    if (!this.#hasBegun && isLast) return this.#whole(part);
    if (part.byteLength === 0) return isLast ? this.#end(EMPTY_MESSAGE.slice()) : NOTHING;
    if (!this.#hasBegun) this.#begin();
    if (part.byteLength <= MOST_AT_ONCE) return this.#sealed(this.#context.deflate(part), isLast);
    const { bytes } = this.#context;
    return this.#host
      .run(() => deflateInTurns(part, this.#compression, bytes))
      .then((deflated) => {
        this.#context.remember(part);
        return this.#sealed(deflated, isLast);
      });
  }

  #begin(): void {
    this.#hasBegun = true;
    if (this.#ownsContext) this.#host.keep(this.#context);
  }

  #sealed(deflated: Uint8Array, isLast: boolean): Uint8Array {
    return isLast ? this.#end(deflated) : Buffer.concat([deflated, TAIL]);
  }

  #end(last: Uint8Array): Uint8Array {
    if (this.#ownsContext) this.#host.release(this.#context);
    return last;
  }

  #whole(data: Uint8Array): Awaitable<Uint8Array> {
    const take = (made: ExtensionMessage): Uint8Array => {
      this.rsv = made.rsv;
      return made.data;
    };
    const result = this.#passWhole({ ...this.#message, data });
    return 'then' in result ? result.then(take) : take(result);
  }
}
