import { Buffer as NodeBuffer } from 'node:buffer';

/** What tells a TextBuffer from others. Every message that is sent is asked, and `instanceof` costs 70 ns here. */
const IS_TEXT: unique symbol = Symbol('is text');

/** What Node makes Buffers by: `Buffer` itself is no class that can be extended. */
const Memory = Uint8Array as unknown as new (
  memory: ArrayBufferLike,
  byteOffset: number,
  byteLength: number,
) => Buffer;

/**
 * The text of a message as it was received: UTF-8 that was found valid, and is not decoded. It is what the option
 * `textType: 'buffer'` makes of text: a Buffer, whose memory is the listener's, and which `send()` sends as text. Who
 * changes it sees to it that it stays UTF-8. A part or a copy of it is a Buffer like all others.
 */
export class TextBuffer extends Memory {
  /** For compilers: not every Buffer is one. */
  declare protected readonly type: 'text';

  /** What `map()` and `filter()` make. */
  static get [Symbol.species](): unknown {
    return NodeBuffer;
  }

  /** A view of the same memory. */
  static over({ buffer, byteOffset, byteLength }: Uint8Array): TextBuffer {
    return new TextBuffer(buffer, byteOffset, byteLength);
  }
}
Object.setPrototypeOf(TextBuffer.prototype, NodeBuffer.prototype as object);
Object.defineProperty(TextBuffer.prototype, IS_TEXT, { value: true });

/** Whether it is, or is to be sent as, a text message, in either form. */
export function isText(data: unknown): boolean {
  return (
    typeof data === 'string' ||
    (data as { [IS_TEXT]?: true } | null | undefined)?.[IS_TEXT] === true
  );
}
