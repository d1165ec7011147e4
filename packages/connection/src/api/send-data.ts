/**
 * What `send()` takes, checked at the door.
 */
import { describe } from '@ws/common';

/** Text, or bytes in any of their usual forms. */
export type SendData = string | ArrayBufferView | ArrayBuffer | SharedArrayBuffer | Blob;

/** The bytes of what was passed, without copying them; text stays text, a Blob is read later. */
export type Sendable = string | Uint8Array | Blob;

/**
 * Text and Blobs as they are, other bytes as a view of exactly the bytes passed.
 *
 * @throws {TypeError} anything else
 */
export function sendable(data: SendData): Sendable {
  if (typeof data === 'string' || data instanceof Uint8Array) return data;
  if (ArrayBuffer.isView(data)) {
    return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  }
  if (data instanceof ArrayBuffer || data instanceof SharedArrayBuffer) return new Uint8Array(data);
  if (data instanceof Blob) return data;
  throw new TypeError(
    `cannot send ${describe(data)}: pass a string, a Buffer, a typed array, a DataView, an ArrayBuffer or a Blob`,
  );
}

/** Cheaper than to ask whether it is a Blob, for what most messages are. */
export function isBlob(data: Sendable): data is Blob {
  return typeof data !== 'string' && !(data instanceof Uint8Array);
}

/** The length of the payload in bytes. */
export function byteLengthOf(data: Sendable): number {
  if (typeof data === 'string') return Buffer.byteLength(data);
  return data instanceof Blob ? data.size : data.byteLength;
}
