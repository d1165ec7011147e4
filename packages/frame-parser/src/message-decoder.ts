/** Bytes to messages: a frame decoder whose frames go to an assembler. */
import { checkOptions } from './checks';
import { FrameDecoder, type FrameDecoderOptions } from './frame-decoder';
import { MessageAssembler } from './message-assembler';
import { checkMessageSink, type MessageSink } from './message-sink';
import { resolveRules, type MessageRuleOptions } from './message-rules';
import { PartAssembler } from './part-assembler';
import { checkPartSink, type PartSink } from './part-sink';
import type { Role } from './role';

export interface MessageDecoderOptions extends MessageRuleOptions, FrameDecoderOptions {}

const OPTIONS = [
  'maxLength',
  'maxStreamedLength',
  'maxFragments',
  'allowedRsv',
  'reservesAll',
  'textAsBytes',
  'meter',
] as const;

/** Decodes the messages that one end of a connection receives, in versions 7, 8 and 13. */
export class MessageDecoder extends FrameDecoder {
  /** @internal */
  declare protected sink: MessageAssembler | PartAssembler;

  /**
   * @param role the role of this end, not of the peer
   * @throws TypeError if an argument is of another type, a method of the sink is missing, or an option
   *   is not known; RangeError if a limit is not a positive integer (or Infinity), or `allowedRsv` not 0 to 7
   */
  constructor(role: Role, sink: MessageSink, options: MessageDecoderOptions = {}) {
    const { allowedRsv = 0, meter = null } = checkOptions(options, OPTIONS);
    const rules = resolveRules(options);
    const assembler = new MessageAssembler(checkMessageSink(sink, rules.textAsBytes), rules);
    super(role, assembler, { allowedRsv, meter });
  }

  /**
   * Delivers messages in parts, as they arrive: to `sink` in place of the decoder's own, from the next
   * message on, or from one that is arriving if nothing of it was delivered yet. `null` delivers whole
   * messages again, once the one that is being delivered has come to its last part.
   *
   * Of a message in parts nothing is kept; `maxStreamedLength` is its limit, and it may have any number
   * of frames.
   *
   * @throws TypeError if a method of the sink is missing
   */
  deliverParts(sink: PartSink | null): void {
    if (sink !== null) checkPartSink(sink);
    const parts = this.sink instanceof PartAssembler ? this.sink : new PartAssembler(this.sink);
    parts.deliverTo(sink);
    this.sink = parts.isIdle ? parts.whole : parts;
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
