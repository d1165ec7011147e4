import { describe } from '@ws/common';

/** What a ping can carry. */
export type PingData = string | ArrayBufferView | ArrayBuffer;

/** "All control frames MUST have a payload length of 125 bytes or less." RFC 6455 §5.5 */
const LONGEST = 125;

/**
 * The payload of a ping.
 *
 * @throws {TypeError} the data is neither a string nor bytes
 * @throws {RangeError} it is longer than 125 bytes
 */
export function pingPayload(data: PingData): Uint8Array {
  const payload = bytesOf(data);
  if (payload.byteLength <= LONGEST) return payload;
  throw new RangeError(`ping payload of ${payload.byteLength} bytes: the most is ${LONGEST}`);
}

function bytesOf(data: PingData): Uint8Array {
  if (typeof data === 'string') return Buffer.from(data, 'utf8');
  if (data instanceof ArrayBuffer) return new Uint8Array(data);
  if (ArrayBuffer.isView(data)) {
    return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  }
  throw new TypeError(`cannot ping with ${describe(data)}: pass a string or bytes`);
}
