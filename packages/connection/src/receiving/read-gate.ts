/**
 * Why reading stands still: a set of named reasons, and the only place that knows. Reading goes on
 * when it is empty. Whoever wants to know more (keep-alive, the end of the connection) asks for the
 * reason.
 */
import { debugLog } from '../support/debug-log';

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

/** A reason by its name, in lower case. */
function nameOf(reason: ReadBlock): string {
  const [name = ''] = Object.entries(READ_BLOCK).find(([, bit]) => bit === reason) ?? [];
  return name.toLowerCase();
}

/** One reason, or several together. */
export type ReadBlock = number;

/** The gate of one receiver, which is made from it: every connection has one of each. */
export abstract class ReadGate {
  private reasons: ReadBlock = 0;

  /** Whether nothing keeps from reading. */
  get isReading(): boolean {
    return this.reasons === 0;
  }

  /** Whether one of these is among the reasons. */
  isBlockedBy(reasons: ReadBlock): boolean {
    return (this.reasons & reasons) !== 0;
  }

  /** There is a first reason. */
  protected abstract stopReading(): void;

  /** There is none any more. */
  protected abstract goOnReading(): void;

  protected block(reason: ReadBlock): void {
    const wasReading = this.isReading;
    if (debugLog !== null && !this.isBlockedBy(reason)) {
      debugLog.note(this, `paused: ${nameOf(reason)}`);
    }
    this.reasons |= reason;
    if (wasReading) this.stopReading();
  }

  /** Takes reasons away; reading goes on if they were the last. */
  protected unblock(reasons: ReadBlock): void {
    if (!this.isBlockedBy(reasons)) return;
    this.reasons &= ~reasons;
    if (!this.isReading) return;
    debugLog?.note(this, 'resumed');
    this.goOnReading();
  }
}
