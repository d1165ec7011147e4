/**
 * What is sent while something keeps it from going out: the connection is not open yet, a Blob is
 * being read, an extension is at work on a message. It keeps the order, and is there only as long as
 * anything waits. A queue that has grown long is worked off over several turns of the event loop.
 */
import type { Sendable } from '../api/send-data';
import { callBack } from '../support/callbacks';
import { Fifo } from '@ws/common';
import { awaitTurn, shareOfTurn, spend, type Waiting } from '../support/turns';
import type { SendAccount } from './send-account';
import type { SendCallback } from './written-callbacks';

/** A message that waits. */
export interface QueuedMessage {
  readonly data: Sendable;
  /** When it was sent. */
  readonly byteLength: number;
  readonly compress: boolean;
  readonly callback: SendCallback | null;
}

/** What waits its turn; never rejects. */
type Work = () => void | Promise<void>;

interface Entry {
  readonly byteLength: number;
  callback: SendCallback | null;
  /** The account still has it. */
  counted: boolean;
  readonly work: Work;
}

export class SendQueue implements Waiting {
  private readonly account: SendAccount;
  private readonly whenEmpty: () => void;
  private readonly entries = new Fifo<Entry>();
  /** Nothing is begun now: the connection is not open, or something is at work. */
  private busy: boolean;

  /**
   * @param whenEmpty called every time that all has been sent
   * @param open whether the connection is; if not, `begin()` says when
   */
  constructor(account: SendAccount, whenEmpty: () => void, open: boolean) {
    this.account = account;
    this.whenEmpty = whenEmpty;
    this.busy = !open;
  }

  /** Adds a message; `work` sends it when all before it has been sent. */
  addMessage({ byteLength, callback }: QueuedMessage, work: Work): void {
    this.account.enqueue(byteLength);
    this.add({ byteLength, callback, counted: true, work });
  }

  /** Adds what is to be done when all before it has been sent. */
  addAction(work: () => void): void {
    this.add({ byteLength: 0, callback: null, counted: false, work });
  }

  /** The connection is open. */
  begin(): void {
    this.busy = false;
    this.advance();
  }

  onTurn(): void {
    this.begin();
  }

  /**
   * The message at work has been sent, or its sender is told by others that it has not: the queue has
   * nothing more to do with it.
   */
  settleFirst(): void {
    const first = this.entries.peek();
    if (first !== undefined) this.settle(first);
  }

  /** Gives up what waits, and what is at work. */
  abandon(error: Error): void {
    let entry: Entry | undefined;
    while ((entry = this.entries.shift()) !== undefined) {
      const { callback } = entry;
      if (entry.counted) this.account.drop(entry.byteLength);
      this.settle(entry);
      if (callback !== null) callBack(callback, error);
    }
  }

  private add(entry: Entry): void {
    this.entries.push(entry);
    if (!this.busy) this.advance();
  }

  private settle(entry: Entry): void {
    if (entry.counted) this.account.dequeue(entry.byteLength);
    entry.counted = false;
    entry.callback = null;
  }

  private advance(): void {
    let share = shareOfTurn();
    let first: Entry | undefined;
    while ((first = this.entries.peek()) !== undefined) {
      this.busy = true;
      if (share-- === 0) {
        awaitTurn(this);
        return;
      }
      spend(1);
      const pending = first.work();
      if (pending !== undefined) {
        this.awaitWork(first, pending);
        return;
      }
      this.finish(first);
    }
    this.busy = false;
    this.whenEmpty();
  }

  private awaitWork(first: Entry, pending: Promise<void>): void {
    void pending.then(() => {
      this.finish(first);
      this.begin();
    });
  }

  /** It may have been given up meanwhile. */
  private finish(entry: Entry): void {
    this.settle(entry);
    if (this.entries.peek() === entry) this.entries.shift();
  }
}
