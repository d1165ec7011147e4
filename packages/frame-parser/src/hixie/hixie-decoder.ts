/**
 * The framing before RFC 6455: drafts 75 and 76 of draft-hixie-thewebsocketprotocol, §5.3.
 *
 * A byte with its high bit clear starts text, which runs to the next FF. A byte with its high bit
 * set starts a length in 7-bit groups, most significant first, and that many bytes to skip: none of
 * them are kept. Lengths are bounded while they are being read.
 */
import { ByteQueue, own } from '../byte-queue';
import { checkBoolean, checkOptions } from '../checks';
import { checkMeter, ChunkDecoder, type ReadMeter } from '../chunk-decoder';
import { resolveLimits } from '../limits';
import { checkMessageSink, type MessageSink } from '../message-sink';
import { decodeText, isValidUtf8, TOO_LONG, Utf8Validator } from '../utf8';
import type { ViolationCode } from '../violations';

export interface HixieDecoderOptions {
  /** Bytes in one message or skipped frame; 2^26 - 1 (64 MiB). */
  maxLength?: number;
  /** FF 00 closes, as in draft 76; false (draft 75): it is an empty frame to skip. */
  closingFrame?: boolean;
  /** Text is told by `onTextBytes`, not by `onText`; false. */
  textAsBytes?: boolean;
  /** Is charged 1 for every frame, skipped ones too; nobody. */
  meter?: ReadMeter | null;
}

const TEXT_END = 0xff;
const CLOSING_TYPE = 0xff;
const NORMAL_CLOSURE = 1000;

/** 7-bit groups that a length may have: all that JavaScript can count, and no run of empty ones. */
const MAX_LENGTH_GROUPS = 7;

const OPTIONS = ['maxLength', 'closingFrame', 'textAsBytes', 'meter'] as const;

const TYPE = 0;
const TEXT = 1;
const LENGTH = 2;
const SKIP = 3;

/**
 * Decodes the messages of drafts 75 and 76, for either end (nothing is masked). Tells its sink
 * `onText` (or `onTextBytes`), `onViolation` and, with `closingFrame`, `onClose(1000, '')`; nothing else.
 */
export class HixieDecoder extends ChunkDecoder {
  readonly #sink: MessageSink;
  readonly #maxLength: number;
  readonly #closingFrame: boolean;
  readonly #textAsBytes: boolean;
  readonly #meter: ReadMeter | null;
  #state: typeof TYPE | typeof TEXT | typeof LENGTH | typeof SKIP = TYPE;
  #type = 0;
  /** Of a length: its groups so far. */
  #groups = 0;
  /** Of a length: its value so far. Of a frame to skip: the bytes still to come. */
  #length = 0;
  /** Text that a chunk's end has cut. */
  #text: ByteQueue | null = null;
  #validator: Utf8Validator | null = null;

  /**
   * @throws TypeError if an argument is of another type, a method of the sink is missing, or an option
   *   is not known; RangeError if `maxLength` is neither a natural number nor Infinity
   */
  constructor(sink: MessageSink, options: HixieDecoderOptions = {}) {
    super();
    const { closingFrame = false, meter = null, ...rest } = checkOptions(options, OPTIONS);
    this.#textAsBytes = checkBoolean('textAsBytes', rest.textAsBytes ?? false);
    this.#sink = checkMessageSink(sink, this.#textAsBytes);
    this.#maxLength = resolveLimits(options).maxLength;
    this.#closingFrame = checkBoolean('closingFrame', closingFrame);
    this.#meter = checkMeter(meter);
  }

  /** The first byte of an unfinished frame counts, so that 0 means: between two frames. */
  override get bufferedBytes(): number {
    const unfinished = this.#state === TYPE ? 0 : 1;
    return super.bufferedBytes + unfinished + (this.#text?.length ?? 0);
  }

  override end(): void {
    super.end();
    this.#text = null;
    this.#validator = null;
    this.#state = TYPE;
  }

  protected override advance(): boolean {
    if (this.position === this.chunk.length) return false;
    if (this.#state === TEXT) this.#readText();
    else if (this.#state === SKIP) this.#skip();
    else if (this.#state === LENGTH) this.#readLength();
    else this.#readType();
    return true;
  }

  #readType(): void {
    this.#meter?.charge(1);
    this.#type = this.chunk[this.position++]!;
    this.#state = this.#type < 0x80 ? TEXT : LENGTH;
    this.#groups = 0;
    this.#length = 0;
  }

  #readText(): void {
    const { chunk, position: start } = this;
    const found = chunk.indexOf(TEXT_END, start);
    const end = found === -1 ? chunk.length : found;
    if ((this.#text?.length ?? 0) + end - start > this.#maxLength) {
      this.#fail('MESSAGE_TOO_BIG');
    } else if (found === -1) {
      this.position = end;
      this.#keepText(chunk, start, end);
    } else {
      this.position = end + 1;
      this.#state = TYPE;
      this.#endText(chunk, start, end);
    }
  }

  #keepText(chunk: Uint8Array, start: number, end: number): void {
    this.#validator ??= new Utf8Validator();
    this.#text ??= new ByteQueue();
    if (!this.#validator.push(chunk, start, end)) this.#fail('INVALID_UTF8');
    else this.#text.append(chunk, start, end);
  }

  #endText(chunk: Uint8Array, start: number, end: number): void {
    if (this.#text === null) {
      if (this.#textAsBytes) this.#tellBytes(own(chunk, start, end));
      else this.#tellText(chunk, start, end);
      return;
    }
    this.#text.append(chunk, start, end);
    const whole = this.#text.take();
    this.#text = null;
    this.#validator = null;
    if (this.#textAsBytes) this.#tellBytes(whole);
    else this.#tellText(whole, 0, whole.length);
  }

  #tellText(bytes: Uint8Array, start: number, end: number): void {
    const text = decodeText(bytes, start, end);
    if (text === null) this.#fail('INVALID_UTF8');
    else if (text === TOO_LONG) this.#fail('MESSAGE_TOO_BIG');
    else this.#sink.onText(text, end - start);
  }

  #tellBytes(bytes: Uint8Array): void {
    // What came in one chunk is not checked yet, and what came in several may end inside a character.
    if (isValidUtf8(bytes)) this.#sink.onTextBytes!(bytes);
    else this.#fail('INVALID_UTF8');
  }

  #readLength(): void {
    const byte = this.chunk[this.position++];
    this.#groups++;
    this.#length = this.#length * 128 + (byte & 0x7f);
    if (this.#length > this.#maxLength || this.#groups > MAX_LENGTH_GROUPS) {
      this.#fail('HIXIE_LENGTH_TOO_LARGE');
    } else if (byte < 0x80) {
      if (this.#closingFrame && this.#type === CLOSING_TYPE && this.#length === 0) this.#close();
      else this.#state = this.#length === 0 ? TYPE : SKIP;
    }
  }

  #skip(): void {
    const skipped = Math.min(this.#length, this.chunk.length - this.position);
    this.position += skipped;
    this.#length -= skipped;
    if (this.#length === 0) this.#state = TYPE;
  }

  #close(): void {
    this.#state = TYPE;
    this.stop();
    this.#sink.onClose(NORMAL_CLOSURE, '');
  }

  #fail(violation: ViolationCode): void {
    this.end();
    this.#sink.onViolation(violation);
  }
}
