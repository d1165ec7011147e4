/**
 * Messages as the chunks of streams: text as a string, binary as bytes, in whichever form `binaryType`
 * has had them made.
 */
import type { MessageData } from '../api/events';
import type { WebSocket } from '../api/websocket';

/** A message as Node's streams have it. */
export type MessageChunk = string | Buffer;

/**
 * Text as it is, bytes as a Buffer on the same memory.
 *
 * @throws {TypeError} a Blob: it is read later, and a chunk is there now
 */
export function chunkOf(data: MessageData): MessageChunk {
  if (typeof data === 'string' || data instanceof Buffer) return data;
  if (data instanceof ArrayBuffer) return Buffer.from(data);
  if (data instanceof Uint8Array) return Buffer.from(data.buffer, data.byteOffset, data.length);
  throw noBlobs();
}

/** @throws {TypeError} the WebSocket delivers Blobs, see `chunkOf()` */
export function requireBytes(ws: WebSocket): void {
  if (ws.binaryType === 'blob') throw noBlobs();
}

function noBlobs(): TypeError {
  return new TypeError("streams have no Blobs: set another binaryType than 'blob'");
}
