import { describe } from '@ws/common';
import { headerEntries } from '@ws/handshake';
import type { HeaderInput, Refusal } from '@ws/handshake';
import { http } from './node-http';

/** The whole answer; for this package alone. */
export let refusalOf: (error: RefusedError) => Refusal;

/** An upgrade request that was answered with an HTTP error instead of a WebSocket, or is to be. */
export class RefusedError extends Error {
  static {
    refusalOf = (error) => error.#refusal;
  }

  readonly code = 'WS_ERR_REFUSED' as const;
  /** The status that the client is sent. */
  readonly statusCode: number;
  readonly #refusal: Refusal;

  constructor(refusal: Refusal, options?: ErrorOptions) {
    super(`refused with ${refusal.status} ${refusal.reason}: ${refusal.body.trim()}`, options);
    this.name = 'RefusedError';
    this.statusCode = refusal.status;
    this.#refusal = refusal;
  }
}

/**
 * An answer with the status's own name for a reason, and for a body if there is none.
 *
 * @throws {TypeError} a header cannot be sent, or the body is not a string
 */
export function refusalWith(
  status: number,
  body: string | null | undefined,
  headers: HeaderInput,
): Refusal {
  if (typeof (body ?? '') !== 'string') {
    throw new TypeError(`the body of a refusal: ${describe(body)} is not a string`);
  }
  const reason = http().STATUS_CODES[status] ?? '';
  return { status, reason, headers: headerEntries(headers, 'headers'), body: body ?? reason };
}
