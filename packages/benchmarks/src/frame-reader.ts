/**
 * Takes what is received apart into frames, wherever the network has cut it.
 *
 * What is under measurement sends each message in a single frame: anything else is thrown.
 */
const LONGEST_HEADER = 14;
const MASK_LENGTH = 4;

const FIN = 0x80;
const MASK = 0x80;
const CLOSE = 8;

/** A frame that is whole; `payload` is the caller's. */
export interface Frame {
  /** FIN, the reserved bits, and the opcode. */
  readonly firstByte: number;
  readonly payload: Buffer;
}

/** Counts frames, and looks at nothing but their headers. */
export class FrameCounter {
  readonly #header = Buffer.alloc(LONGEST_HEADER);
  #headerRead = 0;
  #payloadLeft = 0;

  /** The number of frames that end in `bytes`. @throws {Error} when one is not a whole message. */
  count(bytes: Uint8Array): number {
    let frames = 0;
    let at = 0;
    while (at < bytes.length) {
      if (this.#payloadLeft === 0) {
        this.#header[this.#headerRead++] = bytes[at++]!;
        if (this.#headerRead < headerLength(this.#header, this.#headerRead)) continue;
        this.#payloadLeft = payloadLength(this.#header);
        this.#headerRead = 0;
        if (!isMessage(this.#header[0]!)) throw new Error(`unexpected ${nameOf(this.#header)}`);
      }
      const taken = Math.min(this.#payloadLeft, bytes.length - at);
      this.#payloadLeft -= taken;
      at += taken;
      if (this.#payloadLeft === 0) frames += 1;
    }
    return frames;
  }
}

/** The frame at the beginning of `bytes`, if all of it is there. */
export function readFrame(bytes: Buffer): Frame | undefined {
  const start = headerLength(bytes, bytes.length);
  if (bytes.length < start) return undefined;
  const end = start + payloadLength(bytes);
  if (bytes.length < end) return undefined;
  const payload = Buffer.from(bytes.subarray(start, end));
  if (isMasked(bytes)) unmask(payload, bytes.subarray(start - MASK_LENGTH, start));
  return { firstByte: bytes[0]!, payload };
}

/** The code in a Close frame: 1005 when there is none (RFC 6455 §7.1.5); undefined for others. */
export function closeCodeOf({ firstByte, payload }: Frame): number | undefined {
  if ((firstByte & 0x0f) !== CLOSE) return undefined;
  return payload.length < 2 ? 1005 : payload.readUInt16BE();
}

/** What is known of the header's length once `read` bytes of it are there. */
function headerLength(header: Uint8Array, read: number): number {
  if (read < 2) return 2;
  const length = header[1]! & ~MASK;
  const mask = isMasked(header) ? MASK_LENGTH : 0;
  if (length < 126) return 2 + mask;
  return (length === 126 ? 4 : 10) + mask;
}

function isMasked(header: Uint8Array): boolean {
  return (header[1]! & MASK) !== 0;
}

function unmask(payload: Buffer, key: Uint8Array): void {
  for (let i = 0; i < payload.length; i++) payload[i]! ^= key[i & 3]!;
}

function payloadLength(header: Buffer): number {
  const length = header[1]! & ~MASK;
  if (length < 126) return length;
  return length === 126 ? header.readUInt16BE(2) : Number(header.readBigUInt64BE(2));
}

function isMessage(firstByte: number): boolean {
  const opcode = firstByte & 0x0f;
  return (firstByte & FIN) !== 0 && (opcode === 1 || opcode === 2);
}

function nameOf(header: Uint8Array): string {
  return `frame that begins with 0x${header[0]!.toString(16)}`;
}
