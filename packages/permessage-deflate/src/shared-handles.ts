/**
 * A codec whose contexts are shared by all connections of the process: one that inflates, and one
 * that deflates for each way of compressing. They are made when they are first needed, start afresh
 * with every message, and are replaced when they fail.
 *
 * What they write goes to memory that is shared too, and is copied out before anyone else's turn.
 */
import { EMPTY_MESSAGE, TAIL_LENGTH, TRAILER, invalidData } from './codec';
import type { Codec, Compression, LiveDeflater } from './codec';
import { copyOf } from './copy-of';
import { deflateShort, isShort } from './deflate-short';
import type { History } from './history';
import { ZLIB } from './node-zlib';
import { PublicZlib } from './public-zlib';
import { RawStream } from './raw-stream';

/** More than this is inflated, or deflated, by the fallback. */
const MOST_INPUT = 32_768;
/** More than this is not inflated at once. */
const MOST_OUTPUT = 131_072;

const WINDOW = 32_768;
/** What stands before the bytes of a stored block: that it is none of the last, and its length twice. */
const STORED_HEADER = 5;

export class SharedHandles implements Codec {
  readonly #fallback = new PublicZlib();
  readonly #deflaters = new Map<number, RawStream>();
  #inflater: RawStream | null = null;
  readonly #input = Buffer.allocUnsafeSlow(
    STORED_HEADER + WINDOW + MOST_INPUT + TRAILER.byteLength,
  );
  /** One byte more than may be in it, to see that there is more. */
  readonly #output = Buffer.allocUnsafeSlow(WINDOW + MOST_OUTPUT + 1);

  deflate(data: Uint8Array, compression: Compression, history: Uint8Array | null): Uint8Array {
    const length = data.byteLength;
    if (length === 0) return EMPTY_MESSAGE.slice();
    if (history === null && isShort(data, compression)) return deflateShort(data);
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

  inflate(data: Uint8Array, maxBytes: number, history: History | null): Uint8Array | null {
    if (data.byteLength > MOST_INPUT) return this.#fallback.inflate(data, maxBytes, history);
    const most = Math.min(maxBytes, MOST_OUTPUT);
    const stream = (this.#inflater ??= RawStream.inflate());
    stream.reset();
    const past = history === null ? 0 : history.length;
    const at = past === 0 ? 0 : this.#recall(history!);
    this.#input.set(data, at);
    this.#input.set(TRAILER, at + data.byteLength);
    const length = at + data.byteLength + TRAILER.byteLength;
    const room = past + most + 1;
    // With Z_FINISH, a stream that has not come to its end is an error, unless there is no room left.
    const made = stream.write(ZLIB.Z_FINISH, this.#input, length, this.#output, room);
    if (stream.failure !== null) {
      this.#inflater = null;
      throw invalidData(stream.failure);
    }
    if (made > past + most || stream.inputLeft > 0) return null;
    return copyOf(this.#output, past, made);
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

  /**
   * Puts `history` before the message, which may refer to it then: a stored block (RFC 1951 §3.2.4) of it.
   *
   * @returns where the message goes
   */
  #recall(history: History): number {
    const { length } = history;
    this.#input[0] = 0;
    this.#input.writeUInt16LE(length, 1);
    this.#input.writeUInt16LE(length ^ 0xffff, 3);
    history.copyTo(this.#input, STORED_HEADER);
    return STORED_HEADER + length;
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
  const written = stream.write(ZLIB.Z_SYNC_FLUSH, data, data.byteLength, output, room);
  if (stream.failure !== null || written === room) return null;
  return copyOf(output, 0, written - TAIL_LENGTH);
}

/** A small integer for each way of compressing. */
function keyOf({ level, memLevel, strategy, windowBits }: Compression): number {
  return (((level + 1) * 16 + memLevel) * 8 + strategy) * 16 + windowBits;
}
