/**
 * Whether the peer is still there: pings it when it has been silent for an interval, and gives it up
 * when it stays silent (RFC 6455 §5.5.2), or when no message has passed for too long. Anything that
 * arrives is a sign of life. Exists only for connections that ask for it.
 */
import type { ConnectionErrorCode } from './connection-error';
import type { Slot, Timed, TimerWheel } from '../support/timer-wheel';

export interface LivenessSettings {
  /** Milliseconds of silence after which the peer is pinged; Infinity: never. */
  readonly pingInterval: number;
  /** Milliseconds that an answer may take. */
  readonly pingTimeout: number;
  /** Milliseconds without a message in either direction; Infinity: any number. */
  readonly idleTimeout: number;
}

/** Who acts on it. */
export interface LivenessOwner {
  /** Whether the peer would be heard: not while this side has stopped reading. */
  readonly isListening: boolean;
  pingPeer(): void;
  giveUp(code: ConnectionErrorCode): void;
}

export class Liveness implements Timed {
  slot: Slot | null = null;
  private readonly settings: LivenessSettings;
  private readonly owner: LivenessOwner;
  private readonly wheel: TimerWheel;
  private heardAt: number;
  private messageAt: number;
  private pingedAt = Infinity;

  constructor(settings: LivenessSettings, owner: LivenessOwner, wheel: TimerWheel) {
    this.settings = settings;
    this.owner = owner;
    this.wheel = wheel;
    this.heardAt = this.messageAt = wheel.now();
    this.setDeadline();
  }

  /** Something has arrived, or could not have been read if it had. */
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
    // The answer may be there, and only wait to be read.
    if (!this.owner.isListening) this.heard();
    if (now >= this.idleDue) {
      this.owner.giveUp('WS_ERR_IDLE_TIMEOUT');
    } else if (now >= this.answerDue) {
      this.owner.giveUp('WS_ERR_PING_TIMEOUT');
    } else {
      if (now >= this.pingDue) this.ping(now);
      this.setDeadline();
    }
  }

  private ping(now: number): void {
    this.pingedAt = now;
    this.owner.pingPeer();
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
    return this.pingedAt < Infinity ? Infinity : this.heardAt + this.settings.pingInterval;
  }
}

/** The watch that the settings ask for, if any. A peer that cannot be pinged is watched for idleness alone. */
export function livenessOf(
  settings: LivenessSettings,
  canPing: boolean,
  owner: LivenessOwner,
  wheel: TimerWheel,
): Liveness | null {
  const { idleTimeout, pingTimeout } = settings;
  const pingInterval = canPing ? settings.pingInterval : Infinity;
  // Most connections ask for none: they are not to pay for it.
  if (pingInterval === Infinity && idleTimeout === Infinity) return null;
  return new Liveness({ pingInterval, pingTimeout, idleTimeout }, owner, wheel);
}
