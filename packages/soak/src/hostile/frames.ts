/**
 * Frames as an attacker prepares them, and compressed messages: bytes only, made before any is sent.
 * The masking key is zero (RFC 6455 §5.3), so that what is masked is what it was.
 */
import { constants, deflateRawSync } from 'node:zlib';

export const CONTINUATION = 0x0;
export const TEXT = 0x1;
export const BINARY = 0x2;
export const PING = 0x9;
export const PONG = 0xa;

/** In the first byte of a frame. */
const FIN = 0x80;
/** "Per-Message Compressed" (RFC 7692 §6). */
const RSV1 = 0x40;

const MASKED = 0x80;
const MASKING_KEY = Buffer.alloc(4);

/** What a sender leaves out at the end of a compressed message (RFC 7692 §7.2.1), in bytes. */
const TAIL_LENGTH = 4;

/** A whole message, or a control frame. */
export function frame(opcode: number, payload: Uint8Array | string = ''): Buffer {
  return encoded(FIN | opcode, Buffer.from(payload));
}

/** A fragment behind which others come. */
export function fragment(opcode: number, payload: Uint8Array | string = ''): Buffer {
  return encoded(opcode, Buffer.from(payload));
}

/** A text of `size` times the same letter, compressed. */
export function compressedText(size: number): Buffer {
  const text = Buffer.alloc(size, 'a');
  const deflated = deflateRawSync(text, { level: 9, finishFlush: constants.Z_SYNC_FLUSH });
  return encoded(FIN | RSV1 | TEXT, deflated.subarray(0, -TAIL_LENGTH));
}

/** The same bytes, `count` times. */
export function repeated(bytes: Uint8Array, count: number): Buffer {
  return Buffer.alloc(bytes.length * count, bytes);
}

function encoded(firstByte: number, payload: Buffer): Buffer {
  return Buffer.concat([header(firstByte, payload.length), MASKING_KEY, payload]);
}

function header(firstByte: number, length: number): Buffer {
  if (length < 126) return Buffer.of(firstByte, MASKED | length);
  if (length < 0x10000) return Buffer.of(firstByte, MASKED | 126, length >> 8, length & 0xff);
  const bytes = Buffer.alloc(10);
  bytes[0] = firstByte;
  bytes[1] = MASKED | 127;
  bytes.writeBigUInt64BE(BigInt(length), 2);
  return bytes;
}
