/**
 * The pings whose sender wants to hear of the answer, oldest first. A pong answers the ping with its
 * payload and all before it: the peer may answer only the latest (RFC 6455 §5.5.3).
 */
import { Fifo } from '@ws/common';
import type { WebSocketError } from '../lifecycle/websocket-error';
import { callBack } from '../support/callbacks';

/** Called with null when the answer has come, with an error when it cannot come any more. */
export type PingCallback = (error: WebSocketError | null) => void;

interface Pending {
  readonly payload: Buffer;
  readonly callback: PingCallback;
}

export class PendingPings {
  private readonly pending = new Fifo<Pending>();

  add(payload: Uint8Array, callback: PingCallback): void {
    this.pending.push({ payload: Buffer.from(payload), callback });
  }

  /** A pong has come. One that nobody asked for is nobody's answer (§5.5.3). */
  answeredBy(payload: Uint8Array): void {
    let answered = 0;
    for (const ping of this.pending) {
      answered++;
      if (ping.payload.equals(payload)) {
        this.settle(answered, null);
        return;
      }
    }
  }

  fail(error: Error): void {
    this.settle(this.pending.length, error);
  }

  private settle(count: number, error: Error | null): void {
    const settled = Array.from({ length: count }, () => this.pending.shift()!);
    for (const { callback } of settled) callBack(callback, error);
  }
}
