/**
 * Bytes to frames, one piece of payload at a time: nothing is assembled, nothing is copied, and a
 * frame of any length takes no memory. It knows the protocol's rules for headers and no limits.
 */
import { checkInteger, checkMethods, checkOptions, checkRole } from './checks';
import { checkMeter, ChunkDecoder, type ReadMeter } from './chunk-decoder';
import {
  judgeHeader,
  MAX_HEADER_LENGTH,
  readFrameHeader,
  type FrameContext,
  type FrameHeader,
} from './frame-header';
import { maskInPlace, rotateKey } from './mask';
import { isControl, OPCODE } from './opcode';
import { BETWEEN_FRAMES, borrowFrame, giveBackFrame, type PartialFrame } from './partial-frame';
import type { Role } from './role';
import type { ViolationCode } from './violations';

/** What a FrameDecoder tells, synchronously, from `push()` and `resume()`. */
export interface FrameSink {
  /**
   * A lawful header. `header` is the decoder's own record and changes with the next frame.
   *
   * @returns a violation to refuse the frame with; `null` takes it
   */
  onFrame(header: Readonly<FrameHeader>): ViolationCode | null;
  /**
   * The next bytes of that frame's payload, unmasked: `chunk[start, end)`, theirs to keep, unless
   * `push()` was given a part of the receive buffer. Called at least once for every frame, with nothing
   * for an empty one; `frameEnds` on the last call. `isAscii` if unmasking found them to be ASCII.
   *
   * @returns a violation to refuse the payload with; `null` takes it
   */
  onPayload(
    header: Readonly<FrameHeader>,
    chunk: Uint8Array,
    start: number,
    end: number,
    frameEnds: boolean,
    isAscii: boolean,
  ): ViolationCode | null;
  /** The peer broke a rule, or the sink refused something. Nothing is delivered any more. */
  onViolation(violation: ViolationCode): void;
}

export interface FrameDecoderOptions {
  /** RSV bits (RSV1 · 4 + RSV2 · 2 + RSV3) allowed on a message's first frame; 0. */
  allowedRsv?: number;
  /** Is charged 1 for every frame, before its payload is read; nobody. */
  meter?: ReadMeter | null;
}

const SINK_METHODS = ['onFrame', 'onPayload', 'onViolation'] as const;

const FRAME_OPTIONS = ['allowedRsv', 'meter'] as const;

/** Decodes frames for one end of a connection. After a close frame it ignores what follows. */
export class FrameDecoder extends ChunkDecoder implements FrameContext {
  readonly role: Role;
  readonly allowedRsv: number;
  protected sink: FrameSink;
  protected readonly meter: ReadMeter | null;
  /** While a step is taken, and in the middle of a frame. */
  #frame: PartialFrame | null = null;
  #messageOpen = false;

  /**
   * @param role the role of this end, not of the peer
   * @throws TypeError if an argument is of another type, a method of the sink is missing, or an option
   *   is not known; RangeError if `allowedRsv` is not an integer from 0 to 7
   */
  constructor(role: Role, sink: FrameSink, options: FrameDecoderOptions = {}) {
    super();
    const { allowedRsv = 0, meter = null } = checkOptions(options, FRAME_OPTIONS);
    this.role = checkRole(role);
    this.allowedRsv = checkInteger('allowedRsv', allowedRsv, 0, 7);
    this.sink = checkMethods('sink', sink, SINK_METHODS);
    this.meter = checkMeter(meter);
  }

  /** A fragmented message is under way. */
  get messageOpen(): boolean {
    return this.#messageOpen;
  }

  override get bufferedBytes(): number {
    return super.bufferedBytes + (this.#frame?.cutLength ?? 0);
  }

  /** Nothing is kept of a frame, nor of a message. */
  protected get isBetweenMessages(): boolean {
    return this.#frame === null && !this.#messageOpen;
  }

  /** Goes on with a frame whose header is lawful and here, when the payload may be read. */
  protected waitForPayload(): void {
    const frame = (this.#frame = borrowFrame());
    const { header } = frame;
    readFrameHeader(this.chunk, this.position, this.chunk.length, header);
    this.position += header.headerLength;
    frame.remaining = header.payloadLength;
    frame.key = header.maskingKey;
  }

  /** Header and payload in one function: every message has it on the stack once less. */
  protected override advance(): boolean {
    const frame = (this.#frame ??= borrowFrame());
    const { header } = frame;
    if (frame.remaining === BETWEEN_FRAMES) {
      if (!this.readHeader(frame)) return false;
      if (!this.flowing) return true;
    }
    const { chunk, position: start } = this;
    const available = chunk.length - start;
    const { remaining } = frame;
    if (available === 0 && remaining > 0) return false;
    const frameEnds = remaining <= available;
    const end = frameEnds ? start + remaining : chunk.length;
    this.position = end;
    frame.remaining = frameEnds ? BETWEEN_FRAMES : remaining - (end - start);
    let isAscii = false;
    if (header.masked) {
      isAscii = maskInPlace(chunk, frame.key, start, end);
      if (!frameEnds) frame.key = rotateKey(frame.key, end - start);
    }
    // "The application MUST NOT send any more data frames after sending a Close frame." §5.5.1
    if (frameEnds && header.opcode === OPCODE.CLOSE) this.stop();
    const refusal = this.sink.onPayload(header, chunk, start, end, frameEnds, isAscii);
    if (refusal !== null) this.fail(refusal);
    return true;
  }

  protected override rest(): void {
    if (this.#frame === null || !this.#frame.isEmpty) return;
    giveBackFrame(this.#frame);
    this.#frame = null;
  }

  /** The record may be in use further down the stack: nobody gets it. */
  protected override stop(): void {
    super.stop();
    this.#frame = null;
  }

  private readHeader(frame: PartialFrame): boolean {
    const { chunk, position } = this;
    if (position === chunk.length) return false;
    const { header } = frame;
    if (frame.cutHeader === null && readFrameHeader(chunk, position, chunk.length, header)) {
      this.position = position + header.headerLength;
    } else if (!this.completeHeader(frame)) {
      return false;
    }
    const violation = judgeHeader(header, this);
    if (violation !== null) {
      this.fail(violation);
      return true;
    }
    this.meter?.charge(1);
    frame.remaining = header.payloadLength;
    frame.key = header.maskingKey;
    if (!isControl(header.opcode)) this.#messageOpen = !header.fin;
    const refusal = this.sink.onFrame(header);
    if (refusal !== null) this.fail(refusal);
    return true;
  }

  /** Takes bytes into `cutHeader` until the header is whole; false if the chunk ends before. */
  private completeHeader(frame: PartialFrame): boolean {
    while (this.position < this.chunk.length) {
      frame.cutHeader ??= new Uint8Array(MAX_HEADER_LENGTH);
      frame.cutHeader[frame.cutLength++] = this.chunk[this.position++]!;
      if (readFrameHeader(frame.cutHeader, 0, frame.cutLength, frame.header)) {
        frame.cutHeader = null;
        frame.cutLength = 0;
        return true;
      }
    }
    return false;
  }

  protected fail(violation: ViolationCode): void {
    this.stop();
    this.sink.onViolation(violation);
  }
}
