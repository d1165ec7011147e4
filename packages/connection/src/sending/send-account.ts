/**
 * Every byte that has been sent and waits, wherever it is: for the connection to open, behind a Blob
 * or a compressor, in the outbox, in the stream. It is there from the constructor to the end, and
 * answers four questions: whether there is room for more (`send()`), whether there is again (`drain`),
 * what is still to be handed to the network (`bufferedAmount`), and whether a message would be too
 * much (`maxBufferedAmount`). Nobody else counts.
 */
import type { ConnectionSettings } from '../options';
import { byteLengthOf, type Sendable } from '../api/send-data';
import { nextTurn } from '../support/scheduling';
import type { OutputAccount } from '../transport/transport-owner';

/** What a message that waits in a queue weighs beside its payload, in bytes. */
const OVERHEAD = 128;
/** No `drain` is owed. */
const NOT_OWED = -1;
/** A UTF-16 code unit takes at most three bytes of UTF-8. */
const UTF8_EXPANSION = 3;

/** Where bytes wait once the connection is open. */
export interface Output {
  /** Bytes that the network has not taken, framing included. */
  readonly waitingBytes: number;
  /** Those of them that are in the stream. */
  readonly streamBytes: number;
}

/** Who is told that there is room again. */
export interface DrainListener {
  onDrain(): void;
}

export class SendAccount implements OutputAccount {
  private readonly settings: ConnectionSettings;
  private output: Output | null = null;
  /** What waits to get into the outbox: payloads, and with what each message weighs besides. */
  private queued = 0;
  private queuedWeight = 0;
  /** Payload bytes in the outbox, and in the stream. */
  private boxed = 0;
  private written = 0;
  /** Payload bytes that will never be handed to the network. */
  private unsent = 0;
  /** A `drain` is owed when no more than this waits. */
  private drainAt = NOT_OWED;
  private drainScheduled = false;
  private listener: DrainListener | null = null;

  constructor(settings: ConnectionSettings) {
    this.settings = settings;
  }

  /** The connection is open. */
  open(output: Output, listener: DrainListener): void {
    this.output = output;
    this.listener = listener;
  }

  /** Payload bytes that have been sent and not been handed to the network (WHATWG WebSockets §3.1). */
  get bufferedAmount(): number {
    const written = this.written === 0 ? 0 : Math.min(this.written, this.output!.streamBytes);
    return this.queued + this.boxed + written + this.unsent;
  }

  /** All bytes that wait, with framing, and with what messages in a queue weigh. */
  get waiting(): number {
    const inOutput = this.output === null ? 0 : this.output.waitingBytes;
    return this.queuedWeight + inOutput;
  }

  /** Whether there is room for more; if there is none, a `drain` is owed. */
  hasRoom(): boolean {
    const { highWaterMark } = this.settings;
    if (this.waiting < highWaterMark) return true;
    this.drainAt = Math.max(0, highWaterMark - 1);
    return false;
  }

  /** Whether this message must not be sent: too much waits already. One alone may be of any length. */
  isTooMuch(data: Sendable): boolean {
    const { waiting } = this;
    if (waiting === 0) return false;
    const { maxBufferedAmount, slowReader } = this.settings;
    const room = maxBufferedAmount - waiting;
    // Text and bytes are quickly known to be short enough; a Blob has no length.
    const { length } = data as { readonly length?: number };
    if (length !== undefined && length * UTF8_EXPANSION <= room) return false;
    return slowReader !== 'none' && byteLengthOf(data) > room;
  }

  /** A message was not sent since it was too much: a `drain` is owed when all that waits has left. */
  refuse(): void {
    this.drainAt = 0;
  }

  /**
   * A `drain` that is due gets a turn of its own: a sender that goes on at once, to a peer that takes
   * all, would keep others waiting.
   */
  flushed(): void {
    if (this.drainScheduled || !this.isDrainDue) return;
    this.drainScheduled = true;
    nextTurn(() => this.drain());
  }

  /** A message waits to get into the outbox. */
  enqueue(byteLength: number): void {
    this.queued += byteLength;
    this.queuedWeight += byteLength + OVERHEAD;
  }

  /** It waits there no longer. */
  dequeue(byteLength: number): void {
    this.queued -= byteLength;
    this.queuedWeight -= byteLength + OVERHEAD;
  }

  /** A message's payload was put into the outbox. */
  box(byteLength: number): void {
    this.boxed += byteLength;
  }

  /** What was in the outbox has been handed to the stream. */
  write(): void {
    this.written = this.boxed;
    this.boxed = 0;
  }

  /** A payload will never be handed to the network. */
  drop(byteLength: number): void {
    this.unsent += byteLength;
  }

  /** The stream is gone, with all that was in the outbox and in it. */
  lose(): void {
    this.unsent = this.bufferedAmount - this.queued;
    this.boxed = this.written = 0;
  }

  private get isDrainDue(): boolean {
    return this.drainAt !== NOT_OWED && this.waiting <= this.drainAt;
  }

  private drain(): void {
    this.drainScheduled = false;
    if (!this.isDrainDue) return;
    this.drainAt = NOT_OWED;
    this.listener?.onDrain();
  }
}
