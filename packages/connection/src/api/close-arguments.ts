import { utf8Length } from '@ws/frame-parser';
import { describe } from '@ws/common';
import { DOMException } from '../support/dom-exception';
import type { Role } from '../protocol/role';
import type { CloseStatus } from '../protocol/connection-protocol';

/** A control frame has 125 bytes, of which the code takes two (RFC 6455 §5.5). */
const LONGEST_REASON = 123;

/** The largest number of an `unsigned short`. */
const LARGEST_CODE = 0xffff;

/**
 * The arguments of `close()`, converted (Web IDL) and checked (WHATWG WebSockets, `close(code, reason)`
 * steps 1 and 2).
 *
 * @returns code 1005 when no code is to be sent
 * @throws {TypeError} a symbol, or a BigInt for a code: these are not converted
 * @throws {DOMException} InvalidAccessError: a code that this role may not pass; SyntaxError: the
 * reason is longer than 123 bytes of UTF-8
 */
export function closeArguments(role: Role, code?: number, reason: string = ''): CloseStatus {
  const number = code === undefined ? undefined : clamped(code);
  const text = ''.concat(reason).toWellFormed();
  if (number !== undefined && !role.mayCloseWith(number)) {
    throw new DOMException(
      `close code ${describe(code)}: a ${role.name} may pass ${role.closeCodes}`,
      'InvalidAccessError',
    );
  }
  const length = utf8Length(text);
  if (length > LONGEST_REASON) {
    throw new DOMException(
      `close reason of ${length} bytes: the most is ${LONGEST_REASON}`,
      'SyntaxError',
    );
  }
  return { code: number ?? (text === '' ? 1005 : 1000), reason: text };
}

/** `[Clamp] unsigned short` (Web IDL): the nearest there is, of two the even one; 0 for no number. */
function clamped(value: number): number {
  const number = Math.min(Math.max(value, 0), LARGEST_CODE) || 0;
  const rounded = Math.round(number);
  return number % 1 === 0.5 ? rounded - (rounded % 2) : rounded;
}
