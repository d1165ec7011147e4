/**
 * Messages that have been received and wait: because nobody listens for them yet, or because the
 * application has paused the connection. It is there only as long as that lasts.
 */
import type { MessageData } from '../api/events';
import type { ListenerList } from '../api/listeners';
import { nextTick } from '../support/host';

/** What a message weighs beside its data. */
const OVERHEAD = 64;

/** Who owns an inbox. */
export interface InboxOwner {
  /** Hands a message to its listeners. */
  dispatchMessage(data: MessageData): void;
  /** So much waits that nothing more must be read. */
  stopReading(): void;
  /** As much has been delivered as could be; nothing holds messages back but the want of a listener. */
  delivered(): void;
}

export class Inbox {
  /** Whether the application wants no messages now. */
  paused = false;
  private readonly owner: InboxOwner;
  private readonly listeners: ListenerList;
  private readonly capacity: number;
  private waiting: MessageData[] = [];
  private weight = 0;
  private scheduled = false;
  private discarded = false;

  /** @param capacity bytes that may wait before reading stops */
  constructor(owner: InboxOwner, listeners: ListenerList, capacity: number) {
    this.owner = owner;
    this.listeners = listeners;
    this.capacity = capacity;
  }

  get isEmpty(): boolean {
    return this.waiting.length === 0;
  }

  /** Whether the end of the connection has to wait for messages that came before it. */
  get delaysEnd(): boolean {
    return this.paused || this.scheduled || !this.isEmpty;
  }

  /** Whether nothing more may be read for now. */
  get stopsReading(): boolean {
    return this.paused || this.weight >= this.capacity;
  }

  hold(data: MessageData): void {
    this.waiting.push(data);
    this.weight += OVERHEAD + weightOf(data);
    if (this.stopsReading) this.owner.stopReading();
    if (this.listeners.length === 0) this.awaitListener();
  }

  /** Delivers, after this tick, as much as may be: listeners that come together all see it. */
  deliverSoon(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    nextTick(() => {
      this.scheduled = false;
      this.deliver();
    });
  }

  /** Nothing is delivered any more. */
  discard(): void {
    this.discarded = true;
    this.waiting = [];
    this.listeners.whenAdded = null;
  }

  private awaitListener(): void {
    this.listeners.whenAdded = () => this.deliverSoon();
  }

  private deliver(): void {
    const { listeners } = this;
    while (!this.paused && listeners.length > 0) {
      const data = this.waiting.shift();
      if (data === undefined) break;
      this.owner.dispatchMessage(data);
    }
    if (this.paused || this.discarded) return;
    if (!this.isEmpty) this.awaitListener();
    this.owner.delivered();
  }
}

function weightOf(data: MessageData): number {
  if (typeof data === 'string') return data.length;
  return 'size' in data ? data.size : data.byteLength;
}
