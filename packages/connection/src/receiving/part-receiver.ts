/**
 * Messages in parts, as they arrive, for who takes them in the place of the listeners. Those that there
 * are only whole (they waited already; the hixie drafts) have one part.
 */
import type { PartSink, ViolationCode } from '@ws/frame-parser';
import { chunkOf, type MessageChunk } from '../streams/message-chunk';
import { isolated } from '../support/callbacks';
import type { ExtensionDecoder } from './extension-decoder';
import type { AnyMessageData } from './message-data';
import { READ_BLOCK, type ReadBlock } from './read-gate';
import { RestoredParts, type RestoredPartsOwner } from './restored-parts';
import { TextBuffer } from './text-buffer';

/** Who takes them. */
export interface PartTaker {
  /**
   * @param part text, cut between code points, or bytes that are the taker's. Empty only if it is the last
   * @param isLast whether the message ends with it
   */
  onPart(part: MessageChunk, isLast: boolean): void;
}

/** The connection's receiver. */
export interface PartOwner {
  /** Null when none were agreed on. */
  readonly extensions: ExtensionDecoder | null;
  isBlockedBy(reasons: ReadBlock): boolean;
  /** Something of a message has come. @returns whether messages are still wanted */
  onPart(): boolean;
  /** All of a message has come. */
  onPartsEnd(byteLength: number, isText: boolean, isCompressed: boolean): void;
  /** So many bytes have been made of what the peer has sent. */
  onRestored(bytes: number): void;
  fail(violation: ViolationCode): void;
}

/** What holds up the next piece of a message that extensions restore. */
const NO_ROOM: ReadBlock = READ_BLOCK.APPLICATION | READ_BLOCK.TURN;

export class PartReceiver implements PartSink, RestoredPartsOwner {
  private readonly owner: PartOwner;
  /** Who gets the messages that begin from now on. */
  private taker: PartTaker | null = null;
  /** Who gets the message that is arriving; null: it is skipped. */
  private current: PartTaker | null = null;
  private isWithin = false;
  /** Of the message that is arriving, as far as it has. */
  private byteLength = 0;
  private isCompressed = false;
  /** The message that extensions are at work on. */
  private restored: RestoredParts | null = null;
  /** Lets the next piece of it come. */
  private letOn: (() => void) | null = null;

  constructor(owner: PartOwner) {
    this.owner = owner;
  }

  /** Whether messages are to be delivered here. */
  get isHeard(): boolean {
    return this.taker !== null;
  }

  /** What follows of a message that is arriving goes to nobody. */
  divert(taker: PartTaker | null): void {
    this.taker = taker;
    this.current = null;
  }

  message(data: AnyMessageData): boolean {
    isolated(() => this.take(data instanceof TextBuffer ? data.toString() : chunkOf(data), true));
    return true;
  }

  whenListened(): void {
    // somebody does: the taker
  }

  onTextPart(text: string, isLast: boolean): void {
    if (!this.owner.onPart()) return;
    this.count(Buffer.byteLength(text), true, isLast);
    this.take(text, isLast);
  }

  onBinaryPart(data: Uint8Array, isLast: boolean): void {
    if (!this.owner.onPart()) return;
    this.count(data.byteLength, false, isLast);
    this.take(data as Buffer, isLast);
  }

  onReservedPart(opcode: number, rsv: number, data: Uint8Array, isLast: boolean): void {
    const { extensions } = this.owner;
    if (!this.owner.onPart() || extensions === null) return;
    extensions.work(() => {
      this.restored ??= new RestoredParts(opcode, extensions.begin(opcode, rsv), this);
      const message = this.restored;
      this.isCompressed ||= rsv !== 0;
      if (isLast) this.restored = null;
      return message.push(data, isLast);
    });
  }

  onRestored(bytes: number): void {
    this.owner.onRestored(bytes);
  }

  room(): Promise<void> | undefined {
    if (!this.owner.isBlockedBy(NO_ROOM)) return undefined;
    return new Promise((resolve) => (this.letOn = resolve));
  }

  /** There may be room. */
  onRoom(): void {
    const { letOn } = this;
    if (letOn === null || this.owner.isBlockedBy(NO_ROOM)) return;
    this.letOn = null;
    letOn();
  }

  fail(violation: ViolationCode): void {
    this.owner.fail(violation);
  }

  private count(byteLength: number, isText: boolean, isLast: boolean): void {
    this.byteLength += byteLength;
    if (!isLast) return;
    const whole = this.byteLength;
    const { isCompressed } = this;
    this.byteLength = 0;
    this.isCompressed = false;
    this.owner.onPartsEnd(whole, isText, isCompressed);
  }

  private take(part: MessageChunk, isLast: boolean): void {
    if (!this.isWithin) this.current = this.taker;
    this.isWithin = !isLast;
    this.current?.onPart(part, isLast);
  }
}
