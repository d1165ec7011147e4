/**
 * How long the end of a connection may take. Bytes of messages that still move, either way, are no
 * reason to give up: it runs anew until nothing has moved for all of the time.
 */
import { sharedWheel, type Slot, type Timed } from '../support/timer-wheel';

/** What moves. */
export interface MovementView {
  /** Another one when the end has come nearer: bytes of messages have moved that it waits for. */
  readonly closingMark: string;
}

export class CloseDeadline implements Timed {
  slot: Slot | null = null;
  private readonly view: MovementView;
  private readonly timeout: number;
  private readonly action: () => void;
  private mark = '';

  /** @param timeout milliseconds */
  constructor(view: MovementView, timeout: number, action: () => void) {
    this.view = view;
    this.timeout = timeout;
    this.action = action;
  }

  /** Begins, unless it runs already. @param timeout milliseconds */
  start(timeout: number = this.timeout): void {
    if (this.slot !== null) return;
    this.mark = this.view.closingMark;
    sharedWheel.set(this, timeout);
  }

  stop(): void {
    sharedWheel.clear(this);
  }

  onDeadline(): void {
    if (this.view.closingMark === this.mark) this.action();
    else this.start();
  }
}
