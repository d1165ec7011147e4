/**
 * A codec on the documented interface of `node:zlib` alone: a zlib context for every message, made
 * and thrown away.
 */
import { constants } from 'node:buffer';
import type { Zlib, ZlibOptions } from 'node:zlib';
import { EMPTY_MESSAGE, TAIL_LENGTH, TRAILER, invalidData } from './codec';
import type { Codec, Compression } from './codec';
import { deflateShort, isShort } from './deflate-short';
import type { History } from './history';
import { zlib, ZLIB } from './node-zlib';

/** What zlib gives with `info: true`: `bytesWritten` is how much of the input it has used. */
export interface Inflated {
  readonly buffer: Buffer;
  readonly engine: Zlib & { readonly bytesWritten: number };
}

/** Output is collected in pieces of this size, at most: a window of RFC 7692. */
export const CHUNK_SIZE = 32_768;

export class PublicZlib implements Codec {
  deflate(data: Uint8Array, compression: Compression, history: Uint8Array | null): Uint8Array {
    if (data.byteLength === 0) return EMPTY_MESSAGE.slice();
    if (history === null && isShort(data, compression)) return deflateShort(data);
    return withoutTail(zlib().deflateRawSync(data, deflateOptions(data, compression, history)));
  }

  inflate(data: Uint8Array, maxBytes: number, history: History | null): Uint8Array | null {
    const past = history === null ? null : history.bytes;
    const input = withTrailer(data);
    const inflated = attempt(() => zlib().inflateRawSync(input, inflateOptions(maxBytes, past)));
    if (inflated === null || inflated.engine.bytesWritten < input.byteLength) return null;
    return inflated.buffer.byteLength > maxBytes ? null : owned(inflated.buffer);
  }

  startDeflater(): null {
    return null;
  }
}

/** @returns null when the output is longer than was allowed */
function attempt(inflate: () => unknown): Inflated | null {
  try {
    return inflate() as Inflated;
  } catch (error) {
    if (isTooLarge(error)) return null;
    throw asInvalidData(error);
  }
}

/** How to compress a message with `node:zlib`. */
export function deflateOptions(
  data: Uint8Array,
  compression: Compression,
  history: Uint8Array | null,
): ZlibOptions {
  return {
    ...compression,
    finishFlush: ZLIB.Z_SYNC_FLUSH,
    // Room for a message that does not shrink; most need no second piece.
    chunkSize: Math.min(data.byteLength + 64, CHUNK_SIZE),
    ...(history !== null && { dictionary: history }),
  };
}

/** How to restore a message with `node:zlib`, a trailer behind it. */
export function inflateOptions(maxBytes: number, history: Uint8Array | null): ZlibOptions {
  return {
    info: true,
    chunkSize: CHUNK_SIZE,
    maxOutputLength: Math.min(Math.max(maxBytes, 1), constants.MAX_LENGTH),
    ...(history !== null && { dictionary: history }),
  };
}

/** A copy of `data`, with the octets that its sender removed and a final block behind it. */
export function withTrailer(data: Uint8Array): Buffer {
  return Buffer.concat([data, TRAILER]);
}

/** What zlib made of a message, as it goes to the peer. */
export function withoutTail(deflated: Buffer): Uint8Array {
  return owned(deflated.subarray(0, deflated.byteLength - TAIL_LENGTH));
}

/** `bytes`, or a copy if they occupy less than half of the memory that they keep alive. */
export function owned(bytes: Buffer): Uint8Array {
  return bytes.byteLength * 2 < bytes.buffer.byteLength ? Buffer.from(bytes) : bytes;
}

/** Whether zlib stopped because of `maxOutputLength`. */
export function isTooLarge(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
}

/** What an error of zlib's means. */
export function asInvalidData(error: unknown): Error {
  return invalidData((error as Error).message, { cause: error });
}
