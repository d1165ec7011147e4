/** Bytes to messages: a frame decoder whose frames go to an assembler. */
import { checkOptions } from './checks';
import { FrameDecoder, type FrameDecoderOptions } from './frame-decoder';
import { readInt32 } from './frame-header';
import { maskInPlace } from './mask';
import { MessageAssembler } from './message-assembler';
import { checkMessageSink, type MessageSink } from './message-sink';
import { resolveRules, type MessageRuleOptions } from './message-rules';
import { OPCODE } from './opcode';
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

/** With a length of two bytes. */
const SHORTEST_HEADER = 4;
/** First bytes of frames: FIN and an opcode. */
const WHOLE_TEXT = 0x80 | OPCODE.TEXT;
const WHOLE_BINARY = 0x80 | OPCODE.BINARY;
/** The length is in the next two bytes; less is the length itself (§5.2). */
const TWO_BYTES = 126;

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

  /**
   * Messages of one frame that is all here need no record of it, whatever its header says is said by two or four bytes:
   * most messages are such, and quickly read.
   */
  protected override advance(): boolean {
    const { chunk, position, role, sink } = this;
    if (position + SHORTEST_HEADER > chunk.length || !this.isBetweenMessages)
      return super.advance();
    const first = chunk[position];
    if (first !== WHOLE_TEXT && first !== WHOLE_BINARY) return super.advance();
    const field = chunk[position + 1] & 0x7f;
    const isShort = field < TWO_BYTES;
    const length = isShort ? field : (chunk[position + 2] << 8) | chunk[position + 3];
    const start = position + (isShort ? 2 : 4) + (role.expectsMasked ? 4 : 0);
    const end = start + length;
    const isUsual =
      end <= chunk.length &&
      chunk[position + 1] >= 0x80 === role.expectsMasked &&
      (isShort || (field === TWO_BYTES && length >= TWO_BYTES)) &&
      sink.takesWhole(length);
    if (!isUsual) return super.advance();
    this.meter?.charge(1);
    if (this.flowing) this.deliverWhole(first & 15, start, end);
    else this.waitForPayload();
    return true;
  }

  private deliverWhole(opcode: number, start: number, end: number): void {
    const { chunk, role, sink } = this;
    this.position = end;
    const isAscii =
      role.expectsMasked && maskInPlace(chunk, readInt32(chunk, start - 4), start, end);
    const refusal = (sink as MessageAssembler).deliverWhole(opcode, 0, chunk, start, end, isAscii);
    if (refusal !== null) this.fail(refusal);
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
