/** Frames written and read by hand, so that the tests do not believe the code that they test. */

export interface Frame {
  readonly fin: boolean;
  readonly rsv: number;
  readonly opcode: number;
  readonly payload: Buffer;
}

export const TEXT = 1;
export const BINARY = 2;
export const CLOSE = 8;
export const PING = 9;
export const PONG = 10;

const KEY = Buffer.from([0x37, 0xfa, 0x21, 0x3d]);

export interface FrameShape {
  readonly fin?: boolean;
  /** The three bits as a number, RSV1 being 4. */
  readonly rsv?: number;
  readonly masked?: boolean;
  /** The length to announce, when it is not the payload's. */
  readonly announced?: number;
}

/** A frame as a client sends it: masked, unless `shape` says otherwise. */
export function frame(
  opcode: number,
  payload: string | Uint8Array = '',
  { fin = true, rsv = 0, masked = true, announced }: FrameShape = {},
): Buffer {
  const data = Buffer.from(payload as string);
  const first = (fin ? 0x80 : 0) | (rsv << 4) | opcode;
  const length = lengthField(announced ?? data.length);
  length[0] |= masked ? 0x80 : 0;
  const body = masked ? [KEY, data.map((byte, at) => byte ^ KEY[at % 4])] : [data];
  return Buffer.concat([Buffer.of(first), length, ...body]);
}

/** A closing frame as a client sends it. */
export function closeFrame(code?: number, reason = ''): Buffer {
  return frame(CLOSE, code === undefined ? '' : closePayload(code, reason));
}

export function closePayload(code: number, reason = ''): Buffer {
  return Buffer.concat([Buffer.of(code >>> 8, code & 0xff), Buffer.from(reason)]);
}

/** The unmasked frame that `bytes` begin with, null when it is not complete. */
export function frameAt(bytes: Buffer): { frame: Frame; length: number } | null {
  if (bytes.length < 2) return null;
  const short = bytes[1] & 0x7f;
  const start = short < 126 ? 2 : short === 126 ? 4 : 10;
  if (bytes.length < start) return null;
  const size = short < 126 ? short : bytes.readUIntBE(start === 4 ? 2 : 4, start === 4 ? 2 : 6);
  const end = start + size;
  if (bytes.length < end) return null;
  const [first] = bytes;
  return {
    frame: {
      fin: first >= 0x80,
      rsv: (first >> 4) & 7,
      opcode: first & 15,
      payload: Buffer.from(bytes.subarray(start, end)),
    },
    length: end,
  };
}

function lengthField(length: number): Buffer {
  if (length < 126) return Buffer.of(length);
  const field = Buffer.alloc(length < 65536 ? 3 : 9);
  field[0] = length < 65536 ? 126 : 127;
  if (length < 65536) field.writeUInt16BE(length, 1);
  else field.writeUIntBE(length, 3, 6);
  return field;
}
