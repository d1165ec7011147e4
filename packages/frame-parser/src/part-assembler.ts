/**
 * Frames to messages in parts: nothing of a message is kept but a code point that is cut. It stands in
 * front of the assembler of whole messages, which gets the control frames, and all messages when the
 * owner wants no more parts.
 *
 * A message that has begun in parts goes on in parts, and to the same sink. One that has begun arriving
 * as a whole goes on in parts: what was kept of it comes first.
 */
import { own } from './byte-queue';
import type { FrameSink } from './frame-decoder';
import type { FrameHeader } from './frame-header';
import type { MessageAssembler } from './message-assembler';
import type { MessageRules } from './message-rules';
import { isControl, OPCODE } from './opcode';
import type { PartSink } from './part-sink';
import type { PartialMessage } from './partial-message';
import { TextCutter } from './text-cutter';
import { TOO_LONG } from './utf8';
import type { ViolationCode } from './violations';

export class PartAssembler implements FrameSink {
  readonly whole: MessageAssembler;
  readonly #rules: MessageRules;
  /** Of the next message; null: it is for `whole`. */
  #sink: PartSink | null = null;
  #message: MessageInParts | null = null;

  constructor(whole: MessageAssembler) {
    this.whole = whole;
    this.#rules = whole.rules;
  }

  /** Whether all frames go to `whole`. */
  get isIdle(): boolean {
    return this.#sink === null && this.#message === null;
  }

  get bufferedBytes(): number {
    return this.whole.bufferedBytes + (this.#message?.keptBytes ?? 0);
  }

  /** Delivers to `sink` from the next message on, or from one of which nothing was delivered. */
  deliverTo(sink: PartSink | null): void {
    this.#sink = sink;
    const begun = sink === null ? null : this.whole.release();
    if (begun !== null) this.#message = new MessageInParts(sink!, begun, begun);
  }

  /** Parts have limits of their own. */
  takesWhole(): boolean {
    return false;
  }

  forget(): void {
    this.whole.forget();
    this.#message = null;
  }

  onFrame(header: Readonly<FrameHeader>): ViolationCode | null {
    const message = isControl(header.opcode) ? null : this.#messageOf(header);
    if (message === null) return this.whole.onFrame(header);
    const room = this.#rules.maxStreamedLength - message.length;
    return header.payloadLength > room ? 'MESSAGE_TOO_BIG' : null;
  }

  onPayload(
    header: Readonly<FrameHeader>,
    chunk: Uint8Array,
    start: number,
    end: number,
    frameEnds: boolean,
    isAscii: boolean,
  ): ViolationCode | null {
    const message = isControl(header.opcode) ? null : this.#messageOf(header);
    if (message === null) {
      return this.whole.onPayload(header, chunk, start, end, frameEnds, isAscii);
    }
    const isLast = header.fin && frameEnds;
    if (isLast) this.#message = null;
    message.length += end - start;
    if (message.length > this.#rules.maxStreamedLength) return 'MESSAGE_TOO_BIG';
    return message.push(chunk, start, end, isLast);
  }

  onViolation(violation: ViolationCode): void {
    this.#message = null;
    this.whole.onViolation(violation);
  }

  #messageOf({ opcode, rsv }: Readonly<FrameHeader>): MessageInParts | null {
    if (this.#message !== null || this.#sink === null) return this.#message;
    const isReserved = this.whole.isReserved(rsv);
    return (this.#message = new MessageInParts(this.#sink, { opcode, rsv, isReserved }, null));
  }
}

class MessageInParts {
  /** Bytes of payload until now. */
  length: number;
  readonly #sink: PartSink;
  readonly #opcode: number;
  readonly #rsv: number;
  readonly #isReserved: boolean;
  /** What was kept of it before it was delivered in parts. */
  #kept: PartialMessage | null;
  readonly #cutter: TextCutter | null;

  constructor(
    sink: PartSink,
    { opcode, rsv, isReserved }: Pick<PartialMessage, 'opcode' | 'rsv' | 'isReserved'>,
    kept: PartialMessage | null,
  ) {
    this.#sink = sink;
    this.#opcode = opcode;
    this.#rsv = rsv;
    this.#isReserved = isReserved;
    this.#kept = kept;
    this.length = this.keptBytes;
    this.#cutter = opcode === OPCODE.TEXT && !isReserved ? new TextCutter() : null;
  }

  get keptBytes(): number {
    return this.#kept?.length ?? 0;
  }

  push(chunk: Uint8Array, start: number, end: number, isLast: boolean): ViolationCode | null {
    if (this.#kept !== null) {
      if (!this.#kept.append(chunk, start, end, false, false)) return 'INVALID_UTF8';
      chunk = this.#kept.take();
      this.#kept = null;
      start = 0;
      end = chunk.length;
    }
    if (this.#cutter !== null) return this.#pushText(this.#cutter, chunk, start, end, isLast);
    if (start === end && !isLast) return null;
    const data = own(chunk, start, end);
    if (this.#isReserved) this.#sink.onReservedPart(this.#opcode, this.#rsv, data, isLast);
    else this.#sink.onBinaryPart(data, isLast);
    return null;
  }

  #pushText(
    cutter: TextCutter,
    chunk: Uint8Array,
    start: number,
    end: number,
    isLast: boolean,
  ): ViolationCode | null {
    const text = cutter.push(chunk, start, end);
    if (text === null || (isLast && !cutter.complete)) return 'INVALID_UTF8';
    if (text === TOO_LONG) return 'MESSAGE_TOO_BIG';
    if (text !== '' || isLast) this.#sink.onTextPart(text, isLast);
    return null;
  }
}
