/** Messages in parts for a session that knows whole ones only: gathered, and its result handed on whole. */
import type {
  Awaitable,
  EmitPiece,
  ExtensionMessage,
  ExtensionSession,
  IncomingParts,
  OutgoingMessage,
  OutgoingParts,
} from './extension';
import { ExtensionError } from './extension-error';

const NOTHING = new Uint8Array(0);
const LEAST_MEMORY = 1024;

/** Bytes that are added to each other. */
class Gathered {
  #memory: Uint8Array = NOTHING;
  length = 0;

  append(part: Uint8Array): void {
    const wanted = this.length + part.byteLength;
    if (wanted > this.#memory.byteLength) {
      const grown = new Uint8Array(Math.max(wanted, 2 * this.length, LEAST_MEMORY));
      grown.set(this.#memory.subarray(0, this.length));
      this.#memory = grown;
    }
    this.#memory.set(part, this.length);
    this.length = wanted;
  }

  get bytes(): Uint8Array {
    return this.#memory.subarray(0, this.length);
  }
}

export class OutgoingGathering implements OutgoingParts {
  rsv: number;
  readonly #session: ExtensionSession;
  readonly #message: Omit<OutgoingMessage, 'data'>;
  readonly #maxBytes: number;
  readonly #gathered = new Gathered();

  /** @param maxBytes the most that the message may be */
  constructor(session: ExtensionSession, message: Omit<OutgoingMessage, 'data'>, maxBytes: number) {
    this.#session = session;
    this.#message = message;
    this.#maxBytes = maxBytes;
    this.rsv = message.rsv;
  }

  push(part: Uint8Array, isLast: boolean): Awaitable<Uint8Array> {
    if (this.#gathered.length + part.byteLength > this.#maxBytes) throw tooLong(this.#maxBytes);
    this.#gathered.append(part);
    if (!isLast) return NOTHING;
    const data = this.#gathered.bytes;
    const result = this.#session.processOutgoing({ ...this.#message, data });
    return 'then' in result ? result.then((made) => this.#take(made)) : this.#take(result);
  }

  #take({ rsv, data }: ExtensionMessage): Uint8Array {
    this.rsv = rsv;
    return data;
  }
}

export class IncomingGathering implements IncomingParts {
  rsv: number;
  readonly #session: ExtensionSession;
  readonly #message: Omit<ExtensionMessage, 'data'>;
  readonly #maxBytes: number;
  readonly #gathered = new Gathered();

  /** @param maxBytes the most that the message may be, before and after */
  constructor(
    session: ExtensionSession,
    message: Omit<ExtensionMessage, 'data'>,
    maxBytes: number,
  ) {
    this.#session = session;
    this.#message = message;
    this.#maxBytes = maxBytes;
    this.rsv = message.rsv;
  }

  push(part: Uint8Array, isLast: boolean, emit: EmitPiece): Awaitable<void> {
    if (this.#gathered.length + part.byteLength > compressedMost(this.#maxBytes)) throw tooBig();
    this.#gathered.append(part);
    if (!isLast) return undefined;
    const data = this.#gathered.bytes;
    const result = this.#session.processIncoming({ ...this.#message, data }, this.#maxBytes);
    return 'then' in result
      ? result.then((restored) => this.#hand(restored, emit))
      : this.#hand(result, emit);
  }

  #hand({ rsv, data }: ExtensionMessage, emit: EmitPiece): Awaitable<void> {
    if (data.byteLength > this.#maxBytes) throw tooBig();
    this.rsv = rsv;
    return data.byteLength > 0 ? emit(data) : undefined;
  }
}

/** What does not compress grows a little: by 5 bytes in 64 KiB, with poor encoders somewhat more. */
function compressedMost(maxBytes: number): number {
  return maxBytes + Math.floor(maxBytes / 256) + 64;
}

function tooBig(): ExtensionError {
  return new ExtensionError('message-too-big', 'the message is too long to be gathered');
}

function tooLong(maxBytes: number): RangeError {
  return new RangeError(
    `an extension takes whole messages only: one in parts is gathered, up to ${maxBytes} bytes`,
  );
}
