/** Bytes to messages: a frame decoder whose frames go to an assembler. */
import { checkOptions } from './checks';
import { FrameDecoder, type FrameDecoderOptions } from './frame-decoder';
import { MessageAssembler } from './message-assembler';
import { checkMessageSink, type MessageSink } from './message-sink';
import { resolveRules, type MessageRuleOptions } from './message-rules';
import type { Role } from './role';

export interface MessageDecoderOptions extends MessageRuleOptions, FrameDecoderOptions {}

const OPTIONS = ['maxLength', 'maxFragments', 'allowedRsv', 'reservesAll', 'meter'] as const;

/** Decodes the messages that one end of a connection receives, in versions 7, 8 and 13. */
export class MessageDecoder extends FrameDecoder {
  /** @internal */
  declare protected readonly sink: MessageAssembler;

  /**
   * @param role the role of this end, not of the peer
   * @throws TypeError if an argument is of another type, a method of the sink is missing, or an option
   *   is not known; RangeError if a limit is not a positive integer (or Infinity), or `allowedRsv` not 0 to 7
   */
  constructor(role: Role, sink: MessageSink, options: MessageDecoderOptions = {}) {
    const { allowedRsv = 0, meter = null } = checkOptions(options, OPTIONS);
    const assembler = new MessageAssembler(checkMessageSink(sink), resolveRules(options));
    super(role, assembler, { allowedRsv, meter });
  }

  override end(): void {
    super.end();
    this.sink.forget();
  }

  /** Bytes received and not yet delivered: unread ones, and those of an unfinished message. */
  override get bufferedBytes(): number {
    return super.bufferedBytes + this.sink.bufferedBytes;
  }
}
