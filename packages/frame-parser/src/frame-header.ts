/**
 * A frame's header: reading it, and ruling on it. Two functions, since what the bits say and
 * whether they may say it are two questions (RFC 6455 §5.2).
 */
import { OPCODE } from './opcode';
import type { Role } from './role';
import type { ViolationCode } from './violations';

export interface FrameHeader {
  fin: boolean;
  /** RSV1 · 4 + RSV2 · 2 + RSV3. */
  rsv: number;
  opcode: number;
  masked: boolean;
  /** 32 bits, signed; the most significant byte masks payload byte 0. 0 when not masked. */
  maskingKey: number;
  /** In bytes. Over 2^53 - 1 it is not exact, but still over. */
  payloadLength: number;
  /** The bytes that the header itself took on the wire: 2 to 14. */
  headerLength: number;
}

/** What a ruling depends on besides the header. */
export interface FrameContext {
  /** The role of the end that received the frame. */
  readonly role: Role;
  /** The RSV bits (as in `FrameHeader.rsv`) that an extension has given a meaning. */
  readonly allowedRsv: number;
  /** A fragmented message is under way. */
  readonly messageOpen: boolean;
}

/** The longest header: 2 bytes, a 64-bit length, a masking key. */
export const MAX_HEADER_LENGTH = 14;

const SHORT_HEADER = 2;
const KEY_LENGTH = 4;

export function createFrameHeader(): FrameHeader {
  return {
    fin: false,
    rsv: 0,
    opcode: 0,
    masked: false,
    maskingKey: 0,
    payloadLength: 0,
    headerLength: 0,
  };
}

/**
 * Reads the header at `start` into `header`.
 *
 * @returns false, and `header` in any state, if it does not end before `end`
 */
export function readFrameHeader(
  bytes: Uint8Array,
  start: number,
  end: number,
  header: FrameHeader,
): boolean {
  if (end - start < SHORT_HEADER) return false;
  const first = bytes[start];
  const second = bytes[start + 1];
  const masked = second >= 0x80;
  const lengthField = second & 0x7f;
  const extension = lengthField < 126 ? 0 : lengthField === 126 ? 2 : 8;
  const headerLength = SHORT_HEADER + extension + (masked ? KEY_LENGTH : 0);
  if (end - start < headerLength) return false;
  header.fin = first >= 0x80;
  header.rsv = (first >>> 4) & 7;
  header.opcode = first & 15;
  header.masked = masked;
  header.maskingKey = masked ? readInt32(bytes, start + headerLength - KEY_LENGTH) : 0;
  header.payloadLength =
    extension === 0 ? lengthField : readLength(bytes, start + SHORT_HEADER, extension);
  header.headerLength = headerLength;
  return true;
}

/**
 * The rule of RFC 6455 that a frame breaks by its header alone, `null` if none. Limits are not
 * rules of the protocol and are not judged here.
 */
export function judgeHeader(
  header: Readonly<FrameHeader>,
  context: FrameContext,
): ViolationCode | null {
  // "A server MUST close the connection upon receiving a frame that is not masked. […] A client
  // MUST close a connection if it detects a masked frame." §5.1
  if (header.masked !== context.role.expectsMasked) {
    return header.masked ? 'MASK_UNEXPECTED' : 'MASK_MISSING';
  }
  return (
    judgeRsv(header, context.allowedRsv) ?? judgeOpcode(header, context) ?? judgeLength(header)
  );
}

function judgeRsv(
  { rsv, opcode }: Readonly<FrameHeader>,
  allowedRsv: number,
): ViolationCode | null {
  if (rsv === 0) return null;
  // "MUST be 0 unless an extension is negotiated that defines meanings for non-zero values." §5.2
  // Every extension so far marks messages, and does it on their first frame only.
  const allowed = opcode === OPCODE.TEXT || opcode === OPCODE.BINARY ? allowedRsv : 0;
  const refused = rsv & ~allowed;
  if (refused === 0) return null;
  return (refused & 3) !== 0 ? 'RSV_2_3_UNEXPECTED' : 'RSV_UNEXPECTED';
}

function judgeOpcode(header: Readonly<FrameHeader>, context: FrameContext): ViolationCode | null {
  switch (header.opcode) {
    // "An endpoint MUST be capable of handling control frames in the middle of a fragmented
    // message"; data frames there can only continue it. §5.4
    case OPCODE.CONTINUATION:
      return context.messageOpen ? null : 'CONTINUATION_UNEXPECTED';
    case OPCODE.TEXT:
    case OPCODE.BINARY:
      return context.messageOpen ? 'CONTINUATION_EXPECTED' : null;
    case OPCODE.CLOSE:
    case OPCODE.PING:
    case OPCODE.PONG:
      // "All control frames MUST have a payload length of 125 bytes or less and MUST NOT be
      // fragmented." §5.5
      if (!header.fin) return 'CONTROL_FRAGMENTED';
      return header.payloadLength > 125 ? 'CONTROL_TOO_LONG' : null;
    // "If an unknown opcode is received, the receiving endpoint MUST _Fail the WebSocket
    // Connection_." §5.2
    default:
      return 'OPCODE_RESERVED';
  }
}

function judgeLength({
  headerLength,
  payloadLength,
  masked,
}: Readonly<FrameHeader>): ViolationCode | null {
  const extension = headerLength - SHORT_HEADER - (masked ? KEY_LENGTH : 0);
  if (extension === 0) return null;
  // "The most significant bit MUST be 0" §5.2; and from 2^53 on, JavaScript cannot count bytes.
  if (payloadLength > Number.MAX_SAFE_INTEGER) return 'LENGTH_TOO_LARGE';
  // "In all cases, the minimal number of bytes MUST be used to encode the length" §5.2
  return payloadLength < (extension === 2 ? 126 : 0x1_0000) ? 'LENGTH_NOT_MINIMAL' : null;
}

function readLength(bytes: Uint8Array, offset: number, width: number): number {
  if (width === 2) return (bytes[offset] << 8) | bytes[offset + 1];
  const high = readInt32(bytes, offset) >>> 0;
  return high * 0x1_0000_0000 + (readInt32(bytes, offset + 4) >>> 0);
}

export function readInt32(bytes: Uint8Array, offset: number): number {
  return (
    (bytes[offset] << 24) | (bytes[offset + 1] << 16) | (bytes[offset + 2] << 8) | bytes[offset + 3]
  );
}
