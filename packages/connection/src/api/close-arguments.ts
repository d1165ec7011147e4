import { utf8Length } from '@ws/frame-parser';
import { describe } from '@ws/common';
import { DOMException } from '../support/dom-exception';
import type { Role } from '../protocol/role';
import type { CloseStatus } from '../protocol/connection-protocol';

/** A control frame has 125 bytes, of which the code takes two (RFC 6455 §5.5). */
const LONGEST_REASON = 123;

/**
 * The arguments of `close()`, checked (WHATWG WebSockets, `close(code, reason)` steps 1 and 2).
 *
 * @returns code 1005 when no code is to be sent
 * @throws {TypeError} the reason is not a string
 * @throws {DOMException} InvalidAccessError: a code that this role may not pass; SyntaxError: the
 * reason is longer than 123 bytes of UTF-8
 */
export function closeArguments(role: Role, code?: number, reason: string = ''): CloseStatus {
  if (code !== undefined && !role.mayCloseWith(code)) {
    throw new DOMException(
      `close code ${describe(code)}: a ${role.name} may pass ${role.closeCodes}`,
      'InvalidAccessError',
    );
  }
  if (typeof (reason as unknown) !== 'string') {
    throw new TypeError(`close reason ${describe(reason)} is not a string`);
  }
  const text = reason.toWellFormed();
  const length = utf8Length(text);
  if (length > LONGEST_REASON) {
    throw new DOMException(
      `close reason of ${length} bytes: the most is ${LONGEST_REASON}`,
      'SyntaxError',
    );
  }
  return { code: code ?? (text === '' ? 1005 : 1000), reason: text };
}
