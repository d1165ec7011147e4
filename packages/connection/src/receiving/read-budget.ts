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
import { READ_BLOCK, ReadGate } from './read-gate';

/** Restored bytes that cost as much as a frame. */
const BYTES_PER_UNIT = 1024;

/** The gate of a receiver that reads within its budget: without one, the reason is `TURN`. */
export abstract class ReadBudget extends ReadGate implements ReadMeter, Waiting {
  private turn = 0;
  private spent = 0;

  charge(cost: number): void {
    const turn = currentTurn();
    if (turn !== this.turn) {
      this.turn = turn;
      this.spent = 0;
    }
    this.spent += cost;
    spend(cost);
    // Most connections never come near their share, and need not know what it is.
    if (this.spent >= SMALL_SHARE && this.spent >= shareOfTurn()) this.wait();
  }

  /** There is a new share: what could not be read in time can be now. */
  protected abstract onShare(): void;

  /** An extension has made so many bytes of a message. */
  protected chargeRestored(bytes: number): void {
    this.charge(Math.ceil(bytes / BYTES_PER_UNIT));
  }

  onTurn(): void {
    this.spent = 0;
    this.unblock(READ_BLOCK.TURN);
    this.onShare();
  }

  /** Nothing more is read in this turn. */
  protected wait(): void {
    if (this.isBlockedBy(READ_BLOCK.TURN)) return;
    awaitTurn(this);
    this.block(READ_BLOCK.TURN);
  }
}
