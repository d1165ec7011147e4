/**
 * Messages that have been received and wait: because nobody listens for them yet, or because the
 * application has paused the connection. It is there only as long as that lasts.
 */
import type { MessageData } from './events';
import type { ListenerList } from './listeners';

/** What a message weighs beside its data. */
const OVERHEAD = 64;

/** Who owns an inbox. */
export interface InboxOwner {
  /** Hands a message to its listeners. */
  dispatchMessage(data: MessageData): void;
  /** So much waits that nothing more must be read. */
  stopReading(): void;
  /** Nothing waits any more, and nothing keeps messages from being delivered. */
  inboxIsDone(): void;
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

  /** @param capacity bytes that may wait before reading stops */
  constructor(owner: InboxOwner, listeners: ListenerList, capacity: number) {
    this.owner = owner;
    this.listeners = listeners;
    this.capacity = capacity;
  }

  get isEmpty(): boolean {
    return this.waiting.length === 0;
  }

  hold(data: MessageData): void {
    this.waiting.push(data);
    this.weight += OVERHEAD + weightOf(data);
    if (this.weight >= this.capacity) this.owner.stopReading();
    if (this.listeners.length === 0) this.listeners.whenAdded = () => this.deliverSoon();
  }

  /** Delivers, after this tick, as much as may be: listeners that come together all see it. */
  deliverSoon(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    process.nextTick(() => {
      this.scheduled = false;
      this.deliver();
    });
  }

  private deliver(): void {
    const { listeners } = this;
    while (!this.paused && listeners.length > 0) {
      const data = this.waiting.shift();
      if (data === undefined) break;
      this.owner.dispatchMessage(data);
    }
    if (this.paused) return;
    if (this.isEmpty) this.owner.inboxIsDone();
    else listeners.whenAdded = () => this.deliverSoon();
  }
}

function weightOf(data: MessageData): number {
  if (typeof data === 'string') return data.length;
  return data instanceof Blob ? data.size : data.byteLength;
}
