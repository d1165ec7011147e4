/**
 * Why reading stands still: a set of named reasons, and the only place that knows. Reading goes on
 * when it is empty. Whoever wants to know more (keep-alive, the end of the connection) asks for the
 * reason.
 */

/** The reasons, each a bit. */
export const READ_BLOCK = {
  /** The application has paused, or a stream or an iterator of its has. */
  APPLICATION: 1,
  /** As many messages wait for a listener as may. */
  QUEUE: 2,
  /** This connection has used up its share of the event loop's turn. */
  TURN: 4,
  /** An extension is at work on a message. */
  EXTENSION: 8,
  /** The connection is over: nothing that is still on the way is read. */
  CLOSING: 16,
} as const;

/** One reason, or several together. */
export type ReadBlock = number;

/** Who stops and goes on. */
export interface GatedReader {
  stopReading(): void;
  goOnReading(): void;
}

export class ReadGate {
  private reasons: ReadBlock = 0;
  private readonly reader: GatedReader;

  constructor(reader: GatedReader) {
    this.reader = reader;
  }

  /** Whether nothing keeps from reading. */
  get isOpen(): boolean {
    return this.reasons === 0;
  }

  /** Whether one of these is among the reasons. */
  isBlockedBy(reasons: ReadBlock): boolean {
    return (this.reasons & reasons) !== 0;
  }

  block(reason: ReadBlock): void {
    const wasOpen = this.isOpen;
    this.reasons |= reason;
    if (wasOpen) this.reader.stopReading();
  }

  /** Takes reasons away; reading goes on if they were the last. */
  unblock(reasons: ReadBlock): void {
    if (!this.isBlockedBy(reasons)) return;
    this.reasons &= ~reasons;
    if (this.isOpen) this.reader.goOnReading();
  }
}
