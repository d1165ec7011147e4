/**
 * The pings whose sender wants to hear of the answer, oldest first. A pong answers the ping with its
 * payload and all before it: the peer may answer only the latest (RFC 6455 §5.5.3).
 */
import { callBack } from '../support/callbacks';

/** Called with null when the answer has come, with an error when it cannot come any more. */
export type PingCallback = (error: Error | null) => void;

interface Pending {
  readonly payload: Buffer;
  readonly callback: PingCallback;
}

export class PendingPings {
  private pending: Pending[] = [];

  add(payload: Uint8Array, callback: PingCallback): void {
    this.pending.push({ payload: Buffer.from(payload), callback });
  }

  /** A pong has come. One that nobody asked for is nobody's answer (§5.5.3). */
  answeredBy(payload: Uint8Array): void {
    const index = this.pending.findIndex((ping) => ping.payload.equals(payload));
    for (const { callback } of this.pending.splice(0, index + 1)) callBack(callback, null);
  }

  fail(error: Error): void {
    for (const { callback } of this.pending.splice(0)) callBack(callback, error);
  }
}
