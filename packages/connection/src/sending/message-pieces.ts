/**
 * The chunks of a source as bytes to be framed, in pieces of a size that a frame should have. Pieces of
 * bytes are views of the chunk. Text is UTF-8 whatever the chunks are and wherever they were cut.
 */
import { describe } from '@ws/common';
import { Utf8Validator } from '@ws/frame-parser';
import { viewOf } from '../api/bytes';
import { isText } from '../receiving/text-buffer';

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
   * @param most bytes, or characters, in a piece
   * @throws {TypeError} it is neither a string nor bytes, or the message is text and it is not UTF-8
   */
  *of(chunk: unknown, most: number): Generator<Uint8Array> {
    if (typeof chunk === 'string') {
      this.isText ??= true;
      yield* this.ofText(chunk, most);
      return;
    }
    const bytes = viewOf(chunk);
    if (bytes === null) {
      throw new TypeError(`cannot send ${describe(chunk)} as a part: strings and bytes are parts`);
    }
    this.isText ??= isText(chunk);
    yield* this.takeHalf();
    for (let start = 0; start < bytes.byteLength; start += most) {
      yield this.checked(bytes.subarray(start, start + most));
    }
  }

  /**
   * What is left when the source is at its end; may be empty.
   *
   * @throws {TypeError} the message is text, and ends within a character
   */
  end(): Uint8Array {
    this.isText ??= false;
    const [rest = Buffer.alloc(0)] = this.takeHalf();
    if (this.isText && !this.validator.complete) throw notUtf8();
    return rest;
  }

  private *ofText(chunk: string, most: number): Generator<Uint8Array> {
    let text = this.half + chunk;
    this.half = endsInHalf(text) ? text.slice(-1) : '';
    if (this.half !== '') text = text.slice(0, -1);
    for (let start = 0; start < text.length;) {
      const end = Math.min(text.length, start + most);
      const cut = end < text.length && endsInHalf(text.slice(start, end)) ? end - 1 : end;
      yield this.checked(Buffer.from(text.slice(start, cut)));
      start = cut;
    }
  }

  /** Half a pair without the other half is sent as U+FFFD. */
  private *takeHalf(): Generator<Uint8Array> {
    const { half } = this;
    this.half = '';
    if (half !== '') yield this.checked(Buffer.from(half));
  }

  private checked(bytes: Uint8Array): Uint8Array {
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
