/** Bytes to messages: a frame decoder, and an assembler of its frames. */
import { FrameDecoder } from './frame-decoder';
import { MessageAssembler } from './message-assembler';
import type { MessageSink } from './message-sink';
import { resolveLimits, type LimitOptions } from './limits';
import type { Role } from './role';

export interface MessageDecoderOptions extends LimitOptions {
  /** RSV bits (RSV1 · 4 + RSV2 · 2 + RSV3) allowed on a message's first frame; 0. */
  allowedRsv?: number;
}

/** Decodes the messages that one end of a connection receives, in versions 7, 8 and 13. */
export class MessageDecoder {
  readonly #frames: FrameDecoder;
  readonly #assembler: MessageAssembler;

  /**
   * @param role the role of this end, not of the peer
   * @throws RangeError if a limit is not a positive integer (or Infinity), or `allowedRsv` not 0 to 7
   */
  constructor(role: Role, sink: MessageSink, options: MessageDecoderOptions = {}) {
    this.#assembler = new MessageAssembler(sink, resolveLimits(options));
    this.#frames = new FrameDecoder(role, this.#assembler, options);
  }

  /** Delivery is suspended, by `pause()`. */
  get paused(): boolean {
    return this.#frames.paused;
  }

  /** Bytes received and not yet delivered: unread ones, and those of an unfinished message. */
  get bufferedBytes(): number {
    return this.#frames.bufferedBytes + this.#assembler.bufferedBytes;
  }

  /**
   * Takes the next bytes from the peer, of any number. Everything they complete is delivered before
   * this returns. The memory of `chunk` belongs to the decoder from now on (it unmasks in place).
   *
   * @throws only what the sink throws; the next call goes on with what follows in the stream
   */
  push(chunk: Uint8Array): void {
    this.#frames.push(chunk);
  }

  /** Delivers nothing more until `resume()`; from inside a callback, nothing after that callback. */
  pause(): void {
    this.#frames.pause();
  }

  /** Goes on where `pause()` stopped it; from inside a callback, after that callback. */
  resume(): void {
    this.#frames.resume();
  }
}
