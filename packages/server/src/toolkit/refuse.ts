import { refusalResponse } from '@ws/handshake';
import type { HeaderInput } from '@ws/handshake';
import { refusalWith, RefusedError } from '../refused-error';

/**
 * What an `upgrade` hook returns, or throws, to refuse a client.
 *
 * @param status of HTTP: 200 to 599, and not 204 or 304
 * @param body sent as plain text, unless `headers` has a Content-Type. Default: the name of the status
 * @param headers beside `Connection` and `Content-Length`
 * @throws {TypeError} a header cannot be sent, or is one of these
 * @throws {RangeError} the status is none that a body can have
 */
export function refuse(status: number, body?: string, headers: HeaderInput = {}): RefusedError {
  const refusal = refusalWith(status, body, headers);
  refusalResponse(refusal);
  return new RefusedError(refusal);
}
