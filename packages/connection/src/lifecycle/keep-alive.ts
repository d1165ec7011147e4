/**
 * Whether the peer is still there: pings it when it has been silent for an interval, and gives it up
 * when it stays silent (RFC 6455 §5.5.2), or when no message has passed for too long. Anything that
 * arrives is a sign of life, and so is the network taking what had to wait; while nothing is read, nothing is judged.
 * Exists only for connections that ask for it.
 */
import type { Slot, Timed, Wheel } from '../support/timer-wheel';

export interface KeepAliveSettings {
  /** Milliseconds of silence after which the peer is pinged; Infinity: never. */
  readonly pingInterval: number;
  /** Milliseconds that an answer may take. */
  readonly pingTimeout: number;
  /** Milliseconds without a message in either direction; Infinity: any number. */
  readonly idleTimeout: number;
}

/** Who acts on it. */
export interface KeepAliveOwner {
  /** Whether what the peer sends is read now. */
  readonly isReading: boolean;
  /** Whether the application itself holds messages back. */
  readonly isHeldBack: boolean;
  /** A number that is another one when the network has taken bytes of ours that had to wait. */
  readonly writeMark: number;
  /** A number that is another one when bytes of an unfinished message have moved, either way. */
  readonly messageMark: number;
  /** Sends a ping, at once if the network takes it. */
  pingPeer(): void;
  giveUp(deadline: 'pong' | 'idle'): void;
}

export class KeepAlive implements Timed {
  slot: Slot | null = null;
  private readonly settings: KeepAliveSettings;
  private readonly pingInterval: number;
  private readonly owner: KeepAliveOwner;
  private readonly wheel: Wheel;
  private heardAt: number;
  private messageAt: number;
  private pingedAt = Infinity;
  /** The owner's marks as they were at the last look. */
  private writeMark = 0;
  private messageMark = 0;

  /** @param canPing whether the peer's protocol version has pings */
  constructor(settings: KeepAliveSettings, canPing: boolean, owner: KeepAliveOwner, wheel: Wheel) {
    this.settings = settings;
    this.pingInterval = canPing ? settings.pingInterval : Infinity;
    this.owner = owner;
    this.wheel = wheel;
    this.heardAt = this.messageAt = wheel.now();
    this.setDeadline();
  }

  /** Something has arrived. */
  heard(): void {
    this.heardAt = this.wheel.now();
    if (this.pingedAt === Infinity) return;
    this.pingedAt = Infinity;
    this.setDeadline();
  }

  /** A message was received or sent. */
  messagePassed(): void {
    this.messageAt = this.wheel.now();
  }

  stop(): void {
    this.wheel.clear(this);
  }

  onDeadline(): void {
    const now = this.wheel.now();
    this.lookForMovement(now);
    if (now >= this.idleDue) {
      this.owner.giveUp('idle');
    } else if (now >= this.answerDue) {
      this.owner.giveUp('pong');
    } else {
      if (now >= this.pingDue) this.ping(now);
      this.setDeadline();
    }
  }

  /** What has moved since the last look counts as if it had moved now. */
  private lookForMovement(now: number): void {
    const { owner } = this;
    const { writeMark, messageMark } = owner;
    if (owner.isHeldBack || messageMark !== this.messageMark) this.messageAt = now;
    if (this.pingedAt < Infinity) {
      if (!owner.isReading) this.forgetPing(now);
      else if (writeMark !== this.writeMark) this.pingedAt = now;
    }
    this.writeMark = writeMark;
    this.messageMark = messageMark;
  }

  /** Also to a peer that is not read from: writing finds one that is gone. */
  private ping(now: number): void {
    const { owner } = this;
    this.pingedAt = now;
    if (!owner.isReading) this.forgetPing(now);
    owner.pingPeer();
    this.writeMark = owner.writeMark;
  }

  /** Its answer would not be read. */
  private forgetPing(now: number): void {
    this.pingedAt = Infinity;
    this.heardAt = now;
  }

  private setDeadline(): void {
    const due = Math.min(this.idleDue, this.answerDue, this.pingDue);
    if (due < Infinity) this.wheel.set(this, due - this.wheel.now());
  }

  private get idleDue(): number {
    return this.messageAt + this.settings.idleTimeout;
  }

  private get answerDue(): number {
    return this.pingedAt + this.settings.pingTimeout;
  }

  /** No second ping while the first is not answered. */
  private get pingDue(): number {
    return this.pingedAt < Infinity ? Infinity : this.heardAt + this.pingInterval;
  }
}

/** Whether the settings ask for any of it. A peer that cannot be pinged is watched for idleness alone. */
export function isKeptAlive(settings: KeepAliveSettings, canPing: boolean): boolean {
  return (canPing && settings.pingInterval < Infinity) || settings.idleTimeout < Infinity;
}
