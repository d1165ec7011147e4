/**
 * What a WebSocket makes of the messages that are sent, as lists: in which of three places each of
 * them waits, one behind the other, and what follows for whoever sends.
 */
import { frameHeaderLength } from '@ws/frame-parser';

/** What a message weighs beside its payload while it waits in the queue, in bytes. */
const OVERHEAD = 128;

/** A code without a reason, in bytes. */
const CLOSE_LENGTH = 2;

/** Lengths are in bytes. A Blob waits in the queue until it has been read. */
export interface ModelMessage {
  readonly length: number;
  readonly isBlob: boolean;
  /** It is a ping from before the opening: its length, which counts only once it is a frame. */
  readonly pingLength?: number;
}

/** A frame that is complete. */
interface Frame {
  readonly payload: number;
  readonly length: number;
  readonly isMessage: boolean;
}

export interface AccountOptions {
  readonly highWaterMark: number;
  readonly maxBufferedAmount: number;
  readonly slowReader: 'close' | 'drop' | 'none';
}

export class AccountModel {
  state: 'connecting' | 'open' | 'closing' | 'failed' = 'connecting';
  /** The network takes nothing. */
  stalled = false;
  /** How many messages were handed over, and how many will not be. */
  taken = 0;
  given = 0;
  dropped = 0;
  drains = 0;
  private readonly options: AccountOptions;
  private readonly masks: boolean;
  /** Before the connection is open, and behind a Blob. */
  private queue: ModelMessage[] = [];
  /** While the network has not taken the last write. */
  private outbox: Frame[] = [];
  /** The last write. */
  private written: Frame[] = [];
  /** Payloads that will never be handed over. */
  private lost = 0;
  /** A drain is owed when no more than this waits. */
  private drainAt: number | null = null;
  /** A closing frame waits behind the queue. */
  private owesClose = false;

  /** @param masks whether frames have masking keys: those of a client do */
  constructor(options: AccountOptions, masks: boolean) {
    this.options = options;
    this.masks = masks;
  }

  get bufferedAmount(): number {
    const frames = [...this.outbox, ...this.written];
    const inFrames = frames.reduce((sum, { payload }) => sum + payload, 0);
    return this.lost + inFrames + this.queue.reduce((sum, { length }) => sum + length, 0);
  }

  /** A Blob is at work. */
  get reads(): boolean {
    return this.queue[0]?.isBlob === true && !['connecting', 'failed'].includes(this.state);
  }

  get isWriting(): boolean {
    return this.written.length > 0;
  }

  open(): void {
    this.state = 'open';
  }

  /** @returns what `send()` answers */
  send(message: ModelMessage): boolean {
    const { highWaterMark, slowReader } = this.options;
    if (['closing', 'failed'].includes(this.state)) {
      this.given++;
      this.lost += message.length;
      return false;
    }
    if (this.isTooMuch(message)) {
      this.dropped++;
      this.given++;
      this.drainAt = 0;
      if (slowReader === 'close') this.close();
      return false;
    }
    this.queue.push(message);
    if (this.state === 'open') this.fillOutbox();
    if (this.waiting < highWaterMark) return true;
    this.drainAt = Math.max(0, highWaterMark - 1);
    return false;
  }

  /** @returns what `ping()` answers */
  ping(length: number): boolean {
    if (this.state === 'connecting') {
      if (this.isTooMuch({ length })) return false;
      this.queue.push({ length: 0, isBlob: false, pingLength: length });
      return true;
    }
    if (this.state === 'open') this.outbox.push(this.frame(length, false));
    return this.state === 'open';
  }

  /** The Blob in front has been read. */
  read(): void {
    this.queue[0] = { ...this.queue[0]!, isBlob: false };
  }

  /** The network takes the last write. */
  take(): void {
    this.taken += this.written.filter(({ isMessage }) => isMessage).length;
    this.written = [];
  }

  /** Everything goes as far as it can. */
  settle(): void {
    if (this.state === 'open' || this.state === 'closing') {
      this.fillOutbox();
      if (this.written.length === 0) [this.written, this.outbox] = [this.outbox, []];
      if (!this.stalled) this.take();
      if (!this.stalled && this.outbox.length > 0) this.settle();
    }
    if (this.state === 'failed' || this.drainAt === null || this.waiting > this.drainAt) return;
    this.drainAt = null;
    this.drains++;
  }

  /** What waits, with what it weighs besides. */
  private get waiting(): number {
    const frames = [...this.outbox, ...this.written];
    const inQueue = this.queue.reduce((sum, { length }) => sum + length + OVERHEAD, 0);
    return inQueue + frames.reduce((sum, { length }) => sum + length, 0);
  }

  private isTooMuch({ length }: Pick<ModelMessage, 'length'>): boolean {
    const { maxBufferedAmount, slowReader } = this.options;
    const { waiting } = this;
    return slowReader !== 'none' && waiting > 0 && waiting + length > maxBufferedAmount;
  }

  private fillOutbox(): void {
    while (this.queue.length > 0 && this.queue[0]?.isBlob === false) {
      const { length, pingLength } = this.queue.shift()!;
      this.outbox.push(this.frame(pingLength ?? length, pingLength === undefined));
    }
    if (!this.owesClose || this.queue.length > 0) return;
    this.owesClose = false;
    this.outbox.push(this.frame(CLOSE_LENGTH, false));
  }

  private frame(length: number, isMessage: boolean): Frame {
    const payload = isMessage ? length : 0;
    return { payload, length: frameHeaderLength(length, this.masks) + length, isMessage };
  }

  /** Before it is open nothing of it is left; then the closing handshake begins behind all that waits. */
  private close(): void {
    if (this.state === 'open') {
      this.state = 'closing';
      this.owesClose = true;
    } else {
      this.state = 'failed';
      this.given += this.queue.filter(({ pingLength }) => pingLength === undefined).length;
      this.lost = this.bufferedAmount;
      this.queue = [];
    }
  }
}
