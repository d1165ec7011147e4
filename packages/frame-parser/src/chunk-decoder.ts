/**
 * What every decoder has in common: chunks come in, steps are taken, the owner may pause.
 *
 * Invariants: one loop runs at a time, however the sink calls back into the decoder (no recursion,
 * so no flood is deep); `position` is moved before the sink hears of anything, so that a sink which
 * throws loses nothing that follows; nothing is delivered while paused or after the end.
 *
 * Every connection has a decoder, and most are idle: what a decoder keeps between chunks is little.
 * Hence one number for its flags; and `private` methods, since the first `#method` of a class would
 * take a field in every object.
 */
import { checkBytes, checkMethods } from './checks';
import { ByteQueue } from './byte-queue';
import { isBorrowed } from './receive-buffer';
import { allocateApart, view } from './runtime';

const NO_BYTES = new Uint8Array(0);

const PAUSED = 1;
const ENDED = 2;
const RUNNING = 4;
const STANDING = PAUSED | ENDED;

/**
 * Counts what reading costs, so that no peer takes more than its share of a turn of the event loop.
 */
export interface ReadMeter {
  /**
   * Called once for every frame, whatever becomes of it: a message, a fragment, a control frame, one
   * that is skipped. May pause the decoder, which then stops before the frame's payload.
   */
  charge(cost: number): void;
}

/** @throws TypeError if there is a meter that cannot be charged */
export function checkMeter(meter: ReadMeter | null): ReadMeter | null {
  return meter === null ? null : checkMethods('meter', meter, ['charge']);
}

export abstract class ChunkDecoder {
  /**
   * What is being read, from `position` on.
   *
   * @hidden
   */
  protected chunk: Uint8Array = NO_BYTES;
  protected position = 0;
  /** What arrived while `chunk` could not be read to its end. */
  #backlog: ByteQueue | null = null;
  /** PAUSED, ENDED and RUNNING, as bits. */
  #flags = 0;

  /** Delivery is suspended, by `pause()`. */
  get paused(): boolean {
    return (this.#flags & PAUSED) !== 0;
  }

  /** Bytes received and not yet delivered: unread ones, and those of an unfinished message. */
  get bufferedBytes(): number {
    return this.chunk.length - this.position + (this.#backlog?.length ?? 0);
  }

  /**
   * Takes the next bytes from the peer, of any number. Everything they complete is delivered before
   * this returns. The memory of `chunk` belongs to the decoder from now on (it unmasks in place); that of
   * the receive buffer only until this returns.
   *
   * @throws TypeError if `chunk` is not a Uint8Array; else only what the sink throws, and the next call
   *   goes on with what follows in the stream
   */
  push(chunk: Uint8Array): void {
    checkBytes('chunk', chunk);
    if ((this.#flags & ENDED) !== 0 || chunk.length === 0) return;
    if (this.position < this.chunk.length || this.#flags !== 0) {
      this.#backlog ??= new ByteQueue();
      this.#backlog.append(chunk, 0, chunk.length);
    } else {
      this.chunk = chunk;
      this.position = 0;
    }
    this.run();
  }

  /** Delivers nothing more until `resume()`; from inside a callback, nothing after that callback. */
  pause(): void {
    this.#flags |= PAUSED;
  }

  /** Goes on where `pause()` stopped it; from inside a callback, after that callback. */
  resume(): void {
    this.#flags &= ~PAUSED;
    this.run();
  }

  /** Reads one step further; false once all of `chunk` is read. */
  protected abstract advance(): boolean;

  /** Gives back what is needed only while steps are taken. */
  protected rest(): void {
    // most decoders have nothing of the kind
  }

  /** Whether steps may be taken now. */
  protected get flowing(): boolean {
    return (this.#flags & STANDING) === 0;
  }

  /** Ignores everything from now on; what has been received and not delivered is dropped. */
  end(): void {
    this.stop();
  }

  /** Reads nothing more: the stream is over, or broken. */
  protected stop(): void {
    this.#flags |= ENDED;
    this.chunk = NO_BYTES;
    this.position = 0;
    this.#backlog = null;
  }

  private run(): void {
    if ((this.#flags & RUNNING) !== 0) return;
    this.#flags |= RUNNING;
    try {
      do {
        while (this.flowing && this.advance());
      } while (this.flowing && this.nextChunk());
    } finally {
      this.#flags &= ~RUNNING;
      this.settle();
      this.rest();
    }
  }

  private nextChunk(): boolean {
    if (this.#backlog === null) return false;
    this.chunk = this.#backlog.take();
    this.position = 0;
    this.#backlog = null;
    return true;
  }

  /**
   * A rest that is borrowed, or less than half of its memory, moves out of it: to stop often is to copy
   * little.
   */
  private settle(): void {
    const { chunk, position } = this;
    const rest = chunk.length - position;
    if (rest === 0) this.chunk = NO_BYTES;
    else if (rest * 2 >= chunk.buffer.byteLength && !isBorrowed(chunk)) {
      this.chunk = view(chunk, position, chunk.length);
    } else {
      this.chunk = allocateApart(rest);
      this.chunk.set(chunk.subarray(position));
    }
    this.position = 0;
  }
}
