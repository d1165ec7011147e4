import type { Refusal } from '@ws/handshake';

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
