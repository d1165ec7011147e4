import { checkMethods } from './checks';
import type { ViolationCode } from './violations';

/**
 * What a MessageDecoder and a HixieDecoder tell. Everything is called synchronously, from inside
 * `push()` or `resume()`, in the order in which it was received.
 */
export interface MessageSink {
  /** @param byteLength of the text as it came, as UTF-8 */
  onText(text: string, byteLength: number): void;
  /**
   * In place of `onText`, of a decoder with `textAsBytes`: UTF-8 that was found valid. As `onBinary`.
   */
  onTextBytes?(data: Uint8Array): void;
  /** A binary message; the receiver's to keep. A Buffer where there are Buffers. */
  onBinary(data: Uint8Array): void;
  /**
   * A message whose first frame carried RSV bits that were allowed (`rsv` is RSV1 · 4 + RSV2 · 2 +
   * RSV3), or any message of a decoder that was told to reserve them all. Its payload is unmasked and
   * whole; text has not been checked. The receiver's to keep.
   */
  onReserved(opcode: number, rsv: number, data: Uint8Array): void;
  /** `data` is valid during the call only: a receiver that keeps it copies it. */
  onPing(data: Uint8Array): void;
  /** `data` is valid during the call only: a receiver that keeps it copies it. */
  onPong(data: Uint8Array): void;
  /** The peer closes; 1005 if it gave no code. The decoder ignores whatever comes after this. */
  onClose(code: number, reason: string): void;
  /** The peer broke a rule. The decoder ignores whatever comes after this. */
  onViolation(violation: ViolationCode): void;
}

const METHODS = [
  'onText',
  'onBinary',
  'onReserved',
  'onPing',
  'onPong',
  'onClose',
  'onViolation',
] as const satisfies (keyof MessageSink)[];

/** @throws TypeError if a method is missing */
export function checkMessageSink(sink: MessageSink, textAsBytes = false): MessageSink {
  return checkMethods('sink', sink, textAsBytes ? [...METHODS, 'onTextBytes'] : METHODS);
}
