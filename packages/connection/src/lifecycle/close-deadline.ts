/**
 * How long the end of a connection may take. Bytes of messages that still move, either way, are no
 * reason to give up: it runs anew until nothing has moved for all of the time.
 */
import { sharedWheel, type Slot, type Timed } from '../support/timer-wheel';

/** What moves. */
export interface MovementView {
  /** A number that is another one when bytes of a message have moved, either way. */
  readonly messageMark: number;
}

export class CloseDeadline implements Timed {
  slot: Slot | null = null;
  private readonly view: MovementView;
  private readonly timeout: number;
  private readonly action: () => void;
  private mark = 0;

  /** @param timeout milliseconds */
  constructor(view: MovementView, timeout: number, action: () => void) {
    this.view = view;
    this.timeout = timeout;
    this.action = action;
  }

  /** Begins, unless it runs already. @param timeout milliseconds */
  start(timeout: number = this.timeout): void {
    if (this.slot !== null) return;
    this.mark = this.view.messageMark;
    sharedWheel.set(this, timeout);
  }

  stop(): void {
    sharedWheel.clear(this);
  }

  onDeadline(): void {
    if (this.view.messageMark === this.mark) this.action();
    else this.start();
  }
}
