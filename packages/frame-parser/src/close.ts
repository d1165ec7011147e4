/** Close frames' payloads: a code, then a reason (RFC 6455 §5.5.1, §7.4). */
import { checkText, describe } from './checks';
import { allocate, writeUtf8 } from './runtime';
import { utf8Length } from './utf8';

/** "No status code was actually present" (§7.4.1): never on the wire, only reported. */
export const NO_STATUS = 1005;

/** §5.5: control frames carry 125 bytes at most, and two of them are the code. */
const MAX_REASON_LENGTH = 123;

/**
 * Whether an endpoint may send `code` in a close frame.
 *
 * 1004, 1005, 1006 and 1015 are absent on purpose: reserved, and "MUST NOT be set as a status code
 * in a Close control frame by an endpoint" (§7.4.1). 1012–1014 came later, through the registry.
 */
export function isValidCloseCode(code: number): boolean {
  if (!Number.isInteger(code)) return false;
  if (code >= 3000) return code <= 4999;
  return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014);
}

/**
 * The payload of a close frame: empty without a code. Lone surrogates in `reason` become U+FFFD.
 *
 * @throws TypeError if `reason` is not a string; RangeError if `code` may not be sent, if there is a reason without a code, or if the
 *   reason is over 123 bytes of UTF-8 (it is never cut)
 */
export function encodeClosePayload(code?: number, reason = ''): Uint8Array {
  checkText('reason', reason);
  if (code === undefined) {
    if (reason !== '') throw new RangeError('a close reason needs a close code');
    return allocate(0);
  }
  if (!isValidCloseCode(code)) throw new RangeError(`close code ${describe(code)} may not be sent`);
  const length = utf8Length(reason);
  if (length > MAX_REASON_LENGTH) throw new RangeError('close reason is over 123 bytes of UTF-8');
  const payload = allocate(2 + length);
  payload[0] = code >>> 8;
  payload[1] = code;
  writeUtf8(payload, reason, 2);
  return payload;
}
