/**
 * The frames of RFC 6455 §5, written and read by the suite itself. It shares nothing with the
 * endpoints under test: a mistake made in both could not be seen. Writing obeys, whatever it is told
 * to send; reading is strict, and says what is wrong with a frame.
 */
import { randomBytes } from 'node:crypto';
import type { FrameSpec } from '../model/case';
import { OctetQueue } from './octet-queue';
import type { ReceivedFrame, Wire } from './wire';

export interface HybiSettings {
  /** Whether the suite is the client: it masks, and its peer must not (§5.1). */
  readonly masks: boolean;
  /** RSV bits that an extension has given a meaning. */
  readonly allowedRsv: number;
}

interface Header {
  readonly fin: boolean;
  readonly rsv: number;
  readonly opcode: number;
  readonly masked: boolean;
  readonly lengthBits: 7 | 16 | 64;
  readonly length: number;
  /** Octets up to the masking key. */
  readonly size: number;
}

/** More than any case asks for: what is announced beyond it is a fault, not a reason to wait. */
const LONGEST = 2 ** 31;

export class HybiWire implements Wire {
  readonly closesByEnding: boolean = false;
  readonly #settings: HybiSettings;
  readonly #queue = new OctetQueue();
  #lost = false;

  constructor(settings: HybiSettings) {
    this.#settings = settings;
  }

  encode(frame: FrameSpec): Buffer {
    return encodeFrame(frame, this.#settings.masks ? randomBytes(4) : undefined);
  }

  read(chunk: Buffer): ReceivedFrame[] {
    this.#queue.push(chunk);
    const frames: ReceivedFrame[] = [];
    for (let frame = this.#next(); frame !== undefined; frame = this.#next()) frames.push(frame);
    return frames;
  }

  #next(): ReceivedFrame | undefined {
    if (this.#lost) return undefined;
    const header = this.#header();
    if (header === undefined) return undefined;
    const { fin, rsv, opcode, length, masked, size } = header;
    const fault = this.#faultOf(header);
    if (length > LONGEST) {
      this.#lost = true;
      return { fin, rsv, opcode, payload: Buffer.alloc(0), fault };
    }
    const keyed = masked ? size + 4 : size;
    if (this.#queue.length < keyed + length) return undefined;
    const head = this.#queue.take(keyed)!;
    const payload = this.#queue.take(length)!;
    if (masked) xor(payload, head.subarray(size));
    return { fin, rsv, opcode, payload, fault };
  }

  #header(): Header | undefined {
    const start = this.#queue.peek(2);
    if (start === undefined) return undefined;
    const [first, second] = [start[0]!, start[1]!];
    const lengthBits = lengthField(second & 0x7f);
    const size = lengthBits === 7 ? 2 : 2 + lengthBits / 8;
    const head = this.#queue.peek(size);
    if (head === undefined) return undefined;
    return {
      fin: (first & 0x80) !== 0,
      rsv: (first >> 4) & 7,
      opcode: first & 0x0f,
      masked: (second & 0x80) !== 0,
      lengthBits,
      length: readLength(head, lengthBits),
      size,
    };
  }

  #faultOf({ fin, rsv, opcode, masked, lengthBits, length }: Header): string | undefined {
    const { masks, allowedRsv } = this.#settings;
    // "A client MUST mask all frames that it sends to the server. … A server MUST NOT mask" §5.1
    if (masked === masks)
      return masked ? 'a server masked a frame' : 'a client did not mask a frame';
    // "MUST be 0 unless an extension is negotiated that defines meanings for non-zero values." §5.2
    if ((rsv & ~allowedRsv) !== 0) return `a frame has reserved bits: ${rsv}`;
    if ((opcode & 7) > 2) return `a frame has the reserved opcode ${opcode}`;
    // "the minimal number of bytes MUST be used to encode the length" §5.2
    if (lengthBits > 7 && length < (lengthBits === 16 ? 126 : 65_536))
      return 'a length is not minimal';
    if (length > LONGEST) return `a frame announces ${length} octets`;
    if (opcode < 8) return undefined;
    // "All control frames MUST have a payload length of 125 bytes or less and MUST NOT be fragmented." §5.5
    if (!fin) return 'a control frame is fragmented';
    if (length > 125) return 'a control frame is longer than 125 octets';
    return rsv === 0 ? undefined : 'a control frame has reserved bits';
  }
}

/** The octets of a frame, masked if there is a key. `frame.payload` is not changed. */
export function encodeFrame(frame: FrameSpec, key?: Buffer): Buffer {
  const { payload } = frame;
  const header = encodeHeader(frame, key);
  const encoded = Buffer.concat([header, payload]);
  if (key !== undefined) xor(encoded.subarray(header.length), key);
  return encoded;
}

function encodeHeader({ opcode, fin, rsv, payload }: FrameSpec, key?: Buffer): Buffer {
  const first = (fin ? 0x80 : 0) | (rsv << 4) | opcode;
  const mask = key === undefined ? 0 : 0x80;
  const { length } = payload;
  const head =
    length < 126
      ? Buffer.from([first, mask | length])
      : length < 65_536
        ? Buffer.from([first, mask | 126, length >> 8, length & 0xff])
        : longHeader(first, mask | 127, length);
  return key === undefined ? head : Buffer.concat([head, key]);
}

function longHeader(first: number, second: number, length: number): Buffer {
  const head = Buffer.alloc(10);
  head[0] = first;
  head[1] = second;
  head.writeBigUInt64BE(BigInt(length), 2);
  return head;
}

function lengthField(code: number): 7 | 16 | 64 {
  if (code < 126) return 7;
  return code === 126 ? 16 : 64;
}

function readLength(head: Buffer, bits: 7 | 16 | 64): number {
  if (bits === 7) return head[1]! & 0x7f;
  return bits === 16 ? head.readUInt16BE(2) : Number(head.readBigUInt64BE(2));
}

/** XORs octets with a masking key where they lie (§5.3). */
function xor(octets: Buffer, key: Buffer): void {
  for (let i = 0; i < octets.length; i++) octets[i]! ^= key[i & 3]!;
}
