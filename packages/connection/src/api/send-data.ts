/**
 * What `send()` takes, checked at the door.
 */
import { describe } from '@ws/common';
import { viewOf, type Bytes } from './bytes';

/** Text, or bytes in any of their usual forms. */
export type SendData = string | Bytes | Blob;

/** The bytes of what was passed, without copying them; text stays text, a Blob is read later. */
export type Sendable = string | Uint8Array | Blob;

/**
 * Text and Blobs as they are, other bytes as a view of exactly the bytes passed.
 *
 * @throws {TypeError} anything else
 */
export function sendable(data: SendData): Sendable {
  if (typeof data === 'string') return data;
  const view = viewOf(data);
  if (view !== null) return view;
  if (canBeRead(data)) return data;
  throw new TypeError(
    `cannot send ${describe(data)}: pass a string, a Buffer, a typed array, a DataView, an ArrayBuffer or a Blob`,
  );
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

/** Whether it is a Blob, whoever's: of Node, of another realm, or of a library. */
function canBeRead(data: unknown): data is Blob {
  if (typeof data !== 'object' || data === null) return false;
  const { size, arrayBuffer } = data as Partial<Blob>;
  return typeof size === 'number' && typeof arrayBuffer === 'function';
}
