/**
 * The key math of draft hixie-76 (hybi-00): two numbers hidden in headers and eight bytes behind
 * the head, digested to sixteen bytes that the server sends behind its own head.
 */
import { md5 } from './md5';

const MAX_NUMBER = 2 ** 32 - 1;
const SPACE = 0x20;
const ZERO = 0x30;
const NINE = 0x39;

/**
 * The number hidden in a Sec-WebSocket-Key1 or -Key2: its digits as one number, divided by the
 * count of its spaces. `null` means that the handshake must be refused with 400: no digits or
 * nothing but zeros, no spaces, a remainder, or a result over 2³² − 1. Draft hixie-76 §5.2.
 */
export function hixie76KeyNumber(key: string): number | null {
  let digits = 0;
  let spaceCount = 0;
  for (let at = 0; at < key.length; at++) {
    const code = key.charCodeAt(at);
    if (code === SPACE) spaceCount++;
    else if (code >= ZERO && code <= NINE) digits = digits * 10 + (code - ZERO);
  }
  // Digits are exact below 2⁵³. Above, the quotient is too large for any key under two megabytes.
  if (digits === 0 || spaceCount === 0 || !Number.isSafeInteger(digits)) return null;
  const number = digits / spaceCount;
  return Number.isInteger(number) && number <= MAX_NUMBER ? number : null;
}

/**
 * The 16 bytes that prove to a hixie-76 client that its handshake was read. Draft hixie-76 §5.2.
 *
 * @param key3 the 8 bytes that followed the request's head; only read.
 * @throws RangeError when a key hides no number (`judgeRequest` accepts no such request) or `key3`
 *   is not 8 bytes long.
 */
export function hixie76Challenge(key1: string, key2: string, key3: Uint8Array): Uint8Array {
  const number1 = hixie76KeyNumber(key1);
  const number2 = hixie76KeyNumber(key2);
  if (number1 === null || number2 === null) throw new RangeError('the keys hide no number');
  if (key3.length !== 8) throw new RangeError(`key3 has ${key3.length} bytes instead of 8`);
  const challenge = new Uint8Array(16);
  const view = new DataView(challenge.buffer);
  view.setUint32(0, number1);
  view.setUint32(4, number2);
  challenge.set(key3, 8);
  return md5(challenge);
}
