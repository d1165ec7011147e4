/**
 * A message of the peer's in parts, restored as they come, and handed on in pieces. While somebody
 * takes a piece, one more is made at most; each of them is a turn on zlib's threads.
 *
 * A zlib context lives as long as the message, and counts among what the process remembers.
 */
import type { Awaitable, EmitPiece, IncomingParts } from '@ws/extensions';
import { MOST_AT_ONCE, TRAILER, invalidData, tooMuch } from './codec';
import type { ContextParts, IncomingContext } from './contexts';
import { History } from './history';
import { Inflater, INFLATER_MEMORY } from './inflater';
import type { Work } from './job';
import type { PartsHost } from './parts-host';
import { owned } from './public-zlib';
import { inflateAtOnce } from './takeover-hint';

/** No more than this is given to zlib at a time: it may be blocks of nothing, which take long. */
const SLICE = 16_384;
const WINDOW = 32_768;
/** As for whole messages: each one starts a context of its own. */
const MOST_FINAL_BLOCKS = 256;
/** `TRAILER`, and an octet that stays behind it: so zlib says that it has come to the final block. */
const END: Uint8Array = Uint8Array.of(...TRAILER, 0);
const NOTHING = new Uint8Array(0);

export class InflatingParts implements IncomingParts {
  readonly rsv: number;
  readonly #host: PartsHost;
  readonly #maxBytes: number;
  readonly #shared: ContextParts;
  readonly #context: IncomingContext | null;
  /** What it may refer to, where the connection keeps no context. */
  #history: History | null = null;
  #inflater: Inflater | null = null;
  #hasBegun = false;
  #made = 0;
  #finalBlocks = 0;

  /** @param rsv the bits that are left */
  constructor(
    host: PartsHost,
    rsv: number,
    maxBytes: number,
    shared: ContextParts,
    context: IncomingContext | null,
  ) {
    this.#host = host;
    this.rsv = rsv;
    this.#maxBytes = maxBytes;
    this.#shared = shared;
    this.#context = context;
  }

  push(part: Uint8Array, isLast: boolean, emit: EmitPiece): Awaitable<void> {
    if (!this.#hasBegun && isLast && part.byteLength <= MOST_AT_ONCE) {
      const history = this.#context?.history ?? null;
      const inflated = inflateAtOnce(this.#shared, part, this.#maxBytes, history);
      if (inflated !== null) return this.#hand(inflated, emit);
    }
    return this.#restore(part, isLast, emit);
  }

  /** The connection is over. */
  drop(): void {
    this.#inflater?.close();
    if (this.#hasBegun) this.#shared.memory.giveBack(this.#memory);
    this.#hasBegun = false;
  }

  async #restore(part: Uint8Array, isLast: boolean, emit: EmitPiece): Promise<void> {
    this.#begin();
    // A copy: nobody takes the memory away while another thread reads it.
    const data = Buffer.concat(isLast ? [part, END] : [part]);
    for (let at = 0; at < data.byteLength;) {
      // A final block of the sender's may be the last one.
      if (this.#inflater?.isDone === true && at >= part.byteLength) break;
      at += await this.#restoreSlice(data.subarray(at, at + SLICE), emit);
    }
    if (isLast) this.#end();
  }

  /** Returns how much of the slice was used: all of it, unless a final block ends in it. */
  async #restoreSlice(slice: Uint8Array, emit: EmitPiece): Promise<number> {
    const inflater = this.#currentInflater();
    const before = inflater.used;
    inflater.write(slice);
    for (;;) {
      const piece = await this.#host.run(() => nextPiece(inflater));
      if (piece.byteLength === 0) return inflater.used - before;
      await this.#hand(owned(piece as Buffer), emit);
    }
  }

  #hand(piece: Uint8Array, emit: EmitPiece): Awaitable<void> {
    this.#made += piece.byteLength;
    if (this.#made > this.#maxBytes) throw tooMuch();
    if (this.#context !== null) this.#context.remember(piece);
    else this.#history?.append(piece);
    return piece.byteLength === 0 ? undefined : emit(piece);
  }

  get #memory(): number {
    return this.#context === null ? INFLATER_MEMORY + WINDOW : INFLATER_MEMORY;
  }

  #begin(): void {
    if (this.#hasBegun) return;
    this.#hasBegun = true;
    if (this.#context === null) this.#history = new History(WINDOW);
    this.#shared.memory.take(this.#memory);
    this.#host.keep(this);
  }

  #end(): void {
    if (this.#inflater?.isDone !== true) throw invalidData('unexpected end of the message');
    this.#host.release(this);
  }

  #currentInflater(): Inflater {
    if (this.#inflater?.isDone === true) {
      this.#inflater.close();
      this.#inflater = null;
      if (++this.#finalBlocks > MOST_FINAL_BLOCKS) {
        throw invalidData(`more than ${MOST_FINAL_BLOCKS} final blocks`);
      }
    }
    return (this.#inflater ??= new Inflater(
      (this.#context?.history ?? this.#history)?.bytes ?? null,
    ));
  }
}

/** A turn. What it comes to is never held by the queue: it holds up whoever made it instead. */
// eslint-disable-next-line require-yield -- it takes one turn
async function* nextPiece(inflater: Inflater): Work {
  return (await inflater.next()) ?? NOTHING;
}
