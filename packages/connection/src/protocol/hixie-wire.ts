/**
 * The wires of hixie-75 and hixie-76: text only, no ping, no close code. Draft 76 closes by a
 * frame, draft 75 by ending the stream.
 */
import { encodeHixieText, HIXIE_CLOSING_FRAME, HixieDecoder } from '@ws/frame-parser';
import type { MessageSink } from '@ws/frame-parser';
import type { Outbox } from './outbox';
import type { Role } from './role';
import type { DecoderOptions, Wire } from './wire';

export class HixieWire implements Wire {
  readonly version: 'hixie-75' | 'hixie-76';
  readonly role: Role;

  constructor(version: 'hixie-75' | 'hixie-76', role: Role) {
    this.version = version;
    this.role = role;
  }

  get hasBinary(): boolean {
    return false;
  }

  get hasFragments(): boolean {
    return false;
  }

  get hasPing(): boolean {
    return false;
  }

  get hasClosingFrame(): boolean {
    return this.version === 'hixie-76';
  }

  get hasCloseStatus(): boolean {
    return false;
  }

  decoder(sink: MessageSink, options: DecoderOptions): HixieDecoder {
    const { maxLength, textAsBytes, meter } = options;
    const closingFrame = this.hasClosingFrame;
    return new HixieDecoder(sink, { maxLength, closingFrame, textAsBytes, meter });
  }

  appendText(outbox: Outbox, text: string): number {
    const framed = encodeHixieText(text);
    outbox.appendByReference(framed);
    return framed.byteLength - 2;
  }

  appendTextBytes(outbox: Outbox, data: Uint8Array): void {
    this.appendText(outbox, Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString());
  }

  appendBinary(): void {
    throw new Error(`bug: binary message over ${this.version}`);
  }

  appendFrame(): void {
    throw new Error(`bug: frame of RFC 6455 over ${this.version}`);
  }

  appendPing(): void {
    throw new Error(`bug: ping over ${this.version}`);
  }

  appendPong(): void {
    throw new Error(`bug: pong over ${this.version}`);
  }

  appendClose(outbox: Outbox): void {
    if (this.hasClosingFrame) outbox.appendByReference(HIXIE_CLOSING_FRAME);
  }
}
