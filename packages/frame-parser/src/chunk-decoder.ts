/**
 * What every decoder has in common: chunks come in, steps are taken, the owner may pause.
 *
 * Invariants: one loop runs at a time, however the sink calls back into the decoder (no recursion,
 * so no flood is deep); `position` is moved before the sink hears of anything, so that a sink which
 * throws loses nothing that follows; nothing is delivered while paused or after the end.
 */
import { ByteQueue } from './byte-queue';
import { allocateApart, view } from './runtime';

const NO_BYTES = new Uint8Array(0);

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

export abstract class ChunkDecoder {
  /** What is being read, from `position` on. */
  protected chunk: Uint8Array = NO_BYTES;
  protected position = 0;
  /** What arrived while `chunk` could not be read to its end. */
  #backlog: ByteQueue | null = null;
  #paused = false;
  #ended = false;
  #running = false;

  /** Delivery is suspended, by `pause()`. */
  get paused(): boolean {
    return this.#paused;
  }

  /** Bytes received and not yet delivered: unread ones, and those of an unfinished message. */
  get bufferedBytes(): number {
    return this.chunk.length - this.position + (this.#backlog?.length ?? 0);
  }

  /**
   * Takes the next bytes from the peer, of any number. Everything they complete is delivered before
   * this returns. The memory of `chunk` belongs to the decoder from now on (it unmasks in place).
   *
   * @throws only what the sink throws; the next call goes on with what follows in the stream
   */
  push(chunk: Uint8Array): void {
    if (this.#ended || chunk.length === 0) return;
    if (this.position < this.chunk.length || this.#running || this.#paused) {
      this.#backlog ??= new ByteQueue();
      this.#backlog.append(chunk, 0, chunk.length);
    } else {
      this.chunk = chunk;
      this.position = 0;
    }
    this.#run();
  }

  /** Delivers nothing more until `resume()`; from inside a callback, nothing after that callback. */
  pause(): void {
    this.#paused = true;
  }

  /** Goes on where `pause()` stopped it; from inside a callback, after that callback. */
  resume(): void {
    this.#paused = false;
    this.#run();
  }

  /** Reads one step further; false once all of `chunk` is read. */
  protected abstract advance(): boolean;

  /** Gives back what is needed only while steps are taken. */
  protected rest(): void {
    // most decoders have nothing of the kind
  }

  /** Whether steps may be taken now. */
  protected get flowing(): boolean {
    return !this.#paused && !this.#ended;
  }

  /** Ignores everything from now on; what has been received and not delivered is dropped. */
  end(): void {
    this.stop();
  }

  /** Reads nothing more: the stream is over, or broken. */
  protected stop(): void {
    this.#ended = true;
    this.chunk = NO_BYTES;
    this.position = 0;
    this.#backlog = null;
  }

  #run(): void {
    if (this.#running) return;
    this.#running = true;
    try {
      do {
        while (this.flowing && this.advance());
      } while (this.flowing && this.#nextChunk());
    } finally {
      this.#running = false;
      this.#settle();
      this.rest();
    }
  }

  #nextChunk(): boolean {
    if (this.#backlog === null) return false;
    this.chunk = this.#backlog.take();
    this.position = 0;
    this.#backlog = null;
    return true;
  }

  /** A rest that is less than half of its memory moves out of it: to stop often is to copy little. */
  #settle(): void {
    const { chunk, position } = this;
    const rest = chunk.length - position;
    if (rest === 0) this.chunk = NO_BYTES;
    else if (rest * 2 >= chunk.buffer.byteLength) this.chunk = view(chunk, position, chunk.length);
    else {
      this.chunk = allocateApart(rest);
      this.chunk.set(chunk.subarray(position));
    }
    this.position = 0;
  }
}
