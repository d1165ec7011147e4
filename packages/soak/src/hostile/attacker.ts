/** Attackers: each of them one connection at a time, over and over again, until it is stopped. */
import type { Socket } from 'node:net';
import { setImmediate, setTimeout } from 'node:timers/promises';
import type { Flood, Visits } from './attacks';
import { BAD_REQUEST, connected, open } from './opening';

/** Between an attempt that failed and the next: a server that is gone is not to keep a core busy. */
const PAUSE_MS = 10;

export class Attacker {
  readonly #port: number;
  readonly #plan: Flood | Visits;
  #socket: Socket | null = null;
  #isStopped = false;
  #sent = 0;

  constructor(port: number, plan: Flood | Visits) {
    this.#port = port;
    this.#plan = plan;
  }

  /** Resolves when it has been stopped. */
  async run(): Promise<void> {
    while (!this.#isStopped) {
      try {
        await this.#once();
      } catch {
        await setTimeout(PAUSE_MS);
      }
    }
  }

  stop(): void {
    this.#isStopped = true;
    this.#socket?.resetAndDestroy();
  }

  /** One connection, which is reset in the end. */
  async #once(): Promise<void> {
    const socket = await connected(this.#port);
    this.#socket = socket;
    try {
      if (!this.#isStopped) await this.#use(socket);
    } finally {
      socket.resetAndDestroy();
    }
  }

  #use(socket: Socket): Promise<void> {
    const plan = this.#plan;
    switch (plan.kind) {
      case 'flood':
        return this.#flood(socket, plan);
      case 'resets':
        return open(socket, 'plain');
      case 'refusals':
        socket.resume();
        socket.write(BAD_REQUEST);
        return settled(socket, ['end', 'close']);
      default:
        return plan satisfies never;
    }
  }

  async #flood(socket: Socket, flood: Flood): Promise<void> {
    await open(socket, flood.opening, flood.path);
    if (flood.reads) socket.resume();
    while (socket.writable && this.#sent < flood.most) await this.#round(socket, flood);
    await settled(socket, ['close']);
  }

  async #round(socket: Socket, flood: Flood): Promise<void> {
    const { first, burst, times = Infinity, last, waits = false } = flood;
    if (first !== undefined) await this.#write(socket, first);
    for (let i = 0; i < times && socket.writable && this.#sent < flood.most; i++) {
      const answered = waits ? settled(socket, ['data', 'close']) : undefined;
      await this.#write(socket, burst);
      await answered;
    }
    if (last !== undefined) await this.#write(socket, last);
  }

  async #write(socket: Socket, bytes: Buffer): Promise<void> {
    if (!socket.writable) return;
    this.#sent += bytes.length;
    if (!socket.write(bytes)) await settled(socket, ['drain', 'close']);
    else await setImmediate();
  }
}

/** Resolves at the first of `events`; at once when the socket has ended before. */
function settled(socket: Socket, events: readonly string[]): Promise<void> {
  return new Promise((resolve) => {
    if (socket.closed) return resolve();
    const settle = (): void => {
      for (const event of events) socket.off(event, settle);
      resolve();
    };
    for (const event of events) socket.on(event, settle);
  });
}
