/**
 * A TCP or TLS connection of the suite: octets out with control over the writes, octets in, and
 * waiting for either end. Errors of the transport are facts to be judged; none is ever thrown.
 */
import { connect as connectTcp, isIP } from 'node:net';
import type { Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { setImmediate as nextTurn } from 'node:timers/promises';

export class Channel {
  readonly #socket: Socket;
  #ended = false;
  #error: Error | undefined;
  #wake: () => void = () => undefined;
  /** Takes the octets as they come. */
  onOctets: (octets: Buffer) => void = () => undefined;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on('data', (octets: Buffer) => {
      this.onOctets(octets);
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
    const drained = this.#socket.write(octets);
    if (!drained)
      await this.until(() => !this.#socket.writableNeedDrain || this.#socket.destroyed, 60_000);
    await nextTurn();
  }

  /** Writes `size` octets at a time; undefined: all at once. */
  async writeChopped(octets: Buffer, size: number = Math.max(1, octets.length)): Promise<void> {
    for (let at = 0; at < octets.length; at += size)
      await this.write(octets.subarray(at, at + size));
  }

  /**
   * Checks the condition whenever something comes; false when the time is over first. Only one can
   * wait at a time.
   */
  until(condition: () => boolean, ms: number): Promise<boolean> {
    if (condition()) return Promise.resolve(true);
    return new Promise((resolve) => {
      const settle = (held: boolean): void => {
        clearTimeout(timer);
        this.#socket.off('drain', check);
        this.#wake = () => undefined;
        resolve(held);
      };
      const check = (): void => {
        if (condition()) settle(true);
      };
      const timer = setTimeout(() => settle(condition()), ms);
      this.#socket.on('drain', check);
      this.#wake = check;
    });
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
    this.wake();
  }
}

export interface DialSettings {
  readonly url: URL;
  /** Whether certificates may be anybody's. */
  readonly insecure: boolean;
  readonly timeout: number;
}

/** @throws {Error} when the TCP or TLS connection cannot be made */
export async function dial({ url, insecure, timeout }: DialSettings): Promise<Channel> {
  const secure = url.protocol === 'wss:';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = Number(url.port) || (secure ? 443 : 80);
  const where = { host, port, allowHalfOpen: true };
  const socket = secure
    ? connectTls({ ...where, ...serverName(host), rejectUnauthorized: !insecure })
    : connectTcp(where);
  const channel = new Channel(socket);
  const opened = { ready: false };
  socket.once(secure ? 'secureConnect' : 'connect', () => {
    opened.ready = true;
    channel.wake();
  });
  await channel.until(() => opened.ready || socket.destroyed, timeout);
  if (opened.ready) return channel;
  channel.destroy();
  throw channel.error ?? new Error(`no connection to ${url.host} within ${timeout} ms`);
}

/** "Literal IPv4 and IPv6 addresses are not permitted" as a server name (RFC 6066 §3). */
function serverName(host: string): { servername?: string } {
  return isIP(host) === 0 ? { servername: host } : {};
}
