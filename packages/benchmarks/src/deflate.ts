/**
 * Compressed messages as the load sends and checks them, with what Node documents of zlib.
 *
 * Written apart from the toolkit's own codec on purpose: a mistake there must not be able to agree
 * with itself here.
 */
import { constants, deflateRawSync, inflateRawSync } from 'node:zlib';

/** What a sender leaves out at the end of a message (RFC 7692 §7.2.1). */
const TAIL = Buffer.of(0x00, 0x00, 0xff, 0xff);

const ZEROS_AT_ONCE = 2 ** 24;

/** `message` compressed by itself. */
export function deflated(message: Uint8Array): Buffer {
  const whole = deflateRawSync(message, { finishFlush: constants.Z_SYNC_FLUSH });
  return whole.subarray(0, -TAIL.length);
}

/** The message that `payload` is, when it refers to none before it. */
export function inflated(payload: Uint8Array): Buffer {
  return inflateRawSync(Buffer.concat([payload, TAIL]), { finishFlush: constants.Z_SYNC_FLUSH });
}

/**
 * A thousandth of `size` that would become `size` zeros.
 *
 * @param size in bytes, rounded up to a multiple of 16 MiB
 */
export function bombOf(size: number): Buffer {
  const zeros = new Uint8Array(ZEROS_AT_ONCE);
  // After a full flush nothing refers to what came before, so that the piece can be repeated.
  const piece = deflateRawSync(zeros, { level: 9, finishFlush: constants.Z_FULL_FLUSH });
  const pieces = new Array<Buffer>(Math.ceil(size / ZEROS_AT_ONCE)).fill(piece);
  return Buffer.concat(pieces).subarray(0, -TAIL.length);
}
