/**
 * Writes to a Node stream, and knows what the network has taken of it. One network behind another, with
 * wrapped sockets in between: only of a socket of Node's own is it known when `write()` returns.
 */
import type { Duplex } from 'node:stream';
import type { OutboxWriter } from '../protocol/outbox';
import { WrittenCallbacks, type SendCallback, type Written } from '../sending/written-callbacks';
import { isPlain, isSocket, writeQueueSize } from './plain-socket';

const NO_BYTES = new Uint8Array(0);

/** What is so at the moment; one number, since every connection has it. */
export const STATE = {
  /** Nothing is read. */
  PAUSED: 1,
  /** The stream is gone. */
  LOST: 2,
  /** What is sent leaves when this ends: a chunk is processed. */
  CORKED: 4,
  /** What is sent leaves at the end of the tick. */
  FLUSH_SCHEDULED: 8,
  /** The writing side ends behind what waits. */
  ENDING: 16,
  /** The network has not taken all that was written. */
  CONGESTED: 32,
  /** The stream is a socket of Node's, without TLS. */
  SOCKET: 64,
} as const;

export abstract class StreamWriter implements OutboxWriter {
  protected readonly stream: Duplex;
  protected state = 0;
  protected callbacks: WrittenCallbacks | null = null;
  /** Counts the writes, up to the one that may be under way. */
  private writes = 0;

  constructor(stream: Duplex) {
    this.stream = stream;
    if (isSocket(stream)) this.state = STATE.SOCKET;
  }

  /** The network has not taken all that was written. */
  get isCongested(): boolean {
    return (this.state & STATE.CONGESTED) !== 0;
  }

  get streamBytes(): number {
    return this.isCongested ? this.stream.writableLength : 0;
  }

  /** A number that is another one when the network has taken bytes. */
  get writeMark(): number {
    if (!this.isCongested) return this.writes;
    return this.writes - 1 / (2 + writeQueueSize(this.stream));
  }

  /** Has `callback` called when what is in the outbox now was handed to the network. */
  whenWritten(callback: SendCallback): void {
    (this.callbacks ??= new WrittenCallbacks()).add(callback);
  }

  write(bytes: Uint8Array): boolean {
    const confirmation = this.confirmation();
    this.stream.write(bytes, confirmation);
    return this.hasTaken(confirmation !== undefined);
  }

  writeAll(pieces: readonly Uint8Array[]): boolean {
    const { stream } = this;
    const confirmation = this.confirmation();
    const last = pieces.length - 1;
    stream.cork();
    pieces.forEach((piece, index) => {
      stream.write(piece, index === last ? confirmation : undefined);
    });
    stream.uncork();
    return this.hasTaken(confirmation !== undefined);
  }

  get knowsReaders(): boolean {
    return this.isPlainSocket;
  }

  /** The network has taken all that was written. */
  protected abstract onAllTaken(): void;

  /** Asked for every write: somebody may wrap a socket at any time. */
  private get isPlainSocket(): boolean {
    return (this.state & STATE.SOCKET) !== 0 && isPlain(this.stream);
  }

  protected get isLost(): boolean {
    return (this.state & STATE.LOST) !== 0;
  }

  /** The stream has room again, and may have handed over all. */
  protected onDrained(): void {
    this.onTaken(this.writes);
  }

  /**
   * What the stream is to call when it has written. A socket tells whether the kernel has taken a
   * write when `write()` returns, so that most need none; others take their time.
   */
  private confirmation(): Written | undefined {
    const { callbacks } = this;
    const write = (this.writes = (this.writes + 1) | 0);
    if (callbacks?.isWaiting === true) {
      const written = callbacks.follow();
      return (error) => {
        written(error);
        this.onTaken(write);
      };
    }
    return this.isPlainSocket ? undefined : () => this.onTaken(write);
  }

  /** @returns whether it is certain that nobody reads what was written any more */
  private hasTaken(isConfirmed: boolean): boolean {
    const { stream, writes } = this;
    if (stream.writableLength === 0) return this.isPlainSocket;
    this.state |= STATE.CONGESTED;
    // A stream that holds less than it may does not tell when it has taken it, but for a write behind it.
    if (!isConfirmed && !stream.writableNeedDrain)
      stream.write(NO_BYTES, () => this.onTaken(writes));
    return false;
  }

  /** The stream has handed over all up to a write: the last one, perhaps. */
  private onTaken(write: number): void {
    if (!this.isCongested || this.isLost || write !== this.writes) return;
    this.state &= ~STATE.CONGESTED;
    this.onAllTaken();
  }
}
