/**
 * What `send()` takes, checked at the door.
 */
import { viewOf, type Bytes } from './bytes';
import { encodedIn, type PreparedMessage } from './prepared-message';
import { unsendable } from './unsendable';

/** Text, or bytes in any of their usual forms; or a message that `prepareMessage()` has made of these. */
export type SendData = string | Bytes | Blob | PreparedMessage;

/** The bytes of what was passed, without copying them; text stays text, a Blob is read later. */
export type Sendable = string | Uint8Array | Blob;

/**
 * Text and Blobs as they are, other bytes as a view of exactly the bytes passed, and of everything else
 * its string, as Web IDL converts it (to a USVString).
 *
 * @returns null for a prepared message
 * @param given how many arguments the caller got: with 0, `data` is not undefined but missing
 * @throws {TypeError} it is missing, a function, a symbol, or an object without a `toString` of its own
 */
export function sendable(data: SendData, given: number = 1): Sendable | null {
  if (typeof data === 'string') return data;
  const view = viewOf(data);
  if (view !== null) return view;
  if (encodedIn(data) !== null) return null;
  if (canBeRead(data)) return data;
  const text = given === 0 ? null : stringOf(data);
  if (text !== null) return text;
  throw unsendable('send', data);
}

/** Cheaper than to ask whether it is a Blob, for what most messages are. */
export function isBlob(data: Sendable): data is Blob {
  return typeof data !== 'string' && !ArrayBuffer.isView(data);
}

/** The length of the payload in bytes. */
export function byteLengthOf(data: Sendable): number {
  if (typeof data === 'string') return Buffer.byteLength(data);
  return isBlob(data) ? data.size : data.byteLength;
}

/** Whether the memory of a payload was taken away, or has changed its size, since it was sent. */
export function hasChanged(data: string | Uint8Array, byteLength: number): boolean {
  return typeof data !== 'string' && data.byteLength !== byteLength;
}

/** Whether it is a Blob, whoever's: of Node, of another realm, or of a library. */
function canBeRead(data: unknown): data is Blob {
  if (typeof data !== 'object' || data === null) return false;
  const { size, arrayBuffer } = data as Partial<Blob>;
  return typeof size === 'number' && typeof arrayBuffer === 'function';
}

/** The string of a value; null if it says nothing of the value, or there is none. */
export function stringOf(data: unknown): string | null {
  if (typeof data === 'function' || typeof data === 'symbol') return null;
  // Without a prototype there may be nothing to convert it by.
  if (typeof data === 'object' && data !== null && !('toString' in data)) return null;
  const text = String(data);
  return text.startsWith('[object ') ? null : text;
}
