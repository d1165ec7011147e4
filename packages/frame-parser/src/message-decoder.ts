/** Bytes to messages: a frame decoder whose frames go to an assembler. */
import { FrameDecoder, type FrameDecoderOptions } from './frame-decoder';
import { MessageAssembler } from './message-assembler';
import type { MessageSink } from './message-sink';
import { resolveLimits, type LimitOptions } from './limits';
import type { Role } from './role';

export interface MessageDecoderOptions extends LimitOptions, FrameDecoderOptions {
  /** Every message is told by `onReserved`, also those without such a bit; false. */
  reservesAll?: boolean;
}

/** Decodes the messages that one end of a connection receives, in versions 7, 8 and 13. */
export class MessageDecoder extends FrameDecoder {
  readonly #assembler: MessageAssembler;

  /**
   * @param role the role of this end, not of the peer
   * @throws RangeError if a limit is not a positive integer (or Infinity), or `allowedRsv` not 0 to 7
   */
  constructor(role: Role, sink: MessageSink, options: MessageDecoderOptions = {}) {
    const assembler = new MessageAssembler(sink, resolveLimits(options), options.reservesAll);
    super(role, assembler, options);
    this.#assembler = assembler;
  }

  override end(): void {
    super.end();
    this.#assembler.forget();
  }

  /** Bytes received and not yet delivered: unread ones, and those of an unfinished message. */
  override get bufferedBytes(): number {
    return super.bufferedBytes + this.#assembler.bufferedBytes;
  }
}
