/**
 * Messages that have been received and wait: because nobody listens for them yet, or because the
 * application has paused the connection. It is there only as long as that lasts.
 *
 * Messages that nobody listens to (unheard ones) wait for `unheardTimeout` from the first of them on;
 * then they are dropped, and what comes is dropped as it comes, until somebody listens: at once, if it
 * is 0. What the application holds back on purpose has no such limit.
 */
import { Fifo } from '@ws/common';
import { debugLog } from '../support/debug-log';
import { soon } from '../support/scheduling';
import { sharedWheel, type Slot, type Timed } from '../support/timer-wheel';
import { awaitTurn, spend } from '../support/turns';
import type { AnyMessageData } from './message-data';

/** What a message weighs beside its data, in bytes. */
const OVERHEAD = 64;

/** Who owns a queue. */
export interface ReceiveQueueOwner {
  /** Whether anybody listens for messages. */
  readonly isHeard: boolean;
  /** How many messages may be delivered in this turn of the event loop. */
  readonly deliveryShare: number;
  /** Hands a message to its listeners. */
  dispatchMessage(data: AnyMessageData): void;
  /** Calls back, once, when the next listener has been added; null: no more. */
  whenListened(action: (() => void) | null): void;
  /** As many messages wait as may. */
  onQueueFull(): void;
  /** There is room again. */
  onQueueRoom(): void;
  /** What waits is no longer held back by the application: only a listener is missing. */
  onQueueUnheard(): void;
  /** So many messages were dropped that nobody listened to. */
  onUnheard(messages: number): void;
  /** Nothing waits, and nothing holds messages back: the queue is of no more use. */
  onQueueDone(): void;
}

export class ReceiveQueue implements Timed {
  /** The deadline of unheard messages. */
  slot: Slot | null = null;
  /** Whether the application wants no messages now. */
  paused = false;
  private readonly owner: ReceiveQueueOwner;
  private readonly capacity: number;
  private readonly unheardTimeout: number;
  private readonly waiting = new Fifo<AnyMessageData>();
  private weight = 0;
  private scheduled = false;
  /** Nobody has listened for so long that nothing is kept. */
  private drops = false;
  private discarded = false;

  /**
   * @param capacity bytes that may wait before reading stops
   * @param unheardTimeout milliseconds that messages wait for a listener
   */
  constructor(owner: ReceiveQueueOwner, capacity: number, unheardTimeout: number) {
    this.owner = owner;
    this.capacity = capacity;
    this.unheardTimeout = unheardTimeout;
  }

  get isEmpty(): boolean {
    return this.waiting.length === 0;
  }

  /** Whether the end of the connection has to wait for messages that came before it. */
  get delaysEnd(): boolean {
    return this.scheduled || !this.isEmpty;
  }

  add(data: AnyMessageData): void {
    if (this.unheardTimeout === 0 && !this.drops) this.awaitListener();
    if (this.drops) {
      this.owner.onUnheard(1);
      return;
    }
    this.waiting.push(data);
    this.weight += OVERHEAD + weightOf(data);
    if (this.weight >= this.capacity) this.owner.onQueueFull();
    this.awaitListener();
  }

  pause(): void {
    this.paused = true;
    this.drops = false;
    sharedWheel.clear(this);
  }

  resume(): void {
    if (!this.paused) return;
    this.paused = false;
    this.deliverSoon();
  }

  /** Nothing is delivered any more. */
  discard(): void {
    this.discarded = true;
    this.clear();
    this.owner.whenListened(null);
  }

  /** Somebody listens. */
  onListener(): void {
    this.drops = false;
    sharedWheel.clear(this);
    this.deliverSoon();
  }

  /** Nobody has listened in time. */
  onDeadline(): void {
    if (this.paused || this.scheduled) return;
    debugLog?.note(this.owner, 'deadline unheard has passed');
    this.drop();
    this.owner.onQueueRoom();
  }

  /** It is this connection's turn again. */
  onTurn(): void {
    this.scheduled = false;
    this.deliver();
  }

  /** Delivers after what runs now: listeners that are added together all get the message. */
  private deliverSoon(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    soon(() => this.onTurn());
  }

  private awaitListener(): void {
    if (this.paused || this.scheduled || this.owner.isHeard) return;
    this.owner.whenListened(() => this.onListener());
    if (this.unheardTimeout === 0) {
      this.drop();
      return;
    }
    const isTimed = this.slot !== null || this.unheardTimeout === Infinity;
    if (!isTimed) sharedWheel.set(this, this.unheardTimeout);
  }

  /** As much as may be delivered, and as fits into this turn. */
  private deliver(): void {
    let share = this.owner.deliveryShare;
    while (!this.paused && this.owner.isHeard && !this.isEmpty) {
      if (share-- === 0) {
        this.scheduled = true;
        awaitTurn(this);
        return;
      }
      const data = this.waiting.shift()!;
      this.weight -= OVERHEAD + weightOf(data);
      spend(1);
      this.owner.dispatchMessage(data);
    }
    if (this.paused || this.discarded) return;
    if (this.isEmpty) {
      this.owner.whenListened(null);
      this.owner.onQueueDone();
      return;
    }
    this.awaitListener();
    this.owner.onQueueUnheard();
    if (this.drops || this.weight < this.capacity) this.owner.onQueueRoom();
  }

  /** What waits, and from now on whatever comes until somebody listens. */
  private drop(): void {
    this.owner.onUnheard(this.waiting.length);
    this.clear();
    this.drops = true;
  }

  private clear(): void {
    sharedWheel.clear(this);
    this.waiting.clear();
    this.weight = 0;
  }
}

function weightOf(data: AnyMessageData): number {
  if (typeof data === 'string') return data.length;
  return 'byteLength' in data ? data.byteLength : data.size;
}
