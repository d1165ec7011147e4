import { describe } from '@ws/common';

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
  const text = hasText(message) ? String(message) : '[object ';
  if (!text.startsWith('[object ')) return text;
  throw new TypeError(`cannot send ${describe(message)}: pass a string`);
}

function hasText(message: unknown): boolean {
  if (typeof message === 'function' || typeof message === 'symbol') return false;
  return typeof message !== 'object' || message === null || 'toString' in message;
}
