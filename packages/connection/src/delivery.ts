/**
 * Hands the peer's messages to the application: at once, or, if nobody listens yet or the connection
 * is paused, later. Nothing is lost meanwhile.
 */
import { receivedBinary, type BinaryType } from './binary-type';
import type { MessageData } from './events';
import { Inbox, type InboxOwner } from './inbox';
import type { SocketEvents } from './socket-events';

/** Who is told when messages have to wait. */
export interface DeliveryOwner {
  /** Nothing more is to be read until `onDelivered()`. */
  stopReading(): void;
  /** As much has been delivered as could be; nothing holds messages back but the want of a listener. */
  onDelivered(): void;
}

export class Delivery implements InboxOwner {
  binaryType: BinaryType = 'nodebuffer';
  private readonly owner: DeliveryOwner;
  private readonly events: SocketEvents;
  private readonly capacity: number;
  private inbox: Inbox | null = null;
  private stopped = false;

  /** @param capacity bytes that may wait before reading stops */
  constructor(owner: DeliveryOwner, events: SocketEvents, capacity: number) {
    this.owner = owner;
    this.events = events;
    this.capacity = capacity;
  }

  text(text: string): void {
    this.deliver(text);
  }

  binary(data: Uint8Array): void {
    this.deliver(receivedBinary(data, this.binaryType));
  }

  get isPaused(): boolean {
    return this.inbox?.paused ?? false;
  }

  /** Whether messages wait, or would have to. */
  get isHolding(): boolean {
    return this.inbox !== null;
  }

  /** Whether nothing more may be read for now. */
  get stopsReading(): boolean {
    return this.inbox?.stopsReading ?? false;
  }

  /** Whether the end of the connection has to wait for messages that came before it. */
  get delaysEnd(): boolean {
    return this.inbox?.delaysEnd ?? false;
  }

  /** Delivers nothing until `resume()`. */
  pause(): void {
    this.openInbox().paused = true;
    this.owner.stopReading();
  }

  resume(): void {
    if (this.inbox === null) return;
    this.inbox.paused = false;
    this.inbox.deliverSoon();
  }

  /** Forgets what waits, that the application has paused, and whatever comes from now on. */
  stop(): void {
    this.stopped = true;
    this.inbox?.discard();
    this.inbox = null;
  }

  dispatchMessage(data: MessageData): void {
    this.events.tellMessage(data);
  }

  stopReading(): void {
    this.owner.stopReading();
  }

  delivered(): void {
    if (this.inbox?.isEmpty === true) this.inbox = null;
    this.owner.onDelivered();
  }

  private deliver(data: MessageData): void {
    if (this.stopped) return;
    if (this.inbox === null && this.events.listeners.messages.length > 0) {
      this.events.tellMessage(data);
    } else {
      this.openInbox().hold(data);
    }
  }

  private openInbox(): Inbox {
    this.inbox ??= new Inbox(this, this.events.listeners.messages, this.capacity);
    return this.inbox;
  }
}
