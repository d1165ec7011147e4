/**
 * A WebSocket between its construction and the outcome of its opening handshake. What is sent
 * meanwhile waits here, in order.
 */
import type { Opening, OpeningListener, Session } from './opening';
import { byteLengthOf } from '../api/send-data';
import type { Sendable } from '../api/send-data';
import type { SendCallback } from '../sending/written-callbacks';

/** A message that waits for the connection to open. */
export interface Unsent {
  readonly data: Sendable;
  readonly compress: boolean;
  readonly callback: SendCallback | null;
}

/** Who is told the outcome: one of the two, once. */
export interface ConnectingListener {
  opened(session: Session, connecting: Connecting): void;
  failed(error: Error): void;
}

export class Connecting implements OpeningListener {
  /** Whether the application has closed the WebSocket before it was open. */
  aborted = false;
  /** Payload bytes that wait. */
  bufferedAmount = 0;
  private readonly opening: Opening;
  private readonly listener: ConnectingListener;
  /** Whether the application wants no messages yet. */
  paused = false;
  private waiting: Unsent[] | null = null;

  constructor(opening: Opening, listener: ConnectingListener) {
    this.opening = opening;
    this.listener = listener;
  }

  begin(): void {
    this.opening.begin(this);
  }

  send(data: Sendable, compress: boolean, callback: SendCallback | null): void {
    (this.waiting ??= []).push({ data, compress, callback });
    this.bufferedAmount += byteLengthOf(data);
  }

  abort(reason: Error): void {
    if (this.aborted) return;
    this.aborted = true;
    this.opening.abort(reason);
  }

  opened(session: Session): void {
    this.listener.opened(session, this);
  }

  /** What was sent, in order. */
  takeWaiting(): readonly Unsent[] {
    const { waiting } = this;
    this.waiting = null;
    return waiting ?? [];
  }

  failed(error: Error): void {
    this.listener.failed(error);
  }
}
