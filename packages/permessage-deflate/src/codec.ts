/**
 * The seam between messages and zlib: whole messages to DEFLATE and back, at once, on the calling
 * thread. There are two implementations: `PublicZlib` needs nothing but what Node documents,
 * `SharedHandles` is several times faster for small messages, where it can be trusted.
 *
 * A codec remembers nothing from one message to the next, unless it is asked for a `LiveDeflater`.
 * What a message may refer to is its `history`: the bytes before it, as far back as its window
 * reaches.
 */
import { ExtensionError } from '@ws/extensions';
import type { History } from './history';
import { ZLIB } from './node-zlib';

/** The "Per-Message Compressed" bit (RFC 7692 §6), among RSV1 · 4 + RSV2 · 2 + RSV3. */
export const RSV1 = 4;

/** What is longer, compressed or to be compressed, is work for another thread. */
export const MOST_AT_ONCE = 16_384;
/** So is what turns out to become longer than this. */
export const MOST_INFLATED_AT_ONCE = 131_072;

/** How zlib is to compress. */
export interface Compression {
  readonly level: number;
  readonly memLevel: number;
  readonly strategy: number;
  /** 9 to 15. */
  readonly windowBits: number;
}

export interface Codec {
  /**
   * Compresses a message (RFC 7692 §7.2.1).
   *
   * @returns bytes that are the caller's
   */
  deflate(data: Uint8Array, compression: Compression, history: Uint8Array | null): Uint8Array;
  /**
   * Restores a message (RFC 7692 §7.2.2), whatever window its sender used.
   *
   * @returns bytes that are the caller's; null when there are more than `maxBytes`, or when a block
   * other than the last one is marked as final, which is for `inflateInTurns` to look into
   * @throws {ExtensionError} with `invalid-data`: this is not what a compressor made
   */
  inflate(data: Uint8Array, maxBytes: number, history: History | null): Uint8Array | null;
  /**
   * Starts to compress messages that refer to each other, the first of them to `history`.
   *
   * @returns null when this codec has no faster way to do it than with `deflate`
   */
  startDeflater(compression: Compression, history: Uint8Array | null): LiveDeflater | null;
}

/** A compressor that remembers. It holds as much memory as `deflaterMemory` says. */
export interface LiveDeflater {
  /**
   * Like `Codec.deflate`, after the messages before.
   *
   * @returns null when it could not, and is of no more use
   */
  deflate(data: Uint8Array): Uint8Array | null;
  close(): void;
}

/** What zlib takes to compress, in bytes: for its window, and for its tables. */
export function deflaterMemory({ windowBits, memLevel }: Compression): number {
  return 2 ** (windowBits + 2) + 2 ** (memLevel + 9);
}

/** How zlib is to compress for a peer that can look back 2^windowBits bytes. */
export function compressionFor(
  { level, memLevel, strategy }: Omit<Compression, 'windowBits'>,
  windowBits: number,
): Compression {
  // zlib has no raw window of 8 bits. Run-length encoding refers to the last byte only, and so fits
  // into any window.
  if (windowBits === 8) return { level, memLevel, strategy: ZLIB.Z_RLE, windowBits: 9 };
  return { level, memLevel, strategy, windowBits };
}

/**
 * "Remove 4 octets (that are 0x00 0x00 0xff 0xff) from the tail end." §7.2.1
 */
export const TAIL: Uint8Array = Uint8Array.of(0x00, 0x00, 0xff, 0xff);
export const TAIL_LENGTH: number = TAIL.byteLength;

/**
 * What stands behind every message: the octets that its sender removed, and a final block, so that
 * a stream that ends anywhere but behind a block is known to be cut off.
 */
export const TRAILER: Uint8Array = Uint8Array.of(...TAIL, 0x03, 0x00);

/** What an empty message becomes (§7.2.3.6). */
export const EMPTY_MESSAGE: Uint8Array = Uint8Array.of(0x00);

/** The peer's message is not what a compressor made. */
export function invalidData(reason: string, options?: ErrorOptions): ExtensionError {
  return new ExtensionError('invalid-data', `invalid compressed data: ${reason}`, options);
}

/** The peer's message has become more than it may. */
export function tooMuch(): ExtensionError {
  return new ExtensionError('message-too-big', 'the message is longer than allowed');
}

/** Nobody waits for the message any more. */
export function abandoned(): Error {
  return new Error('the connection was over before the message was ready');
}
