import { Blob as NodeBlob, Buffer as NodeBuffer } from 'node:buffer';
import { describe } from '@ws/common';
import { warnOnce } from '../support/warnings';

/** What the bytes of a binary message are, for each `binaryType`. */
export interface BinaryForms {
  readonly nodebuffer: Buffer;
  readonly arraybuffer: ArrayBuffer;
  readonly blob: Blob;
  readonly uint8array: Uint8Array;
}

/** How binary messages are handed over. */
export type BinaryType = keyof BinaryForms;

/** The bytes of a binary message in any of these forms. */
export type BinaryData = BinaryForms[BinaryType];

const CONVERSIONS: Readonly<Record<BinaryType, (data: Uint8Array) => BinaryData>> = {
  nodebuffer: (data) =>
    data instanceof NodeBuffer
      ? data
      : NodeBuffer.from(data.buffer, data.byteOffset, data.byteLength),
  arraybuffer: (data) =>
    data.byteLength === data.buffer.byteLength
      ? (data.buffer as ArrayBuffer)
      : (data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength) as ArrayBuffer),
  blob: (data) => new NodeBlob([data]),
  uint8array: (data) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
};

/** Warns of a value that is ignored. */
export function warnOfBinaryType(value: unknown): void {
  const names = Object.keys(CONVERSIONS).map((name) => `'${name}'`);
  const choice = `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
  const text = `binaryType ${describe(value)} is ignored: it can be ${choice}`;
  warnOnce(text, 'WS_WARN_BINARY_TYPE');
}

/** "On setting, an unknown value is ignored", as for every enumeration attribute (Web IDL §3.2.18). */
export function isBinaryType(value: unknown): value is BinaryType {
  return typeof value === 'string' && Object.hasOwn(CONVERSIONS, value);
}

/** Converts what was received; copies nothing but for `blob` and a partial `arraybuffer`. */
export function receivedBinary(data: Uint8Array, type: BinaryType): BinaryData {
  return CONVERSIONS[type](data);
}
