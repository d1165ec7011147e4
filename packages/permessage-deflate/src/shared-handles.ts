/**
 * A codec whose contexts are shared by all connections of the process: one that inflates, and one
 * that deflates for each way of compressing. They are made when they are first needed, start afresh
 * with every message, and are replaced when they fail.
 *
 * What they write goes to memory that is shared too, and is copied out before anyone else's turn.
 */
import { constants } from 'node:zlib';
import { EMPTY_MESSAGE, TAIL_LENGTH, TRAILER, invalidData } from './codec';
import type { Codec, Compression, LiveDeflater } from './codec';
import { PublicZlib } from './public-zlib';
import { RawStream } from './raw-stream';

/** More than this is inflated, or deflated, by the fallback. */
const MOST_INPUT = 32_768;
/** More than this is not inflated at once. */
const MOST_OUTPUT = 131_072;

const WINDOW = 32_768;

export class SharedHandles implements Codec {
  readonly #fallback = new PublicZlib();
  readonly #deflaters = new Map<number, RawStream>();
  #inflater: RawStream | null = null;
  readonly #input = Buffer.allocUnsafeSlow(MOST_INPUT + TRAILER.byteLength);
  /** One byte more than may be in it, to see that there is more. */
  readonly #output = Buffer.allocUnsafeSlow(MOST_OUTPUT + 1);

  deflate(data: Uint8Array, compression: Compression, history: Uint8Array | null): Uint8Array {
    const length = data.byteLength;
    if (length === 0) return EMPTY_MESSAGE.slice();
    if (history !== null || length > MOST_INPUT) {
      return this.#fallback.deflate(data, compression, history);
    }
    const stream = this.#deflater(compression);
    stream.reset();
    const deflated = deflateWith(stream, data, this.#output);
    if (deflated !== null) return deflated;
    this.#deflaters.delete(keyOf(compression));
    return this.#fallback.deflate(data, compression, history);
  }

  inflate(data: Uint8Array, maxBytes: number, history: Uint8Array | null): Uint8Array | null {
    if (data.byteLength > MOST_INPUT) return this.#fallback.inflate(data, maxBytes, history);
    const most = Math.min(maxBytes, MOST_OUTPUT);
    const stream = (this.#inflater ??= RawStream.inflate());
    stream.reset();
    if (history !== null) this.#recall(stream, history);
    this.#input.set(data, 0);
    this.#input.set(TRAILER, data.byteLength);
    const length = data.byteLength + TRAILER.byteLength;
    // With Z_FINISH, a stream that has not come to its end is an error, unless there is no room left.
    const written = stream.write(constants.Z_FINISH, this.#input, length, this.#output, most + 1);
    if (stream.failure !== null) {
      this.#inflater = null;
      throw invalidData(stream.failure);
    }
    return written > most || stream.inputLeft > 0 ? null : copyOf(this.#output, written);
  }

  startDeflater(compression: Compression, history: Uint8Array | null): LiveDeflater {
    const stream = RawStream.deflate({
      ...compression,
      ...(history !== null && { dictionary: history }),
    });
    const output = this.#output;
    return {
      deflate: (data) => {
        if (data.byteLength === 0) return EMPTY_MESSAGE.slice();
        return data.byteLength > MOST_INPUT ? null : deflateWith(stream, data, output);
      },
      close: () => stream.close(),
    };
  }

  /** Makes `history` what the next bytes may refer to: a stored block (RFC 1951 §3.2.4) of it. */
  #recall(stream: RawStream, history: Uint8Array): void {
    const length = Math.min(history.byteLength, WINDOW);
    this.#input[0] = 0;
    this.#input.writeUInt16LE(length, 1);
    this.#input.writeUInt16LE(length ^ 0xffff, 3);
    stream.write(constants.Z_SYNC_FLUSH, this.#input, 5, this.#output, MOST_OUTPUT);
    stream.write(constants.Z_SYNC_FLUSH, history, length, this.#output, MOST_OUTPUT);
  }

  #deflater(compression: Compression): RawStream {
    const key = keyOf(compression);
    let stream = this.#deflaters.get(key);
    if (stream === undefined) {
      stream = RawStream.deflate(compression);
      this.#deflaters.set(key, stream);
    }
    return stream;
  }
}

/** @returns null when the stream is of no more use */
function deflateWith(stream: RawStream, data: Uint8Array, output: Buffer): Uint8Array | null {
  const room = output.byteLength;
  const written = stream.write(constants.Z_SYNC_FLUSH, data, data.byteLength, output, room);
  if (stream.failure !== null || written === room) return null;
  return copyOf(output, written - TAIL_LENGTH);
}

function copyOf(memory: Buffer, length: number): Uint8Array {
  const copy = Buffer.allocUnsafe(length);
  memory.copy(copy, 0, 0, length);
  return copy;
}

/** A small integer for each way of compressing. */
function keyOf({ level, memLevel, strategy, windowBits }: Compression): number {
  return (((level + 1) * 16 + memLevel) * 8 + strategy) * 16 + windowBits;
}
