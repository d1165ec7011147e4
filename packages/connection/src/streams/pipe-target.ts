/**
 * What messages are piped into. However many WebSockets are piped into one destination, it has one
 * listener of each kind for all of them, and none when nothing is piped into it any more.
 */
import { EventEmitter } from 'node:events';
import { describe } from '@ws/common';
import type { MessageChunk } from './message-chunk';

/** What messages can be piped to: a stream of Node's, a WebSocket, or anything that is like them. */
export interface PipeDestination {
  /** Takes a message; exactly false says to wait for `drain`. */
  write(message: MessageChunk): unknown;
  end(): unknown;
  once(type: 'drain' | 'close', listener: () => void): unknown;
  off?(type: 'drain' | 'close', listener: () => void): unknown;
}

/** One of those that are piped into a destination. */
export interface Piped {
  /** The destination takes more. */
  onDrain(): void;
  /** The destination takes nothing any more. */
  onGone(): void;
}

const targets = new WeakMap<PipeDestination, PipeTarget>();

/**
 * The same for everyone who pipes into `destination`.
 *
 * @throws {TypeError} nothing can be piped into it
 */
export function targetOf(destination: PipeDestination): PipeTarget {
  const { write, once } = Object(destination) as Partial<PipeDestination>;
  if (typeof write !== 'function' || typeof once !== 'function') {
    throw new TypeError(
      `cannot pipe to ${describe(destination)}: pass a writable stream or a WebSocket`,
    );
  }
  let target = targets.get(destination);
  if (target === undefined) targets.set(destination, (target = new PipeTarget(destination)));
  return target;
}

export class PipeTarget {
  private readonly destination: PipeDestination;
  private readonly piped = new Set<Piped>();
  private readonly waiting = new Set<Piped>();
  private awaitsDrain = false;

  constructor(destination: PipeDestination) {
    this.destination = destination;
  }

  add(piped: Piped): void {
    if (this.piped.size === 0) this.listen();
    this.piped.add(piped);
  }

  remove(piped: Piped): void {
    this.waiting.delete(piped);
    if (this.piped.delete(piped) && this.piped.size === 0) this.stopListening();
  }

  /** @returns whether it takes more at once; if not, `onDrain` or `onGone` follows */
  write(message: MessageChunk, piped: Piped): boolean {
    if (this.isDestroyed) {
      this.onGone();
      return true;
    }
    if (this.destination.write(message) !== false) return true;
    if (!this.awaitsDrain) this.destination.once('drain', this.onDrain);
    this.awaitsDrain = true;
    this.waiting.add(piped);
    return false;
  }

  private get isDestroyed(): boolean {
    return 'destroyed' in this.destination && this.destination.destroyed === true;
  }

  private listen(): void {
    const { destination } = this;
    destination.once('close', this.onGone);
    // A stream that fails need not close. Whether the error is fatal is for others to say.
    if (destination instanceof EventEmitter) {
      destination.on(EventEmitter.errorMonitor, this.onGone);
    }
  }

  private stopListening(): void {
    const { destination } = this;
    destination.off?.('close', this.onGone);
    destination.off?.('drain', this.onDrain);
    this.awaitsDrain = false;
    if (destination instanceof EventEmitter) {
      destination.off(EventEmitter.errorMonitor, this.onGone);
    }
  }

  private readonly onDrain = (): void => {
    const waiting = [...this.waiting];
    this.awaitsDrain = false;
    this.waiting.clear();
    for (const each of waiting) each.onDrain();
  };

  private readonly onGone = (): void => {
    for (const each of [...this.piped]) each.onGone();
  };
}
