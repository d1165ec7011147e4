/**
 * Every byte that has been sent and waits, wherever it is: for the connection to open, behind a Blob
 * or a compressor, in the outbox, in the stream. It is there from the constructor to the end, and
 * answers four questions: whether there is room for more (`send()`), whether there is again (`drain`),
 * what is still to be handed to the network (`bufferedAmount`), and whether a message would be too
 * much (`maxBufferedAmount`). Nobody else counts.
 */
import type { ConnectionSettings } from '../options';
import { byteLengthOf, type Sendable } from '../api/send-data';
import { awaitTurn, spend, type Waiting } from '../support/turns';
import type { OutputAccount } from '../transport/transport-owner';

/** What a message that waits in a queue weighs beside its payload, in bytes. */
const OVERHEAD = 128;
/** No `drain` is owed. */
const NOT_OWED = -1;
/** A UTF-16 code unit takes at most three bytes of UTF-8. */
const UTF8_EXPANSION = 3;

/** What a message takes at most, quickly known: with its header, and in a queue. A Blob has no length. */
export function mostBytesOf(data: Sendable): number {
  const { length } = data as { readonly length?: number };
  return length === undefined ? Infinity : length * UTF8_EXPANSION + OVERHEAD;
}

/** Where bytes wait once the connection is open. */
export interface Output {
  /** Bytes that the network has not taken, framing included. */
  readonly waitingBytes: number;
  /** Those of them that are in the stream. */
  readonly streamBytes: number;
  /** There is room again. */
  onRoom(): void;
}

/** What waits to get into the outbox. */
export interface Queued {
  /** Payloads. */
  readonly bytes: number;
  readonly messages: number;
  /** Messages, and parts of them, that have got there. */
  moved: number;
}

/** Messages that all connections have put into their outboxes: how many is asked of single calls. */
let boxedMessages = 0;

/** The account of one sender, which is made from it: every connection has one of each. */
export abstract class SendAccount implements OutputAccount, Waiting {
  /** Null while nothing waits there. */
  protected queue: Queued | null = null;
  /** Payload bytes in the outbox, and in the stream. */
  private boxed = 0;
  private written = 0;
  /** Payload bytes that will never be handed to the network. */
  private unsent = 0;
  /** A `drain` is owed when no more than this waits. */
  private drainAt = NOT_OWED;
  private drainScheduled = false;

  abstract get settings(): ConnectionSettings;

  /** Null before the connection is open. */
  protected abstract get output(): Output | null;

  /** Payload bytes that have been sent and not been handed to the network (WHATWG WebSockets §3.1). */
  get bufferedAmount(): number {
    return this.queuedBytes + this.boxed + this.writtenBytes + this.unsent;
  }

  /** All bytes that wait, with framing, and with what messages in a queue weigh. */
  get waiting(): number {
    const { output, queue } = this;
    const inOutput = output === null ? 0 : output.waitingBytes;
    return queue === null ? inOutput : inOutput + queue.bytes + queue.messages * OVERHEAD;
  }

  /** A number that falls when anything of what waits to get into the outbox has, or was given up. */
  get queueMark(): number {
    return this.queue === null ? -Infinity : this.queue.messages - this.queue.moved;
  }

  /** Whether payloads wait in the outbox or the stream. */
  get isLeaving(): boolean {
    return this.boxed + this.writtenBytes > 0;
  }

  /**
   * Whether there is room for more; if there is none, a `drain` is owed.
   *
   * @param atMost what waits at most: where that is little, nothing is counted
   */
  protected hasRoom(atMost: number): boolean {
    const { highWaterMark } = this.settings;
    if (atMost < highWaterMark || this.waiting < highWaterMark) return true;
    this.drainAt = Math.max(0, highWaterMark - 1);
    return false;
  }

  /**
   * Whether a message must not be sent: too much waits already. One alone may be of any length.
   *
   * @param waiting what waits
   * @param most what the message takes at most
   */
  protected isTooMuch(data: Sendable, waiting: number, most: number): boolean {
    if (waiting === 0) return false;
    const { maxBufferedAmount, slowReader } = this.settings;
    const room = maxBufferedAmount - waiting;
    return most > room && slowReader !== 'none' && byteLengthOf(data) > room;
  }

  /** A message was not sent since it was too much: a `drain` is owed when all that waits has left. */
  protected oweDrain(): void {
    this.drainAt = 0;
  }

  /**
   * A `drain` that is due takes its turn: a sender that goes on at once, to a peer that takes all, would
   * keep others waiting.
   */
  flushed(): void {
    if (this.drainScheduled || !this.isDrainDue) return;
    this.drainScheduled = true;
    awaitTurn(this);
  }

  /** What is sent at once is charged to the turn: messages, and every KiB of them. */
  onTurn(): void {
    this.drainScheduled = false;
    if (!this.isDrainDue) return;
    this.drainAt = NOT_OWED;
    const before = boxedMessages;
    this.output?.onRoom();
    spend(boxedMessages - before + Math.ceil(this.boxed / 1024));
  }

  /** A message's payload was put into the outbox. */
  box(byteLength: number): void {
    boxedMessages++;
    if (this.queue !== null) this.queue.moved++;
    this.boxed += byteLength;
  }

  leaving(): void {
    this.written = this.boxed;
    this.boxed = 0;
  }

  /** A payload will never be handed to the network. */
  protected drop(byteLength: number): void {
    this.unsent += byteLength;
  }

  lose(): void {
    this.unsent = this.bufferedAmount - this.queuedBytes;
    this.boxed = this.written = 0;
  }

  private get queuedBytes(): number {
    return this.queue === null ? 0 : this.queue.bytes;
  }

  /** All of a write counts until the network has taken all of it: extensions change lengths. */
  private get writtenBytes(): number {
    return this.written > 0 && this.output!.streamBytes > 0 ? this.written : 0;
  }

  private get isDrainDue(): boolean {
    return this.drainAt !== NOT_OWED && this.waiting <= this.drainAt;
  }
}
