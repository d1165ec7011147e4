/**
 * The chunks of a source as bytes to be framed: pieces of a size that a frame should have, each a copy,
 * so that a chunk is the source's own again when it is asked for the next one. Text is UTF-8 whatever
 * the chunks are and wherever they were cut.
 */
import { describe } from '@ws/common';
import { Utf8Validator } from '@ws/frame-parser';
import { viewOf } from '../api/bytes';

/** Bytes, or characters, in a piece. */
const PIECE = 65_536;

export class MessagePieces {
  /** Whether the message is text; null before it is known: the first chunk decides unless told. */
  isText: boolean | null;
  private readonly validator = new Utf8Validator();
  /** The first half of a surrogate pair whose second one may come. */
  private half = '';

  constructor(isText: boolean | null) {
    this.isText = isText;
  }

  /**
   * The pieces of a chunk; none of an empty one.
   *
   * @throws {TypeError} it is neither a string nor bytes, or the message is text and it is not UTF-8
   */
  *of(chunk: unknown): Generator<Uint8Array<ArrayBuffer>> {
    if (typeof chunk === 'string') {
      this.isText ??= true;
      yield* this.ofText(chunk);
      return;
    }
    const bytes = viewOf(chunk);
    if (bytes === null) {
      throw new TypeError(`cannot send ${describe(chunk)} as a part: strings and bytes are parts`);
    }
    this.isText ??= false;
    yield* this.takeHalf();
    for (let start = 0; start < bytes.byteLength; start += PIECE) {
      yield this.checked(Buffer.from(bytes.subarray(start, start + PIECE)));
    }
  }

  /**
   * What is left when the source is at its end; may be empty.
   *
   * @throws {TypeError} the message is text, and ends within a character
   */
  end(): Uint8Array<ArrayBuffer> {
    this.isText ??= false;
    const [rest = Buffer.alloc(0)] = this.takeHalf();
    if (this.isText && !this.validator.complete) throw notUtf8();
    return rest;
  }

  private *ofText(chunk: string): Generator<Uint8Array<ArrayBuffer>> {
    let text = this.half + chunk;
    this.half = endsInHalf(text) ? text.slice(-1) : '';
    if (this.half !== '') text = text.slice(0, -1);
    for (let start = 0; start < text.length;) {
      const end = Math.min(text.length, start + PIECE);
      const cut = end < text.length && endsInHalf(text.slice(start, end)) ? end - 1 : end;
      yield this.checked(Buffer.from(text.slice(start, cut)));
      start = cut;
    }
  }

  /** Half a pair without the other half is sent as U+FFFD. */
  private *takeHalf(): Generator<Uint8Array<ArrayBuffer>> {
    const { half } = this;
    this.half = '';
    if (half !== '') yield this.checked(Buffer.from(half));
  }

  private checked(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
    if (this.isText === true && !this.validator.push(bytes, 0, bytes.byteLength)) throw notUtf8();
    return bytes;
  }
}

function endsInHalf(text: string): boolean {
  const last = text.charCodeAt(text.length - 1);
  return last >= 0xd800 && last < 0xdc00;
}

function notUtf8(): TypeError {
  return new TypeError('the bytes of a text message are not UTF-8');
}
