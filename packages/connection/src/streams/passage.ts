/**
 * One direction of a proxy. A message that has arrived whole is sent whole; a longer one is sent in parts as they
 * arrive. While the other end takes no more, and while the end of a message in parts waits there, this one is not read.
 */
import type { Ending } from '../lifecycle/ending';
import type { PartTaker } from '../receiving/part-receiver';
import type { MessageChunk } from './message-chunk';
import { requireBytes } from './message-chunk';
import type { PartSource } from './message-reader';
import { ArrivingMessage, type MessageOwner } from './readable-message';
import { ReadHold } from './read-hold';
import type { StreamSocket } from './stream-socket';

/** Where the messages go. */
export interface PassageExit {
  /** @returns whether there is room for more; if there is none, `drain` follows */
  send(message: MessageChunk): boolean;
  /** Done when all of it was handed to the network, or never will be; does not reject. */
  sendStream(message: AsyncIterable<MessageChunk>): Promise<void>;
  on(type: 'drain', listener: () => void): unknown;
  off(type: 'drain', listener: () => void): unknown;
}

export class Passage implements PartTaker, MessageOwner {
  readonly maxLength: number;
  readonly highWaterMark: number;
  readonly #hold: ReadHold;
  readonly #giveBack: () => void;
  readonly #exit: PassageExit;
  /** The message that is being received, if it is sent in parts. */
  #arriving: ArrivingMessage | null = null;
  /** Whether the other end still takes a message in parts. */
  #isSending = false;
  #awaitsDrain = false;

  /** @throws {TypeError} `binaryType` is `'blob'`; {DOMException} InvalidStateError: something else reads the messages */
  constructor(
    entry: StreamSocket,
    source: PartSource,
    { maxLength, highWaterMark }: Omit<MessageOwner, 'more'>,
    exit: PassageExit,
  ) {
    requireBytes(entry);
    this.maxLength = maxLength;
    this.highWaterMark = highWaterMark;
    this.#exit = exit;
    this.#hold = new ReadHold(entry, 'a proxy');
    this.#giveBack = source.divert(this);
    exit.on('drain', this.#onDrain);
  }

  onPart(part: MessageChunk, isLast: boolean): void {
    if (this.#arriving === null && isLast) this.#sendWhole(part);
    else this.#pass(this.#arriving ?? this.#begin(part), part, isLast);
  }

  /** Messages are wanted. */
  more(): void {
    this.#hold.release();
  }

  /** Nothing follows. */
  end(cause: Ending['cause']): void {
    this.#exit.off('drain', this.#onDrain);
    this.#giveBack();
    this.#hold.unlock();
    this.more();
    this.#arriving?.lose(cause);
  }

  #sendWhole(message: MessageChunk): void {
    if (this.#exit.send(message)) return;
    this.#awaitsDrain = true;
    this.#hold.hold();
  }

  #begin(first: MessageChunk): ArrivingMessage {
    const message = new ArrivingMessage(this, first);
    this.#isSending = true;
    void this.#exit.sendStream(message).then(() => {
      this.#isSending = false;
      message.skip();
      this.more();
    });
    return message;
  }

  #pass(message: ArrivingMessage, part: MessageChunk, isLast: boolean): void {
    this.#arriving = isLast ? null : message;
    const isEnough = !message.add(part, isLast);
    if (isLast ? this.#isSending : isEnough) this.#hold.hold();
  }

  readonly #onDrain = (): void => {
    if (!this.#awaitsDrain) return;
    this.#awaitsDrain = false;
    this.more();
  };
}
