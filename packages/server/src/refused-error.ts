import type { Refusal } from '@ws/handshake';

/** An upgrade request that was answered with an HTTP error instead of a WebSocket. */
export class RefusedError extends Error {
  readonly code = 'WS_ERR_REFUSED' as const;
  /** The status that the client was sent. */
  readonly statusCode: number;

  constructor(refusal: Refusal, options?: ErrorOptions) {
    super(`refused with ${refusal.status} ${refusal.reason}: ${refusal.body.trim()}`, options);
    this.name = 'RefusedError';
    this.statusCode = refusal.status;
  }
}
