/**
 * Looks after a connection whose application has paused it: nothing is read, so that nothing would be
 * heard of a peer that is gone. Writing finds it. An unsolicited pong is what may be written at any
 * time and asks for no answer (RFC 6455 §5.5.3).
 *
 * It looks now and then whether the pause lasts, since applications pause and resume for every message.
 */
import { sharedWheel, type Slot, type Timed } from '../support/timer-wheel';

export interface ProbeOwner {
  /** Whether the application holds messages back. */
  readonly isHeldBack: boolean;
  probePeer(): void;
}

export class PausedProbe implements Timed {
  slot: Slot | null = null;
  private readonly owner: ProbeOwner;
  private readonly interval: number;

  /** @param closeTimeout milliseconds: two probes fit in, since the first may only provoke a reset */
  constructor(owner: ProbeOwner, closeTimeout: number) {
    this.owner = owner;
    this.interval = Math.max(1, closeTimeout / 2);
  }

  /** The application has paused. */
  watch(): void {
    if (this.slot === null) sharedWheel.set(this, this.interval);
  }

  stop(): void {
    sharedWheel.clear(this);
  }

  onDeadline(): void {
    if (!this.owner.isHeldBack) return;
    this.owner.probePeer();
    this.watch();
  }
}
