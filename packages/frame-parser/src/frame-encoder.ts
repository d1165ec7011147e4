/**
 * Frames to bytes (RFC 6455 §5.2). The writers are the pieces for a sender that lays out its own
 * buffers, and check nothing; `encodeFrame` is for everyone else. Nothing here changes the payload it
 * is given.
 */
import { checkRole } from './checks';
import { maskInPlace } from './mask';
import { sharedMaskingKeys, type MaskingKeySource } from './masking-keys';
import { OPCODE } from './opcode';
import {
  checkFrame,
  checkMessage,
  type OutgoingFrame,
  type OutgoingMessage,
} from './outgoing-frame';
import type { Role } from './role';
import { allocate, writeUtf8 } from './runtime';
import { utf8Length } from './utf8';

/** The FIN bit of a frame's first byte. */
export const FIN = 0x80;

const MASK = 0x80;

/** The bytes that the header of a frame takes: 2 to 14. */
export function frameHeaderLength(payloadLength: number, masked: boolean): number {
  const extension = payloadLength < 126 ? 0 : payloadLength < 0x1_0000 ? 2 : 8;
  return 2 + extension + (masked ? 4 : 0);
}

/**
 * Writes the header of an unmasked frame at `offset`, where there must be room.
 *
 * @param firstByte FIN, the RSV bits and the opcode
 * @returns the offset after the header
 */
export function writeFrameHeader(
  target: Uint8Array,
  offset: number,
  firstByte: number,
  payloadLength: number,
): number {
  target[offset] = firstByte;
  if (payloadLength < 126) {
    target[offset + 1] = payloadLength;
    return offset + 2;
  }
  if (payloadLength < 0x1_0000) {
    target[offset + 1] = 126;
    target[offset + 2] = payloadLength >>> 8;
    target[offset + 3] = payloadLength;
    return offset + 4;
  }
  target[offset + 1] = 127;
  writeInt32(target, offset + 2, Math.floor(payloadLength / 0x1_0000_0000));
  writeInt32(target, offset + 6, payloadLength);
  return offset + 10;
}

/**
 * Writes the header of a masked frame at `offset`, where there must be room. Masking the payload is
 * the caller's next step.
 *
 * @param firstByte FIN, the RSV bits and the opcode
 * @returns the offset after the header
 */
export function writeMaskedFrameHeader(
  target: Uint8Array,
  offset: number,
  firstByte: number,
  payloadLength: number,
  maskingKey: number,
): number {
  const end = writeFrameHeader(target, offset, firstByte, payloadLength);
  target[offset + 1] |= MASK;
  writeInt32(target, end, maskingKey);
  return end + 4;
}

/**
 * One frame in new memory. What every peer has to refuse is not made: a reserved opcode, a control frame
 * of over 125 bytes or in fragments, a closing frame without a proper code. Whether the frame has its
 * place in the message (§5.4), whether RSV bits were agreed on, and whether the bytes of a text are UTF-8,
 * is for the caller to know.
 *
 * @param role the role of the sending end
 * @param nextMaskingKey asked once if the role masks
 * @throws TypeError if an argument is of another type; RangeError if the frame breaks a rule
 */
export function encodeFrame(
  role: Role,
  frame: OutgoingFrame,
  nextMaskingKey: MaskingKeySource = sharedMaskingKeys,
): Uint8Array {
  checkRole(role);
  checkFrame(frame);
  return layOut(role, frame, nextMaskingKey);
}

function layOut(role: Role, frame: OutgoingFrame, nextMaskingKey: MaskingKeySource): Uint8Array {
  const { fin = true, rsv = 0, opcode, payload } = frame;
  const firstByte = (fin ? FIN : 0) | (rsv << 4) | opcode;
  const length = typeof payload === 'string' ? utf8Length(payload) : payload.length;
  const bytes = allocate(frameHeaderLength(length, role.masksOutgoing) + length);
  if (!role.masksOutgoing) {
    writePayload(bytes, payload, writeFrameHeader(bytes, 0, firstByte, length));
    return bytes;
  }
  const maskingKey = nextMaskingKey();
  const start = writeMaskedFrameHeader(bytes, 0, firstByte, length, maskingKey);
  writePayload(bytes, payload, start);
  maskInPlace(bytes, maskingKey, start);
  return bytes;
}

/**
 * A message in frames of at most `fragmentLength` bytes of payload each; at least one frame. Text is
 * cut anywhere, inside characters too, as §5.6 allows.
 *
 * @param role the role of the sending end
 * @throws TypeError if an argument is of another type; RangeError if `fragmentLength` is not a positive
 *   integer, or the opcode not that of a message
 */
export function encodeFragments(
  role: Role,
  message: OutgoingMessage,
  fragmentLength: number,
  nextMaskingKey: MaskingKeySource = sharedMaskingKeys,
): Uint8Array[] {
  checkRole(role);
  checkMessage(message);
  if (!Number.isInteger(fragmentLength) || fragmentLength < 1) {
    throw new RangeError('fragmentLength must be a positive integer');
  }
  const bytes = bytesOf(message.payload);
  const frames: Uint8Array[] = [];
  for (let start = 0; start === 0 || start < bytes.length; start += fragmentLength) {
    const fragment = {
      fin: start + fragmentLength >= bytes.length,
      rsv: start === 0 ? (message.rsv ?? 0) : 0,
      opcode: start === 0 ? message.opcode : OPCODE.CONTINUATION,
      payload: bytes.subarray(start, start + fragmentLength),
    };
    frames.push(layOut(role, fragment, nextMaskingKey));
  }
  return frames;
}

function bytesOf(payload: Uint8Array | string): Uint8Array {
  if (typeof payload !== 'string') return payload;
  const bytes = allocate(utf8Length(payload));
  writeUtf8(bytes, payload, 0);
  return bytes;
}

function writePayload(target: Uint8Array, payload: Uint8Array | string, offset: number): void {
  if (typeof payload === 'string') writeUtf8(target, payload, offset);
  else target.set(payload, offset);
}

function writeInt32(target: Uint8Array, offset: number, value: number): void {
  target[offset] = value >>> 24;
  target[offset + 1] = value >>> 16;
  target[offset + 2] = value >>> 8;
  target[offset + 3] = value;
}
