/**
 * A WebSocket between its construction and the outcome of its opening handshake. What is sent
 * meanwhile waits here, in order.
 */
import type { Opening, OpeningListener, Session } from './opening';
import { byteLengthOf } from './send-data';
import type { Sendable } from './send-data';

/** Who is told the outcome: one of the two, once. */
export interface ConnectingListener {
  /** @param waiting what was sent before the connection was open, in order */
  opened(session: Session, waiting: readonly Sendable[]): void;
  failed(error: Error): void;
}

export class Connecting implements OpeningListener {
  /** Whether the application has closed the WebSocket before it was open. */
  aborted = false;
  /** Payload bytes that wait. */
  bufferedAmount = 0;
  private readonly opening: Opening;
  private readonly listener: ConnectingListener;
  private waiting: Sendable[] | null = null;

  constructor(opening: Opening, listener: ConnectingListener) {
    this.opening = opening;
    this.listener = listener;
  }

  begin(): void {
    this.opening.begin(this);
  }

  send(data: Sendable): void {
    (this.waiting ??= []).push(data);
    this.bufferedAmount += byteLengthOf(data);
  }

  abort(reason: Error): void {
    if (this.aborted) return;
    this.aborted = true;
    this.opening.abort(reason);
  }

  opened(session: Session): void {
    this.listener.opened(session, this.waiting ?? []);
  }

  failed(error: Error): void {
    this.listener.failed(error);
  }
}
