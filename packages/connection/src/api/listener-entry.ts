/** One listener of a WebSocket, and how it came in. */
import type { Listener } from './listener';
import { StandIn } from './stand-ins';

/**
 * How a listener came in. Those of one kind only are counted once, and `on…` attributes are on their own.
 *
 * @inline
 */
export type Registration = 'target' | 'capture' | 'attribute' | 'emitter';

export class Entry {
  /** What its events have as their type. */
  readonly type: string;
  /** Null once it was removed: a dispatch under way may still come to the entry. */
  listener: Listener<never> | null;
  readonly registration: Registration;
  /** Tells the signal that may remove it that this is no longer to be done; few have one. */
  declare forgetSignal: (() => void) | undefined;

  constructor(type: string, listener: Listener<never>, registration: Registration) {
    this.type = type;
    this.listener = listener;
    this.registration = registration;
  }

  /** Whether it is removed before it is called. */
  get once(): boolean {
    return false;
  }

  /** What it was added by. */
  get name(): string {
    return this.listener instanceof StandIn ? this.listener.name : this.type;
  }

  /** The listener that was passed. */
  get original(): Listener<never> {
    return this.listener instanceof StandIn ? this.listener.original : this.listener!;
  }

  /** The signal that may remove it need not keep it in memory any more. */
  forget(): void {
    if (this.forgetSignal === undefined) return;
    this.forgetSignal();
    this.forgetSignal = undefined;
  }
}

export class OnceEntry extends Entry {
  override get once(): boolean {
    return true;
  }
}
