/**
 * Messages as the chunks of streams: text as `textType` says, binary as bytes, in whichever form `binaryType`
 * has had them made.
 */
import { viewOf } from '../api/bytes';
import type { AnyMessageData } from '../receiving/message-data';
import { TextBuffer } from '../receiving/text-buffer';
import type { StreamSocket } from './stream-socket';

/** A message as Node's streams have it. */
export type MessageChunk = string | Buffer;

/**
 * Text as it is, bytes as a Buffer on the same memory.
 *
 * @throws {TypeError} a Blob: it is read later, and a chunk is there now
 */
export function chunkOf(data: AnyMessageData): MessageChunk {
  if (typeof data === 'string' || data instanceof Buffer) return data;
  const view = viewOf(data);
  if (view === null) throw noBlobs();
  return Buffer.from(view.buffer, view.byteOffset, view.byteLength);
}

/** The same where text and bytes are not told apart: what others are sent of it is binary. */
export function plainChunkOf(data: AnyMessageData): MessageChunk {
  const chunk = chunkOf(data);
  if (!(chunk instanceof TextBuffer)) return chunk;
  return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
}

/** @throws {TypeError} the WebSocket delivers Blobs, see `chunkOf()` */
export function requireBytes(ws: StreamSocket): void {
  if (ws.binaryType === 'blob') throw noBlobs();
}

function noBlobs(): TypeError {
  return new TypeError("streams have no Blobs: set another binaryType than 'blob'");
}
