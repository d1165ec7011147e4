/**
 * Frames to messages: the limits, reassembly, UTF-8, and what control frames mean.
 *
 * Invariants: a message that is one frame within one chunk takes no state at all; the declared
 * length is held against the limit before anything is kept; what is kept grows only as it arrives;
 * state is put right before the sink is called, since the sink may throw.
 */
import { ByteQueue, own } from './byte-queue';
import { isValidCloseCode, NO_STATUS } from './close';
import type { FrameSink } from './frame-decoder';
import type { FrameHeader } from './frame-header';
import type { MessageRules } from './message-rules';
import type { MessageSink } from './message-sink';
import { isControl, OPCODE } from './opcode';
import { PartialMessage } from './partial-message';
import { decodeText, decodeTrusted, decodeUtf8, isValidUtf8, TOO_LONG } from './utf8';
import type { ViolationCode } from './violations';

export class MessageAssembler implements FrameSink {
  readonly rules: MessageRules;
  readonly #sink: MessageSink;
  #message: PartialMessage | null = null;
  /** The payload of a control frame that a chunk's end has cut: 125 bytes at most. */
  #control: ByteQueue | null = null;

  constructor(sink: MessageSink, rules: MessageRules) {
    this.#sink = sink;
    this.rules = rules;
  }

  get bufferedBytes(): number {
    return (this.#message?.length ?? 0) + (this.#control?.length ?? 0);
  }

  onFrame(header: Readonly<FrameHeader>): ViolationCode | null {
    const { opcode, rsv, payloadLength } = header;
    if (isControl(opcode)) return null;
    const message = this.#message;
    const { maxLength, maxFragments } = this.rules;
    if (message === null) {
      const most = allowance(maxLength, this.isReserved(rsv));
      return payloadLength > most ? 'MESSAGE_TOO_BIG' : null;
    }
    if (message.fragments >= maxFragments) return 'TOO_MANY_FRAGMENTS';
    const room = allowance(maxLength, message.isReserved) - message.length;
    if (payloadLength > room) return 'MESSAGE_TOO_BIG';
    message.expect(header);
    return null;
  }

  onPayload(
    header: Readonly<FrameHeader>,
    chunk: Uint8Array,
    start: number,
    end: number,
    frameEnds: boolean,
    isAscii: boolean,
  ): ViolationCode | null {
    const { fin, opcode } = header;
    if (isControl(opcode)) return this.takeControl(opcode, chunk, start, end, frameEnds);
    if (this.#message === null) {
      if (fin && frameEnds) {
        return this.deliverWhole(opcode, header.rsv, chunk, start, end, isAscii);
      }
      this.#message = this.begin(header);
    }
    if (!this.#message.append(chunk, start, end, frameEnds, isAscii)) return 'INVALID_UTF8';
    return fin && frameEnds ? this.deliverAssembled() : null;
  }

  onViolation(violation: ViolationCode): void {
    this.forget();
    this.#sink.onViolation(violation);
  }

  /** Whether a message whose first frame has these bits is for extensions. */
  isReserved(rsv: number): boolean {
    return rsv !== 0 || this.rules.reservesAll;
  }

  private begin(header: Readonly<FrameHeader>): PartialMessage {
    return new PartialMessage(header, this.isReserved(header.rsv), this.rules.textAsBytes);
  }

  /** Gives an unfinished message away, if there is one. */
  release(): PartialMessage | null {
    const message = this.#message;
    this.#message = null;
    return message;
  }

  /** Drops what has been received of an unfinished message. */
  forget(): void {
    this.#message = null;
    this.#control = null;
  }

  /** Whether a message of so many bytes may be delivered whole, by `deliverWhole()`. */
  takesWhole(length: number): boolean {
    return length <= this.rules.maxLength;
  }

  /** Delivers a message that is one frame. `isAscii` if it is known to be. */
  deliverWhole(
    opcode: number,
    rsv: number,
    chunk: Uint8Array,
    start: number,
    end: number,
    isAscii: boolean,
  ): ViolationCode | null {
    if (this.isReserved(rsv)) {
      this.#sink.onReserved(opcode, rsv, own(chunk, start, end));
    } else if (opcode === OPCODE.BINARY) {
      this.#sink.onBinary(own(chunk, start, end));
    } else if (this.rules.textAsBytes) {
      if (!isAscii && !isValidUtf8(chunk.subarray(start, end))) return 'INVALID_UTF8';
      this.#sink.onTextBytes!(own(chunk, start, end));
    } else {
      const text = isAscii ? decodeTrusted(chunk, start, end, true) : decodeText(chunk, start, end);
      if (text === null) return 'INVALID_UTF8';
      if (text === TOO_LONG) return 'MESSAGE_TOO_BIG';
      this.#sink.onText(text, end - start);
    }
    return null;
  }

  private deliverAssembled(): ViolationCode | null {
    const message = this.#message!;
    if (!message.mayEnd) return 'INVALID_UTF8';
    this.#message = null;
    if (message.isReserved) {
      this.#sink.onReserved(message.opcode, message.rsv, message.take());
    } else if (message.opcode === OPCODE.BINARY) {
      this.#sink.onBinary(message.take());
    } else if (this.rules.textAsBytes) {
      this.#sink.onTextBytes!(message.take());
    } else {
      const { length } = message;
      const text = message.takeText();
      if (text === TOO_LONG) return 'MESSAGE_TOO_BIG';
      this.#sink.onText(text, length);
    }
    return null;
  }

  private takeControl(
    opcode: number,
    chunk: Uint8Array,
    start: number,
    end: number,
    frameEnds: boolean,
  ): ViolationCode | null {
    if (frameEnds && this.#control === null) {
      return this.deliverControl(opcode, chunk.subarray(start, end));
    }
    this.#control ??= new ByteQueue();
    this.#control.append(chunk, start, end);
    if (!frameEnds) return null;
    const payload = this.#control.take();
    this.#control = null;
    return this.deliverControl(opcode, payload);
  }

  private deliverControl(opcode: number, payload: Uint8Array): ViolationCode | null {
    if (opcode === OPCODE.CLOSE) return this.deliverClose(payload);
    if (opcode === OPCODE.PING) this.#sink.onPing(payload);
    else this.#sink.onPong(payload);
    return null;
  }

  private deliverClose(payload: Uint8Array): ViolationCode | null {
    this.forget();
    // "If there is a body, the first two bytes of the body MUST be a 2-byte unsigned integer". §5.5.1
    if (payload.length === 1) return 'CLOSE_PAYLOAD_TOO_SHORT';
    const code = payload.length === 0 ? NO_STATUS : (payload[0] << 8) | payload[1];
    if (payload.length > 0 && !isValidCloseCode(code)) return 'CLOSE_CODE_INVALID';
    const reason = payload.length > 2 ? decodeUtf8(payload, 2) : '';
    if (reason === null) return 'CLOSE_REASON_INVALID_UTF8';
    this.#sink.onClose(code, reason);
    return null;
  }
}

/**
 * What a message may weigh on the wire. One for extensions may be compressed, and what does
 * not compress grows a little: deflate's stored blocks add 5 bytes to every 64 KiB at most, poor
 * encoders somewhat more.
 */
function allowance(maxLength: number, isReserved: boolean): number {
  return isReserved ? maxLength + Math.floor(maxLength / 256) + 64 : maxLength;
}
