import { checkMethods } from './checks';

/**
 * What a MessageDecoder tells of messages that it delivers in parts, as they arrive: nothing of them
 * is kept. Called like the methods of `MessageSink`, and in order with them; what begins with one of
 * these goes on with the same one, up to the last part. A part that is last may be empty, no other is.
 */
export interface PartSink {
  /** Text, valid up to here, and cut between two code points. */
  onTextPart(text: string, isLast: boolean): void;
  /** The receiver's to keep; a Buffer where there are Buffers. */
  onBinaryPart(data: Uint8Array, isLast: boolean): void;
  /** Of a message for extensions (see `MessageSink.onReserved`). The receiver's to keep. */
  onReservedPart(opcode: number, rsv: number, data: Uint8Array, isLast: boolean): void;
}

/** @throws TypeError if a method is missing */
export function checkPartSink(sink: PartSink): PartSink {
  return checkMethods('sink', sink, ['onTextPart', 'onBinaryPart', 'onReservedPart']);
}
