/**
 * The extensions at work on one connection, in the order in which they were agreed on: messages on
 * their way out pass through them in that order, those that come in in reverse (RFC 6455 §9.1).
 *
 * The directions know nothing of each other.
 */
import { IncomingChain, OutgoingChain, tooLong, unusedBit, type IncomingLimits } from './chains';
import type {
  Awaitable,
  ExtensionMessage,
  ExtensionSession,
  IncomingParts,
  OutgoingMessage,
  OutgoingParts,
} from './extension';
import { ExtensionError } from './extension-error';
import { Lane } from './lane';

/** The sessions of one connection. */
export class Pipeline {
  /** The RSV bits that frames may carry: RSV1 · 4 + RSV2 · 2 + RSV3. */
  readonly rsv: number;
  /** Whether the peer's messages without such a bit are for `incoming`, too. */
  readonly takesAll: boolean;
  readonly #sessions: readonly ExtensionSession[];
  readonly #outgoing: OutgoingLane;
  readonly #incoming: IncomingLane;
  #closed = false;

  /**
   * @param sessions in order of negotiation; they are the pipeline's from here on
   * @param rsv the RSV bits of their extensions
   * @param takesAll whether one of these wants messages without such a bit, too
   */
  constructor(sessions: readonly ExtensionSession[], rsv: number, takesAll: boolean = rsv === 0) {
    this.rsv = rsv;
    this.takesAll = takesAll;
    this.#sessions = sessions;
    this.#outgoing = new OutgoingLane(sessions);
    this.#incoming = new IncomingLane(sessions.toReversed());
  }

  /**
   * What to send for a message of the application's.
   *
   * Results come in the order of the calls: by return, or as a promise if an extension has real
   * work to do, or still has it with an earlier message. The message and its bytes are not changed;
   * its bytes may be those of the result.
   *
   * @throws (or rejects with) whatever an extension throws; every later call then does the same
   */
  outgoing(message: OutgoingMessage): Awaitable<ExtensionMessage> {
    return this.#outgoing.pass(message, message.compress);
  }

  /**
   * What to hand to the application for a message of the peer's, in the order of the calls, like
   * `outgoing`. Its `rsv` is 0.
   *
   * @param maxBytes the most that the message may become
   * @throws {ExtensionError} (or rejects with it) the message is not what the extensions let the
   *   peer send, or becomes too long; every later call then does the same
   */
  incoming(message: ExtensionMessage, maxBytes: number): Awaitable<ExtensionMessage> {
    return this.#incoming.pass(message, maxBytes);
  }

  /**
   * Begins a message of the application's in parts. It keeps its place among the messages: its first
   * part waits until all that came before is done, and what is passed to `outgoing` behind its first
   * part waits for its last one. Without effect until then.
   *
   * Where an extension does not know of parts, the message is gathered, and all of it comes with the
   * last part.
   *
   * @param maxGathered the most bytes that it may have there
   * @returns what throws (or rejects) as `outgoing` does; a RangeError behind `maxGathered`
   */
  outgoingParts(
    message: Omit<OutgoingMessage, 'data'>,
    maxGathered: number = Infinity,
  ): OutgoingParts {
    return new OutgoingChain(this.#outgoing, message, maxGathered);
  }

  /**
   * Begins a message of the peer's in parts, like `outgoingParts`. Its `rsv` is 0 in the end.
   *
   * @param limits `maxBytes` is the most that it may become; `maxGathered`, if that is less, where an
   *   extension does not know of parts
   * @returns what throws (or rejects) as `incoming` does
   */
  incomingParts(message: Omit<ExtensionMessage, 'data'>, limits: IncomingLimits): IncomingParts {
    return new IncomingChain(this.#incoming, message, limits);
  }

  /**
   * Ends the sessions. Results that are still awaited reject, later calls throw. May be called at
   * any time, more than once, and never throws: errors of sessions that end have nobody to go to.
   */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    const error = new Error('the connection does without its extensions by now: it is closed');
    this.#outgoing.fail(error);
    this.#incoming.fail(error);
    closeAll(this.#sessions);
  }
}

/** Ends all of `sessions`, even if some throw. */
export function closeAll(sessions: readonly ExtensionSession[]): void {
  for (const session of sessions) {
    try {
      session.close();
    } catch {
      // The connection is over: nobody is left who could act on it.
    }
  }
}

/** Accompanied by whether the application wants the message compressed. */
class OutgoingLane extends Lane<boolean> {
  protected step(
    session: ExtensionSession,
    message: Partial<OutgoingMessage> & ExtensionMessage,
    compress: boolean,
  ): Awaitable<ExtensionMessage> {
    return session.processOutgoing(
      message.compress === compress
        ? (message as OutgoingMessage)
        : { opcode: message.opcode, rsv: message.rsv, data: message.data, compress },
    );
  }

  protected judge(): void {
    // What our own side's extensions make of a message is their business.
  }

  protected explain(error: unknown): unknown {
    return error;
  }
}

/** Accompanied by the most that the message may become. */
class IncomingLane extends Lane<number> {
  protected step(
    session: ExtensionSession,
    message: ExtensionMessage,
    maxBytes: number,
  ): Awaitable<ExtensionMessage> {
    return session.processIncoming(message, maxBytes);
  }

  protected judge(message: ExtensionMessage, maxBytes: number, isLast: boolean): void {
    if (message.data.byteLength > maxBytes) throw tooLong(maxBytes);
    if (isLast && message.rsv !== 0) throw unusedBit();
  }

  protected explain(error: unknown): ExtensionError {
    if (error instanceof ExtensionError) return error;
    // It may be an error of another realm.
    const { message: said } = (error ?? {}) as Partial<Error>;
    const reason = typeof said === 'string' ? `: ${said}` : '';
    const message = `an extension refuses the message${reason}`;
    return new ExtensionError('invalid-data', message, { cause: error });
  }
}
