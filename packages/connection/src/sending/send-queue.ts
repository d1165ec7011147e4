/**
 * What is sent while something keeps it from going out: the connection is not open yet, a Blob is
 * being read, an extension is at work on a message. It keeps the order, and is there only as long as
 * anything waits. A queue that has grown long is worked off over several turns of the event loop.
 */
import { byteLengthOf, type Sendable } from '../api/send-data';
import { callBack } from '../support/callbacks';
import { Fifo } from '@ws/common';
import { awaitTurn, shareOfTurn, spend, type Waiting } from '../support/turns';
import type { Queued } from './send-account';
import type { SendCallback } from './written-callbacks';

/** A message that waits. */
export interface QueuedMessage {
  readonly data: Sendable;
  /** When it was sent. */
  readonly byteLength: number;
  readonly compress: boolean;
  readonly callback: SendCallback | null;
}

/** A message that begins to wait now. */
export function queued(
  data: Sendable,
  compress: boolean,
  callback: SendCallback | null,
): QueuedMessage {
  return { data, byteLength: byteLengthOf(data), compress, callback };
}

/** What waits its turn; never rejects. */
type Work = () => void | Promise<void>;

interface Entry {
  readonly byteLength: number;
  callback: SendCallback | null;
  /** It still counts as waiting. */
  counted: boolean;
  /** It is a message in parts. */
  readonly inParts: boolean;
  readonly work: Work;
}

/** Whose queue it is. */
export interface SendQueueOwner {
  /** All has been sent; called every time. */
  onQueueEmpty(): void;
  /** A payload of so many bytes was given up. */
  onGivenUp(byteLength: number): void;
}

export class SendQueue implements Waiting, Queued {
  bytes = 0;
  messages = 0;
  moved = 0;
  private readonly owner: SendQueueOwner;
  private readonly entries = new Fifo<Entry>();
  /** Nothing is begun now: the connection is not open, or something is at work. */
  private busy: boolean;

  /** @param open whether the connection is; if not, `begin()` says when */
  constructor(owner: SendQueueOwner, open: boolean) {
    this.owner = owner;
    this.busy = !open;
  }

  /** Adds a message; `work` sends it when all before it has been sent. */
  addMessage({ byteLength, callback }: QueuedMessage, work: Work): void {
    this.bytes += byteLength;
    this.messages++;
    this.add({ byteLength, callback, counted: true, inParts: false, work });
  }

  /** Adds a message in parts, which is told by `stop` that it is given up. */
  addStream(stop: SendCallback, work: Work): void {
    this.messages++;
    this.add({ byteLength: 0, callback: stop, counted: true, inParts: true, work });
  }

  /** Adds a ping, which weighs what an empty message does, though it is none. */
  addPing(callback: SendCallback | null, work: Work): void {
    this.messages++;
    this.add({ byteLength: 0, callback, counted: true, inParts: false, work });
  }

  /** Adds what is to be done when all before it has been sent. */
  addAction(work: () => void): void {
    this.add({ byteLength: 0, callback: null, counted: false, inParts: false, work });
  }

  /** Whether a message in parts is under way, or is the next to be. */
  get isStreaming(): boolean {
    return this.entries.peek()?.inParts === true;
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
      if (entry.counted) this.owner.onGivenUp(entry.byteLength);
      this.settle(entry);
      if (callback !== null) callBack(callback, error);
    }
  }

  private add(entry: Entry): void {
    this.entries.push(entry);
    if (!this.busy) this.advance();
  }

  private settle(entry: Entry): void {
    if (entry.counted) {
      this.bytes -= entry.byteLength;
      this.messages--;
    }
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
    this.owner.onQueueEmpty();
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
