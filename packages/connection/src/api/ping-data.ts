import { describe } from '@ws/common';
import type { PingCallback } from '../sending/pending-pings';
import { viewOf, type Bytes } from './bytes';

/** What a ping can carry. */
export type PingData = string | Bytes;

/** "All control frames MUST have a payload length of 125 bytes or less." RFC 6455 §5.5 */
const LONGEST = 125;

/**
 * The payload of a ping: the string of a number, nothing for null.
 *
 * @throws {TypeError} the data is neither a string, a number nor bytes
 * @throws {RangeError} it is longer than 125 bytes
 */
export function pingPayload(data: PingData | number | null): Uint8Array {
  const text = textOf(data);
  const payload = text === null ? viewOf(data) : Buffer.from(text, 'utf8');
  if (payload === null) {
    throw new TypeError(`cannot ping with ${describe(data)}: pass a string or bytes`);
  }
  if (payload.byteLength <= LONGEST) return payload;
  throw new RangeError(`ping payload of ${payload.byteLength} bytes: the most is ${LONGEST}`);
}

/** @throws {TypeError} there is one, and it is not a function */
export function pingCallback(callback: PingCallback | null | undefined): PingCallback | null {
  if (callback === null || callback === undefined) return null;
  if (typeof (callback as unknown) === 'function') return callback;
  throw new TypeError(`ping callback ${describe(callback)} is not a function`);
}

function textOf(data: unknown): string | null {
  if (typeof data === 'number' || typeof data === 'bigint') return String(data);
  if (data === null) return '';
  return typeof data === 'string' ? data : null;
}
