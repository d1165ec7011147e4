/**
 * An innocent client: one small message every few milliseconds, whether or not the ones before have come
 * back. So a server that stands still is seen by every message of that time, and not by one alone.
 */
import type { Socket } from 'node:net';
import { figuresOf, type Figures } from './figures';
import { frame, TEXT } from './frames';
import { connected, open } from './opening';

const INTERVAL_MS = 5;
const MESSAGE = frame(TEXT, 'are you there?');
/** The server's frame has no mask (RFC 6455 §5.1). */
const ECHO_LENGTH = MESSAGE.length - 4;

export class Innocent {
  readonly #socket: Socket;
  /** When the messages that are on their way were sent, in order. */
  #onTheirWay: number[] = [];
  #roundTrips: number[] = [];
  #delays: number[] = [];
  #timer: NodeJS.Timeout | undefined;
  #received = 0;
  #onAnswered: () => void = () => undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', ({ length }: Buffer) => this.#receive(length));
    socket.on('close', () => this.#onAnswered());
  }

  static async open(port: number): Promise<Innocent> {
    const socket = await connected(port);
    await open(socket, 'plain');
    return new Innocent(socket);
  }

  /** Begins to send. */
  start(): void {
    this.#plan(performance.now() + INTERVAL_MS);
  }

  /** Forgets what was measured until now. */
  forget(): void {
    this.#roundTrips = [];
    this.#delays = [];
  }

  /** Sends no more; resolves when all has come back, or after `patience` milliseconds. */
  async stop(patience: number): Promise<Figures> {
    clearTimeout(this.#timer);
    await this.#answered(patience);
    const now = performance.now();
    const waiting = this.#onTheirWay.map((sent) => now - sent);
    this.#socket.destroy();
    return figuresOf(this.#roundTrips, waiting, this.#delays);
  }

  #plan(due: number): void {
    this.#timer = setTimeout(() => {
      const now = performance.now();
      this.#delays.push(Math.max(0, now - due));
      this.#onTheirWay.push(now);
      if (this.#socket.writable) this.#socket.write(MESSAGE);
      this.#plan(now + INTERVAL_MS);
    }, due - performance.now());
  }

  #receive(length: number): void {
    this.#received += length;
    const echoes = Math.floor(this.#received / ECHO_LENGTH);
    this.#received -= echoes * ECHO_LENGTH;
    const now = performance.now();
    for (const sent of this.#onTheirWay.splice(0, echoes)) this.#roundTrips.push(now - sent);
    this.#onAnswered();
  }

  #answered(patience: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, patience);
      this.#onAnswered = () => {
        if (this.#onTheirWay.length > 0 && !this.#socket.destroyed) return;
        clearTimeout(timer);
        resolve();
      };
      this.#onAnswered();
    });
  }
}
