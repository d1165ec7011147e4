import { Blob as NodeBlob, Buffer as NodeBuffer } from 'node:buffer';

/** How binary messages are handed over. */
export type BinaryType = 'nodebuffer' | 'arraybuffer' | 'blob' | 'uint8array';

/** The bytes of a binary message in each of the forms that `binaryType` asks for. */
export type BinaryData = Buffer | ArrayBuffer | Blob | Uint8Array;

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

/** "On setting, an unknown value is ignored", as for every enumeration attribute (Web IDL §3.2.18). */
export function isBinaryType(value: unknown): value is BinaryType {
  return typeof value === 'string' && Object.hasOwn(CONVERSIONS, value);
}

/** Converts what was received; copies nothing but for `blob` and a partial `arraybuffer`. */
export function receivedBinary(data: Uint8Array, type: BinaryType): BinaryData {
  return CONVERSIONS[type](data);
}
