/**
 * The wire of hybi-07, hybi-08 and RFC 6455: their frames are the same.
 */
import { isAscii } from 'node:buffer';
import * as frameParser from '@ws/frame-parser';
import { encodeClosePayload, MessageDecoder } from '@ws/frame-parser';
import type { MaskingKeySource, MessageSink } from '@ws/frame-parser';
import type { ProtocolVersion } from '@ws/handshake';
import { LARGEST_CLAIM, LARGEST_HEADER, type Outbox } from './outbox';
import type { Role } from './role';
import type { DecoderOptions, Wire } from './wire';

// What a package's index exports is looked up by a getter at every use: too dear for every message.
const { FIN, frameHeaderLength, maskInPlace, OPCODE, writeFrameHeader, writeMaskedFrameHeader } =
  frameParser;

/** Where the RSV bits are in a header's first byte. */
const RSV_SHIFT = 4;
/** A UTF-16 code unit takes at most three bytes of UTF-8. */
const UTF8_EXPANSION = 3;

export class HybiWire implements Wire {
  readonly version: ProtocolVersion;
  readonly role: Role;
  private readonly nextMaskingKey: MaskingKeySource;

  constructor(version: ProtocolVersion, role: Role, nextMaskingKey: MaskingKeySource) {
    this.version = version;
    this.role = role;
    this.nextMaskingKey = nextMaskingKey;
  }

  get hasBinary(): boolean {
    return true;
  }

  get hasFragments(): boolean {
    return true;
  }

  get hasPing(): boolean {
    return true;
  }

  get hasClosingFrame(): boolean {
    return true;
  }

  get hasCloseStatus(): boolean {
    return true;
  }

  decoder(sink: MessageSink, options: DecoderOptions): MessageDecoder {
    return new MessageDecoder(this.role, sink, options);
  }

  appendText(outbox: Outbox, text: string): number {
    const most = LARGEST_HEADER + text.length * UTF8_EXPANSION;
    if (most > LARGEST_CLAIM) return this.appendLongText(outbox, text);
    const { role } = this;
    const offset = outbox.claim(most, text.length);
    const { memory } = outbox;
    // Where it will lie if it is ASCII; it is moved when its header turns out longer.
    const guess = offset + frameHeaderLength(text.length, role.masksOutgoing);
    const payloadLength = memory.write(text, guess, 'utf8');
    const start = this.writeHeader(memory, offset, FIN | OPCODE.TEXT, payloadLength, guess);
    outbox.commit(start + payloadLength);
    return payloadLength;
  }

  appendTextBytes(outbox: Outbox, data: Uint8Array): void {
    this.appendFrame(outbox, OPCODE.TEXT, 0, data, true);
  }

  appendBinary(outbox: Outbox, data: Uint8Array): void {
    this.appendFrame(outbox, OPCODE.BINARY, 0, data, true);
  }

  appendFrame(
    outbox: Outbox,
    opcode: number,
    rsv: number,
    data: Uint8Array,
    isLast: boolean,
  ): void {
    const bits = (isLast ? FIN : 0) | (rsv << RSV_SHIFT) | opcode;
    if (outbox.takesCopy(data.length)) this.appendCopied(outbox, bits, data);
    else this.appendOwned(outbox, bits, this.role.masksOutgoing ? Buffer.from(data) : data);
  }

  appendPing(outbox: Outbox, data: Uint8Array): void {
    this.appendCopied(outbox, FIN | OPCODE.PING, data);
  }

  appendPong(outbox: Outbox, data: Uint8Array): void {
    this.appendCopied(outbox, FIN | OPCODE.PONG, data);
  }

  appendClose(outbox: Outbox, code: number, reason: string): void {
    const payload = code === 1005 ? encodeClosePayload() : encodeClosePayload(code, reason);
    this.appendCopied(outbox, FIN | OPCODE.CLOSE, payload);
  }

  private appendLongText(outbox: Outbox, text: string): number {
    const data = encodeLong(text);
    this.appendOwned(outbox, FIN | OPCODE.TEXT, data);
    return data.byteLength;
  }

  /** Writes the header of a payload that already lies at `payloadAt`; returns where it lies now. */
  private writeHeader(
    memory: Buffer,
    offset: number,
    bits: number,
    payloadLength: number,
    payloadAt: number,
  ): number {
    const masked = this.role.masksOutgoing;
    const start = offset + frameHeaderLength(payloadLength, masked);
    if (start !== payloadAt) memory.copyWithin(start, payloadAt, payloadAt + payloadLength);
    if (masked) {
      const key = this.nextMaskingKey();
      writeMaskedFrameHeader(memory, offset, bits, payloadLength, key);
      maskInPlace(memory, key, start, start + payloadLength);
    } else {
      writeFrameHeader(memory, offset, bits, payloadLength);
    }
    return start;
  }

  private appendCopied(outbox: Outbox, bits: number, data: Uint8Array): void {
    const { length } = data;
    const offset = outbox.claim(LARGEST_HEADER + length);
    const { memory } = outbox;
    const start = offset + frameHeaderLength(length, this.role.masksOutgoing);
    memory.set(data, start);
    this.writeHeader(memory, offset, bits, length, start);
    outbox.commit(start + length);
  }

  /** Appends a payload by reference; a client masks it where it lies, so it must be its own. */
  private appendOwned(outbox: Outbox, bits: number, data: Uint8Array): void {
    const { length } = data;
    const offset = outbox.claim(LARGEST_HEADER);
    const end = this.role.masksOutgoing
      ? this.maskUnder(outbox.memory, offset, bits, data)
      : writeFrameHeader(outbox.memory, offset, bits, length);
    outbox.commit(end);
    outbox.appendByReference(data, end - offset);
  }

  private maskUnder(memory: Buffer, offset: number, bits: number, data: Uint8Array): number {
    const key = this.nextMaskingKey();
    maskInPlace(data, key);
    return writeMaskedFrameHeader(memory, offset, bits, data.length, key);
  }
}

/** As most long texts are ASCII, and cannot be asked: by one pass over it, where `Buffer.from()` first counts the bytes. */
function encodeLong(text: string): Buffer {
  const data = Buffer.allocUnsafeSlow(text.length);
  return data.write(text) === text.length && isAscii(data) ? data : Buffer.from(text);
}
