/**
 * A TCP or TLS connection of the suite: octets out with control over the writes, octets in, and
 * waiting for either end. Errors of the transport are facts to be judged; none is ever thrown.
 */
import { connect as connectTcp, isIP } from 'node:net';
import type { Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { SignsOfLife } from './signs-of-life';

/** Octets written at a time: that a part of a long write has been taken is a sign of life. */
const PIECE = 65_536;

/** Milliseconds in which an endpoint takes none of what is written before it is given up. */
const WRITE_SILENCE = 60_000;

export class Channel {
  readonly #socket: Socket;
  readonly #life: SignsOfLife;
  #ended = false;
  #error: Error | undefined;
  #wake: () => void = () => undefined;
  /** Takes the octets as they come. */
  onOctets: (octets: Buffer) => void = () => undefined;

  /** `life` is shared by all connections of an endpoint. */
  constructor(socket: Socket, life: SignsOfLife) {
    this.#socket = socket;
    this.#life = life;
    socket.setNoDelay(true);
    socket.on('data', (octets: Buffer) => {
      life.add();
      this.onOctets(octets);
      this.wake();
    });
    socket.on('drain', () => {
      life.add();
      this.wake();
    });
    socket.on('end', () => this.#over());
    socket.on('close', () => this.#over());
    socket.on('error', (error) => (this.#error = error));
  }

  /** Whether the endpoint has ended its side, in whatever way. */
  get ended(): boolean {
    return this.#ended;
  }

  get error(): Error | undefined {
    return this.#error;
  }

  /** Resolves when the octets are on their way; the event loop has turned once, for reading. */
  async write(octets: Buffer): Promise<void> {
    if (octets.length === 0 || !this.#socket.writable) return;
    let isTaken = true;
    for (let at = 0; at < octets.length && isTaken; at += PIECE) {
      isTaken = await this.#writePiece(octets.subarray(at, at + PIECE));
    }
    await nextTurn();
  }

  /** Writes `size` octets at a time; undefined: all at once. */
  async writeChopped(octets: Buffer, size: number = Math.max(1, octets.length)): Promise<void> {
    for (let at = 0; at < octets.length; at += size)
      await this.write(octets.subarray(at, at + size));
  }

  /**
   * Checks the condition whenever something comes; false when the endpoint has shown no sign of life
   * on any of its connections for `silence` milliseconds. Only one can wait at a time.
   */
  until(condition: () => boolean, silence: number): Promise<boolean> {
    const began = performance.now();
    return this.#wait(condition, () => this.#life.left(began, silence));
  }

  /** The same, but for `ms` milliseconds, whatever the endpoint does. */
  within(condition: () => boolean, ms: number): Promise<boolean> {
    const began = performance.now();
    return this.#wait(condition, () => began + ms - performance.now());
  }

  /** Lets the waiting condition be looked at again. */
  wake(): void {
    this.#wake();
  }

  /** Ends the suite's side; what the endpoint sends is read on. */
  end(): void {
    this.#socket.end();
  }

  /** Drops the connection, both ways. */
  destroy(): void {
    this.#socket.destroy();
  }

  #over(): void {
    this.#ended = true;
    this.#life.add();
    this.wake();
  }

  /** False when nothing more can be written. */
  async #writePiece(octets: Buffer): Promise<boolean> {
    const socket = this.#socket;
    if (!socket.writable) return false;
    if (socket.write(octets)) return true;
    return this.until(() => !socket.writableNeedDrain || socket.destroyed, WRITE_SILENCE);
  }

  #wait(condition: () => boolean, left: () => number): Promise<boolean> {
    if (condition()) return Promise.resolve(true);
    return new Promise((resolve) => {
      let timer: NodeJS.Timeout;
      const settle = (isMet: boolean): void => {
        clearTimeout(timer);
        this.#wake = () => undefined;
        resolve(isMet);
      };
      const sleep = (): void => void (timer = setTimeout(look, Math.max(1, left())));
      // The process may have slept for longer: what has come meanwhile is read before time is up.
      const look = (): void => void setImmediate(judge);
      const judge = (): void => {
        if (condition()) settle(true);
        else if (left() > 0) sleep();
        else settle(false);
      };
      this.#wake = () => {
        if (condition()) settle(true);
      };
      sleep();
    });
  }
}

export interface DialSettings {
  readonly url: URL;
  /** Whether certificates may be anybody's. */
  readonly insecure: boolean;
  /** Milliseconds without a sign of life. */
  readonly patience: number;
  readonly life: SignsOfLife;
}

/** @throws {Error} when the TCP or TLS connection cannot be made */
export async function dial({ url, insecure, patience, life }: DialSettings): Promise<Channel> {
  const secure = url.protocol === 'wss:';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = Number(url.port) || (secure ? 443 : 80);
  const where = { host, port, allowHalfOpen: true };
  const socket = secure
    ? connectTls({ ...where, ...serverName(host), rejectUnauthorized: !insecure })
    : connectTcp(where);
  const channel = new Channel(socket, life);
  const opened = { ready: false };
  socket.once(secure ? 'secureConnect' : 'connect', () => {
    opened.ready = true;
    life.add();
    channel.wake();
  });
  await channel.until(() => opened.ready || socket.destroyed, patience);
  if (opened.ready) return channel;
  channel.destroy();
  throw channel.error ?? new Error(`no connection to ${url.host} within ${patience} ms`);
}

/** "Literal IPv4 and IPv6 addresses are not permitted" as a server name (RFC 6066 §3). */
function serverName(host: string): { servername?: string } {
  return isIP(host) === 0 ? { servername: host } : {};
}
