/**
 * Bytes in any of their usual forms. They are recognized by what they are, not by their class: there
 * is one in every realm (`node:vm`, jsdom), and a Buffer need not be an instance of this one's.
 */
import { types } from 'node:util';

/** What holds bytes. */
export type Bytes = ArrayBufferView | ArrayBuffer | SharedArrayBuffer;

/** A view of exactly the bytes that were passed, nothing is copied; null if it is something else. */
export function viewOf(data: unknown): Uint8Array | null {
  if (data instanceof Uint8Array) return data;
  if (ArrayBuffer.isView(data)) {
    if (types.isUint8Array(data)) return data;
    return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  }
  return types.isAnyArrayBuffer(data) ? new Uint8Array(data) : null;
}
