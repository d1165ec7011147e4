/**
 * What one connection reads in a turn of the event loop, by what it costs: every frame, whatever
 * becomes of it, and every KiB that an extension restores. The decoder and the extensions charge it.
 */
import type { ReadMeter } from '@ws/frame-parser';
import {
  awaitTurn,
  currentTurn,
  shareOfTurn,
  SMALL_SHARE,
  spend,
  type Waiting,
} from '../support/turns';

/** Restored bytes that cost as much as a frame. */
const BYTES_PER_UNIT = 1024;

/** Who reads. */
export interface BudgetOwner {
  /** The share of this turn is used up: nothing more is to be read until `onShare()`. */
  onShareSpent(): void;
  /** There is a new share. */
  onShare(): void;
}

export class ReadBudget implements ReadMeter, Waiting {
  private readonly owner: BudgetOwner;
  private turn = 0;
  private spent = 0;
  private waits = false;

  constructor(owner: BudgetOwner) {
    this.owner = owner;
  }

  charge(cost: number): void {
    const turn = currentTurn();
    if (turn !== this.turn) {
      this.turn = turn;
      this.spent = 0;
    }
    this.spent += cost;
    spend(cost);
    // Most connections never come near their share, and need not know what it is.
    if (this.spent >= SMALL_SHARE && this.spent >= shareOfTurn() && !this.waits) this.wait();
  }

  /** An extension has made so many bytes of a message. */
  chargeRestored(bytes: number): void {
    this.charge(Math.ceil(bytes / BYTES_PER_UNIT));
  }

  onTurn(): void {
    this.waits = false;
    this.spent = 0;
    this.owner.onShare();
  }

  private wait(): void {
    this.waits = true;
    awaitTurn(this);
    this.owner.onShareSpent();
  }
}
