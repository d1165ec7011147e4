/**
 * A message in parts on its way through all sessions. What comes out of one goes into the next; a
 * session gets to know of the message with the first bytes that there are for it, or with its end.
 */
import type {
  Awaitable,
  EmitPiece,
  ExtensionMessage,
  IncomingParts,
  OutgoingMessage,
  OutgoingParts,
} from './extension';
import { ExtensionError } from './extension-error';
import { IncomingGathering, OutgoingGathering } from './gathering';
import type { Lane } from './lane';
import { isPromise, Passage } from './passage';

const NOTHING = new Uint8Array(0);

export class OutgoingChain implements OutgoingParts {
  readonly #lane: Lane<never>;
  readonly #message: Omit<OutgoingMessage, 'data'>;
  readonly #maxGathered: number;
  readonly #passage: Passage;
  readonly #stages: OutgoingParts[] = [];

  /** @param maxGathered the most that the message may be where it has to be gathered */
  constructor(lane: Lane<never>, message: Omit<OutgoingMessage, 'data'>, maxGathered: number) {
    this.#lane = lane;
    this.#message = message;
    this.#maxGathered = maxGathered;
    this.#passage = new Passage(lane);
  }

  get rsv(): number {
    return this.#stages.at(-1)?.rsv ?? this.#message.rsv;
  }

  push(part: Uint8Array, isLast: boolean): Awaitable<Uint8Array> {
    return this.#passage.step(() => this.#through(0, part, isLast), isLast);
  }

  #through(at: number, part: Uint8Array, isLast: boolean): Awaitable<Uint8Array> {
    if (at === this.#lane.sessions.length) return part;
    // There is nothing to say yet to those that are behind.
    if (at > 0 && part.byteLength === 0 && !isLast) return NOTHING;
    const result = this.#stage(at).push(part, isLast);
    if (isPromise(result)) return result.then((made) => this.#through(at + 1, made, isLast));
    return this.#through(at + 1, result, isLast);
  }

  #stage(at: number): OutgoingParts {
    if (at < this.#stages.length) return this.#stages[at]!;
    const message = { ...this.#message, rsv: this.rsv };
    const session = this.#lane.sessions[at]!;
    const stage =
      session.outgoingParts?.(message) ??
      new OutgoingGathering(session, message, this.#maxGathered);
    this.#stages.push(stage);
    return stage;
  }
}

/** How much of a message is let in. */
export interface IncomingLimits {
  /** The most that it may become. */
  readonly maxBytes: number;
  /** The same where it has to be gathered. */
  readonly maxGathered: number;
}

export class IncomingChain implements IncomingParts {
  readonly #lane: Lane<never>;
  readonly #message: Omit<ExtensionMessage, 'data'>;
  readonly #limits: IncomingLimits;
  readonly #passage: Passage;
  readonly #stages: { readonly parts: IncomingParts; made: number }[] = [];

  constructor(lane: Lane<never>, message: Omit<ExtensionMessage, 'data'>, limits: IncomingLimits) {
    this.#lane = lane;
    this.#message = message;
    this.#limits = limits;
    this.#passage = new Passage(lane);
  }

  get rsv(): number {
    return this.#stages.at(-1)?.parts.rsv ?? this.#message.rsv;
  }

  push(part: Uint8Array, isLast: boolean, emit: EmitPiece): Awaitable<void> {
    return this.#passage.step(() => this.#through(0, part, isLast, emit), isLast);
  }

  #through(at: number, part: Uint8Array, isLast: boolean, emit: EmitPiece): Awaitable<void> {
    if (at === this.#lane.sessions.length) return this.#emit(part, emit);
    const stage = this.#stage(at);
    const result = stage.parts.push(part, isLast, (piece) => {
      this.#lane.check();
      stage.made += piece.byteLength;
      this.#judge(stage.made);
      return this.#through(at + 1, piece, false, emit);
    });
    if (!isLast) return result;
    if (!isPromise(result)) return this.#through(at + 1, NOTHING, true, emit);
    return result.then(() => this.#through(at + 1, NOTHING, true, emit));
  }

  #stage(at: number): { readonly parts: IncomingParts; made: number } {
    if (at < this.#stages.length) return this.#stages[at]!;
    const { maxBytes, maxGathered } = this.#limits;
    const message = { ...this.#message, rsv: this.rsv };
    const session = this.#lane.sessions[at]!;
    const parts =
      session.incomingParts?.(message, maxBytes) ??
      new IncomingGathering(session, message, Math.min(maxBytes, maxGathered));
    const stage = { parts, made: 0 };
    this.#stages.push(stage);
    return stage;
  }

  #emit(piece: Uint8Array, emit: EmitPiece): Awaitable<void> {
    if (this.rsv !== 0) throw unusedBit();
    return piece.byteLength > 0 ? emit(piece) : undefined;
  }

  #judge(made: number): void {
    if (made > this.#limits.maxBytes) throw tooLong(this.#limits.maxBytes);
  }
}

/** The peer's message has become more than it may. */
export function tooLong(maxBytes: number): ExtensionError {
  return new ExtensionError('message-too-big', `the message is longer than ${maxBytes} bytes`);
}

/** The peer has set a bit that no extension takes. */
export function unusedBit(): ExtensionError {
  return new ExtensionError('invalid-data', 'no extension has a use for an RSV bit of the message');
}
