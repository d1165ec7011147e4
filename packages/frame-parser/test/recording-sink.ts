/** A sink that writes down what it is told, as values that compare. */
import type { MessageSink } from '../src/message-sink';
import type { PartSink } from '../src/part-sink';
import { VIOLATIONS, type ViolationCode } from '../src/violations';

export type Told =
  | ['text', string]
  | ['text bytes' | 'binary', string]
  | ['text part' | 'binary part', string, 'last'?]
  | ['reserved part', number, number, string, 'last'?]
  | ['reserved', number, number, string]
  | ['ping' | 'pong', string]
  | ['close', number, string]
  | ['violation', ViolationCode];

export class RecordingSink implements MessageSink, PartSink {
  readonly told: Told[] = [];
  /** Called when something has been told. */
  whenTold: () => void = () => {};

  onText(text: string): void {
    this.#tell(['text', text]);
  }
  onBinary(data: Uint8Array): void {
    this.#tell(['binary', toHex(data)]);
  }
  onReserved(opcode: number, rsv: number, data: Uint8Array): void {
    this.#tell(['reserved', opcode, rsv, toHex(data)]);
  }
  onTextBytes(data: Uint8Array): void {
    this.#tell(['text bytes', toHex(data)]);
  }
  onTextPart(text: string, isLast: boolean): void {
    this.#tell(['text part', text, ...ifLast(isLast)]);
  }
  onBinaryPart(data: Uint8Array, isLast: boolean): void {
    this.#tell(['binary part', toHex(data), ...ifLast(isLast)]);
  }
  onReservedPart(opcode: number, rsv: number, data: Uint8Array, isLast: boolean): void {
    this.#tell(['reserved part', opcode, rsv, toHex(data), ...ifLast(isLast)]);
  }
  onPing(data: Uint8Array): void {
    this.#tell(['ping', toHex(data)]);
  }
  onPong(data: Uint8Array): void {
    this.#tell(['pong', toHex(data)]);
  }
  onClose(code: number, reason: string): void {
    this.#tell(['close', code, reason]);
  }
  onViolation(violation: ViolationCode): void {
    if (!(violation in VIOLATIONS)) throw new Error(`bug: ${violation} is not documented`);
    this.#tell(['violation', violation]);
  }

  #tell(told: Told): void {
    this.told.push(told);
    this.whenTold();
  }
}

function ifLast(isLast: boolean): ['last'?] {
  return isLast ? ['last'] : [];
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** In plain JavaScript: the vectors run in pages, too. */
export function toHex(bytes: Uint8Array): string {
  let digits = '';
  for (const byte of bytes) digits += HEX[byte];
  return digits;
}
