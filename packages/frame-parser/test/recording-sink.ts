/** A sink that writes down what it is told, as values that compare. */
import type { MessageSink } from '../src/message-sink';
import { VIOLATIONS, type ViolationCode } from '../src/violations';

export type Told =
  | ['text', string]
  | ['binary', string]
  | ['reserved', number, number, string]
  | ['ping' | 'pong', string]
  | ['close', number, string]
  | ['violation', ViolationCode];

export class RecordingSink implements MessageSink {
  readonly told: Told[] = [];

  onText(text: string): void {
    this.told.push(['text', text]);
  }
  onBinary(data: Uint8Array): void {
    this.told.push(['binary', toHex(data)]);
  }
  onReserved(opcode: number, rsv: number, data: Uint8Array): void {
    this.told.push(['reserved', opcode, rsv, toHex(data)]);
  }
  onPing(data: Uint8Array): void {
    this.told.push(['ping', toHex(data)]);
  }
  onPong(data: Uint8Array): void {
    this.told.push(['pong', toHex(data)]);
  }
  onClose(code: number, reason: string): void {
    this.told.push(['close', code, reason]);
  }
  onViolation(violation: ViolationCode): void {
    if (!(violation in VIOLATIONS)) throw new Error(`bug: ${violation} is not documented`);
    this.told.push(['violation', violation]);
  }
}

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
