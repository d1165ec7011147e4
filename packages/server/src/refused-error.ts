import type { Refusal } from '@ws/handshake';

/** An upgrade request that was answered with an HTTP error instead of a WebSocket, or is to be. */
export class RefusedError extends Error {
  readonly code = 'WS_ERR_REFUSED' as const;
  /** The status that the client is sent. */
  readonly statusCode: number;
  /** The whole answer. */
  readonly #refusal: Refusal;

  constructor(refusal: Refusal, options?: ErrorOptions) {
    super(`refused with ${refusal.status} ${refusal.reason}: ${refusal.body.trim()}`, options);
    this.name = 'RefusedError';
    this.statusCode = refusal.status;
    this.#refusal = refusal;
  }

  /** What the client is sent behind the head. */
  get body(): string {
    return this.#refusal.body;
  }

  /** The headers that the client is sent, beside those of HTTP itself. */
  get headers(): Refusal['headers'] {
    return this.#refusal.headers;
  }
}
