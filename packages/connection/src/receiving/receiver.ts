/**
 * What becomes of the peer's messages: extensions decode them, the application gets them at once or,
 * while it does not listen or has paused, later. Nothing is lost meanwhile, and nothing more is read
 * than may wait; a flood is read in slices, so that other connections have their turn.
 */
import type { Pipeline } from '@ws/extensions';
import { receivedBinary, type BinaryType } from '../api/binary-type';
import type { MessageData } from '../api/events';
import { Inbox, type InboxOwner } from './receive-queue';
import { IncomingExtensions, type IncomingExtensionsOwner } from './extension-decoder';
import type { ConnectionSettings } from '../options';
import type { ConnectionProtocol } from '../protocol/connection-protocol';
import type { SocketEvents } from '../api/event-dispatcher';
import { setImmediate } from '../support/host';
import type { Transport } from '../transport/transport';

/** Who is told. */
export interface IncomingOwner {
  /** Something that had to wait has been read, or given up. */
  onRead(): void;
  /** As much has been delivered as could be, and nothing holds more of it back for a while. */
  onIdle(): void;
}

/** Messages and control frames that are read before others have their turn. */
const SLICE = 1024;

export class Incoming implements InboxOwner, IncomingExtensionsOwner {
  binaryType: BinaryType = 'nodebuffer';
  private readonly owner: IncomingOwner;
  private readonly events: SocketEvents;
  private readonly protocol: ConnectionProtocol;
  private readonly transport: Transport;
  /** Null when none were agreed on. */
  private readonly extensions: IncomingExtensions | null;
  private readonly capacity: number;
  private inbox: Inbox | null = null;
  private stopped = false;
  /** Others have their turn. */
  private yields = false;
  /** What has been read since the slice began. */
  private slice = 0;

  constructor(
    owner: IncomingOwner,
    events: SocketEvents,
    protocol: ConnectionProtocol,
    transport: Transport,
    settings: ConnectionSettings,
    pipeline: Pipeline | null,
  ) {
    this.owner = owner;
    this.events = events;
    this.protocol = protocol;
    this.transport = transport;
    this.capacity = settings.highWaterMark;
    this.extensions = pipeline && new IncomingExtensions(this, protocol, pipeline, settings);
  }

  /** With the cause why extensions could not take a message, if they could not. */
  get extensionFailure(): ErrorOptions | undefined {
    return this.extensions?.failure;
  }

  get isPaused(): boolean {
    return this.inbox?.paused ?? false;
  }

  /** Whether the end of the connection has to wait for messages that came before it. */
  get delaysEnd(): boolean {
    return this.isBusy || this.inbox?.delaysEnd === true;
  }

  onText(text: string): void {
    this.deliver(text);
  }

  onBinary(data: Uint8Array): void {
    this.deliver(receivedBinary(data, this.binaryType));
  }

  onReserved(opcode: number, rsv: number, data: Uint8Array): void {
    if (!this.stopped) this.extensions?.receive(opcode, rsv, data);
  }

  /** Something has been read: to be called for every message and control frame. */
  count(): void {
    this.slice++;
    if (this.slice === SLICE / 2) this.watchTurn();
    else if (this.slice === SLICE) this.giveTurn();
  }

  /** Delivers nothing until `resume()`; the peer is made to wait (TCP back-pressure). */
  pause(): void {
    this.openInbox().paused = true;
    this.stopReading();
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
    this.goOn();
  }

  /** Nothing more is decoded, in either direction. */
  close(): void {
    this.yields = false;
    this.extensions?.close();
  }

  dispatchMessage(data: MessageData): void {
    this.events.tellMessage(data);
  }

  stopReading(): void {
    this.protocol.pause();
    this.transport.pause();
  }

  delivered(): void {
    if (this.inbox?.isEmpty === true) this.inbox = null;
    if (this.inbox === null) this.goOn();
    if (!this.isPaused && !this.isBusy) this.owner.onIdle();
  }

  onExtensionsDone(): void {
    this.readOn();
  }

  private deliver(data: MessageData): void {
    if (this.stopped) return;
    if (this.inbox !== null || !this.events.tellMessage(data)) this.openInbox().hold(data);
  }

  private openInbox(): Inbox {
    this.inbox ??= new Inbox(this, this.events.listeners.messages, this.capacity);
    return this.inbox;
  }

  /** Something takes a turn of the event loop, or more. */
  private get isBusy(): boolean {
    return this.yields || this.extensions?.isBusy === true;
  }

  /** What comes a little at a time is never held up: its slice begins anew before it is full. */
  private watchTurn(): void {
    setImmediate(() => this.beginSlice());
  }

  private beginSlice(): void {
    this.slice = 0;
    if (!this.yields) return;
    this.yields = false;
    this.readOn();
  }

  /** Until the turn that `watchTurn()` waits for. */
  private giveTurn(): void {
    this.yields = true;
    this.stopReading();
  }

  private readOn(): void {
    this.goOn();
    if (!this.delaysEnd) this.owner.onIdle();
  }

  /** Goes on where reading was stopped, unless something else has stopped it, too. */
  private goOn(): void {
    if (!this.isBusy && this.inbox?.stopsReading !== true) {
      this.transport.resume();
      this.transport.inOneWrite(() => this.protocol.resume());
    }
    this.owner.onRead();
  }
}
