/** Frames for tests of what a peer may do: with any bits, any opcode, any payload. */
import {
  FIN,
  frameHeaderLength,
  maskInPlace,
  writeFrameHeader,
  writeMaskedFrameHeader,
  type OutgoingFrame,
  type Role,
} from '../src';

const KEY = 0x37fa213d;

/** As `encodeFrame`, and what no endpoint may send is made, too. */
export function encodeAnyFrame(role: Role, frame: OutgoingFrame): Uint8Array {
  const { fin = true, rsv = 0, opcode } = frame;
  const firstByte = (fin ? FIN : 0) | (rsv << 4) | opcode;
  const payload = Buffer.from(frame.payload);
  const start = frameHeaderLength(payload.length, role.masksOutgoing);
  const bytes = Buffer.alloc(start + payload.length);
  bytes.set(payload, start);
  if (!role.masksOutgoing) {
    writeFrameHeader(bytes, 0, firstByte, payload.length);
    return bytes;
  }
  writeMaskedFrameHeader(bytes, 0, firstByte, payload.length, KEY);
  maskInPlace(bytes, KEY, start);
  return bytes;
}
