/** How the end of one of two joined WebSockets is told to the peer of the other. */
import type { ConnectionErrorCode } from '../lifecycle/connection-error';
import type { Ending } from '../lifecycle/ending';
import { CLOSE_CODE } from '../protocol/closing';
import type { CloseStatus } from '../protocol/connection-protocol';

/** The codes of what fails at this end. The hixie drafts cannot send them. */
const FAILURES: ReadonlyMap<unknown, number> = new Map<ConnectionErrorCode, number>([
  ['WS_ERR_NO_BINARY', CLOSE_CODE.UNSUPPORTED_DATA],
  ['WS_ERR_SLOW_READER', CLOSE_CODE.TRY_AGAIN_LATER],
  ['WS_ERR_PAYLOAD_CHANGED', CLOSE_CODE.INTERNAL_ERROR],
  ['WS_ERR_SOURCE_FAILED', CLOSE_CODE.INTERNAL_ERROR],
  ['WS_ERR_NOT_SENT', CLOSE_CODE.INTERNAL_ERROR],
]);

/**
 * What was received; but when this end has failed the connection, its own code. A peer answers that with an echo, with something else,
 * or not at all.
 *
 * @returns null: there was no closing frame
 */
export function passedStatus({ cause, initiator, sent, received }: Ending): CloseStatus | null {
  if (cause === null || initiator === 'remote') return received;
  const code = cause.closeCode ?? FAILURES.get(cause.code);
  return code === undefined ? (sent ?? received) : { code, reason: sent?.reason ?? '' };
}
