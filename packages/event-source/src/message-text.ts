import { describe } from '@ws/common';
import { stringOf } from '@ws/connection';

/** Text, or bytes of UTF-8. */
export type EventMessage = string | ArrayBufferView;

/**
 * The text of a message: bytes are UTF-8, everything else is converted as `String` does.
 *
 * @throws {TypeError} a function, a symbol, or an object without a text of its own
 */
export function messageText(message: unknown): string {
  if (typeof message === 'string') return message;
  if (ArrayBuffer.isView(message)) {
    return Buffer.from(message.buffer, message.byteOffset, message.byteLength).toString();
  }
  const text = stringOf(message);
  if (text !== null) return text;
  throw new TypeError(`cannot send ${describe(message)}: pass a string`);
}
