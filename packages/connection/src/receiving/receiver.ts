/**
 * What becomes of the peer's messages: extensions decode them, the application gets them at once or,
 * while it does not listen or has paused, later. It is there from the constructor on, since an
 * application may pause before the connection is open; why reading stands still is for its gate to say.
 */
import type { Pipeline } from '@ws/extensions';
import type { ViolationCode } from '@ws/frame-parser';
import { receivedBinary, type BinaryType } from '../api/binary-type';
import { observeReceived, type Observed } from '../diagnostics/observed';
import type { Dispatcher } from '../lifecycle/dispatcher';
import type { KeepAlive } from '../lifecycle/keep-alive';
import type { ConnectionSettings } from '../options';
import type { ConnectionProtocol, MessageReceiver } from '../protocol/connection-protocol';
import { shareOfTurn } from '../support/turns';
import type { Transport } from '../transport/transport';
import { ExtensionDecoder, type ExtensionDecoderOwner } from './extension-decoder';
import type { AnyMessageData } from './message-data';
import { PartReceiver, type PartOwner, type PartTaker } from './part-receiver';
import { ReadBudget } from './read-budget';
import { READ_BLOCK } from './read-gate';
import { ReceiveQueue, type ReceiveQueueOwner } from './receive-queue';
import { TextBuffer } from './text-buffer';

/** The connection, once it is open, as its receiver sees it. */
export interface ReceiverOwner {
  readonly protocol: ConnectionProtocol;
  readonly transport: Transport;
  /** Null unless it is asked for. */
  readonly keepAlive: KeepAlive | null;
  /** Something that had to wait has been read, or given up. */
  onRead(): void;
  /** As much has been delivered as could be, and nothing holds more of it back for a while. */
  onIdle(): void;
  /** The application has paused. */
  onPaused(): void;
}

/** Who gets messages. */
type MessageListener = Pick<Dispatcher, 'isHeard' | 'message' | 'whenListened'>;

/** Who is told from the constructor on, and how it is to be done. */
export interface ReceiverListener extends Observed {
  readonly dispatcher: MessageListener;
  readonly settings: ConnectionSettings;
}

type Owner = MessageReceiver & ReceiveQueueOwner & ExtensionDecoderOwner & PartOwner;

export class Receiver extends ReadBudget implements Owner {
  binaryType: BinaryType = 'nodebuffer';
  /** Messages that were dropped since nobody listened to them for too long. */
  unheardMessages = 0;
  private listener: ReceiverListener;
  /** Null before the connection is open. */
  private owner: ReceiverOwner | null = null;
  extensions: ExtensionDecoder | null = null;
  private queue: ReceiveQueue | null = null;
  /** Made when messages are first taken as they arrive; most connections are not to pay for it. */
  declare private parts: PartReceiver | undefined;
  /** The application wants no more messages: it has closed. */
  private discards = false;

  constructor(listener: ReceiverListener) {
    super();
    this.listener = listener;
  }

  /** The connection is open. */
  open(owner: ReceiverOwner, pipeline: Pipeline | null): void {
    this.owner = owner;
    this.extensions =
      pipeline && new ExtensionDecoder(this, owner.protocol, pipeline, this.listener.settings);
    if (!this.isReading) this.stopReading();
    if (this.parts?.isHeard === true) this.deliverParts(this.parts);
  }

  /** With the cause why extensions could not take a message, if they could not. */
  get extensionFailure(): ErrorOptions | undefined {
    return this.extensions?.failure;
  }

  get isPaused(): boolean {
    return this.queue?.paused ?? false;
  }

  get isHeard(): boolean {
    return this.listener.dispatcher.isHeard;
  }

  get deliveryShare(): number {
    return shareOfTurn();
  }

  /** Whether the end of the connection has to wait for messages that came before it. */
  get delaysEnd(): boolean {
    if (this.isBlockedBy(READ_BLOCK.TURN | READ_BLOCK.EXTENSION)) return true;
    return this.queue?.delaysEnd === true || (this.isPaused && this.hasUnread);
  }

  onText(text: string, byteLength: number, isCompressed: boolean = false): void {
    if (!this.takes(byteLength, true, isCompressed)) return;
    if (this.queue !== null || !this.listener.dispatcher.message(text)) this.openQueue().add(text);
  }

  onBinary(data: Uint8Array, isCompressed: boolean = false): void {
    if (!this.takes(data.length, false, isCompressed)) return;
    const received = receivedBinary(data, this.binaryType);
    if (this.queue !== null || !this.listener.dispatcher.message(received))
      this.openQueue().add(received);
  }

  onTextBytes(data: Uint8Array, isCompressed: boolean = false): void {
    if (!this.takes(data.length, true, isCompressed)) return;
    const text = TextBuffer.over(data);
    if (this.queue !== null || !this.listener.dispatcher.message(text)) this.openQueue().add(text);
  }

  onReserved(opcode: number, rsv: number, data: Uint8Array): void {
    if (!this.discards) this.extensions?.receive(opcode, rsv, data);
  }

  onRestored(bytes: number): void {
    this.chargeRestored(bytes);
  }

  /** Delivers nothing until `resume()`; the peer is made to wait (TCP back-pressure). */
  pause(): void {
    this.openQueue().pause();
    this.block(READ_BLOCK.APPLICATION);
    this.owner?.onPaused();
  }

  resume(): void {
    this.queue?.resume();
  }

  /**
   * Has messages go to `taker` as they arrive, in the place of the listeners.
   *
   * @returns gives them back to the listeners
   */
  divert(taker: PartTaker): () => void {
    const { listener } = this;
    const { settings, websocket, traffic } = listener;
    this.parts ??= new PartReceiver(this);
    this.parts.divert(taker);
    this.listener = { dispatcher: this.parts, settings, websocket, traffic };
    this.deliverParts(this.parts);
    this.queue?.onListener();
    return () => {
      this.parts?.divert(null);
      this.deliverParts(null);
      this.listener = listener;
    };
  }

  onPartsEnd(byteLength: number, isText: boolean, isCompressed: boolean): void {
    observeReceived(this.listener, byteLength, isText, isCompressed);
  }

  onPart(): boolean {
    const { protocol, keepAlive } = this.owner!;
    keepAlive?.messagePassed();
    return !this.discards && (protocol.state === 'open' || protocol.takesLate());
  }

  fail(violation: ViolationCode): void {
    this.owner!.protocol.fail(violation);
  }

  /** Forgets what waits, that the application has paused, and whatever comes from now on. */
  discard(): void {
    this.discards = true;
    this.queue?.discard();
    this.queue = null;
    this.unblock(READ_BLOCK.APPLICATION | READ_BLOCK.QUEUE);
    this.parts?.onRoom();
    this.owner?.onRead();
  }

  /** Nothing more is decoded, in either direction. */
  close(): void {
    this.block(READ_BLOCK.CLOSING);
    this.unblock(READ_BLOCK.TURN | READ_BLOCK.EXTENSION);
    this.parts?.onRoom();
    this.extensions?.close();
  }

  dispatchMessage(data: AnyMessageData): void {
    this.listener.dispatcher.message(data);
  }

  whenListened(action: (() => void) | null): void {
    this.listener.dispatcher.whenListened(action);
  }

  onQueueFull(): void {
    this.block(READ_BLOCK.QUEUE);
  }

  onQueueRoom(): void {
    this.unblock(READ_BLOCK.QUEUE);
    this.lookForEnd();
  }

  onQueueUnheard(): void {
    this.unblock(READ_BLOCK.APPLICATION);
  }

  onQueueDone(): void {
    this.queue = null;
    this.unblock(READ_BLOCK.APPLICATION | READ_BLOCK.QUEUE);
    this.lookForEnd();
  }

  onUnheard(messages: number): void {
    this.unheardMessages += messages;
  }

  protected onShare(): void {
    this.lookForEnd();
  }

  onExtensionBusy(): void {
    this.block(READ_BLOCK.EXTENSION);
  }

  onExtensionDone(): void {
    this.unblock(READ_BLOCK.EXTENSION);
    this.lookForEnd();
  }

  protected stopReading(): void {
    this.owner?.protocol.pause();
    this.owner?.transport.pause();
  }

  protected goOnReading(): void {
    const { owner } = this;
    if (owner === null) return;
    owner.transport.resume();
    owner.transport.inOneWrite(() => owner.protocol.resume());
  }

  /** Whether a message that has come is wanted. */
  private takes(byteLength: number, isText: boolean, isCompressed: boolean): boolean {
    this.owner!.keepAlive?.messagePassed();
    if (this.discards) return false;
    observeReceived(this.listener, byteLength, isText, isCompressed);
    return true;
  }

  /** Whether messages wait that the protocol has not read. */
  private get hasUnread(): boolean {
    return (this.owner?.protocol.decoder.bufferedBytes ?? 0) > 0;
  }

  /** Versions without fragments have messages whole. */
  private deliverParts(sink: PartReceiver | null): void {
    this.owner?.protocol.decoder.deliverParts?.(sink);
  }

  private openQueue(): ReceiveQueue {
    const { highWaterMark, unheardTimeout } = this.listener.settings;
    return (this.queue ??= new ReceiveQueue(this, highWaterMark, unheardTimeout));
  }

  /** What had to wait for something else may be due now. */
  private lookForEnd(): void {
    this.parts?.onRoom();
    this.owner?.onRead();
    if (!this.delaysEnd && !this.isPaused) this.owner?.onIdle();
  }
}
