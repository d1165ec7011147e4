/**
 * Messages too long for the calling thread: compressed and restored by zlib's own threads, a few at
 * a time.
 */
import { ExtensionError } from '@ws/extensions';
import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';
import type { ZlibOptions } from 'node:zlib';
import { TRAILER, invalidData } from './codec';
import type { Compression } from './codec';
import { asInvalidData, deflateOptions, inflateOptions, isTooLarge } from './public-zlib';
import { owned, withTrailer, withoutTail } from './public-zlib';
import type { Inflated } from './public-zlib';

const deflateAsync: (data: Uint8Array, options: ZlibOptions) => Promise<Buffer> =
  promisify(deflateRaw);
const inflateAsync: (data: Uint8Array, options: ZlibOptions) => Promise<unknown> =
  promisify(inflateRaw);

/**
 * Each one starts a zlib context of its own with what the message may refer to, so a message of
 * nothing but final blocks would be far more work for us than for its sender.
 */
const MOST_FINAL_BLOCKS = 256;

const WINDOW = 32_768;

/** Like `Codec.deflate`, elsewhere. */
export async function deflateInBackground(
  data: Uint8Array,
  compression: Compression,
  history: Uint8Array | null,
): Promise<Uint8Array> {
  return withoutTail(await deflateAsync(data, deflateOptions(data, compression, history)));
}

/**
 * Restores a message, however many of its blocks are marked as final (RFC 7692 §7.2.3.4).
 *
 * Holds no more than `maxBytes` and one window of it.
 *
 * @returns bytes that are the caller's
 * @throws {ExtensionError} it is not what a compressor made, or longer than `maxBytes`
 */
export async function inflateInBackground(
  data: Uint8Array,
  maxBytes: number,
  history: Uint8Array | null,
): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  let rest = withTrailer(data);
  let left = maxBytes;
  let before = history;
  while (parts.length <= MOST_FINAL_BLOCKS) {
    const { buffer, engine } = await inflateSome(rest, left, before);
    left -= buffer.byteLength;
    if (left < 0) throw tooBig();
    parts.push(buffer);
    rest = rest.subarray(engine.bytesWritten);
    // The end is the final block that we have put behind it, or its sender's where that came last.
    if (rest.byteLength <= TRAILER.byteLength) return owned(joined(parts));
    before = windowAfter(before, buffer);
  }
  throw invalidData(`more than ${MOST_FINAL_BLOCKS} final blocks`);
}

async function inflateSome(
  data: Uint8Array,
  maxBytes: number,
  history: Uint8Array | null,
): Promise<Inflated> {
  try {
    return (await inflateAsync(data, inflateOptions(maxBytes, history))) as Inflated;
  } catch (error) {
    throw isTooLarge(error) ? tooBig() : asInvalidData(error);
  }
}

/** The last bytes of two pieces together, as far back as anything may refer. */
function windowAfter(before: Uint8Array | null, piece: Buffer): Uint8Array {
  if (before === null || piece.byteLength >= WINDOW) return piece.subarray(-WINDOW);
  return Buffer.concat([before, piece]).subarray(-WINDOW);
}

function joined(parts: readonly Buffer[]): Buffer {
  return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
}

function tooBig(): ExtensionError {
  return new ExtensionError('message-too-big', 'the message is longer than allowed');
}

/** Runs no more than so many jobs at a time; the others start in the order in which they came. */
export class JobQueue {
  readonly #most: number;
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  async run<T>(job: () => Promise<T>): Promise<T> {
    if (this.#running === this.#most) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    } else {
      this.#running++;
    }
    try {
      return await job();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#running--;
      else next();
    }
  }
}
