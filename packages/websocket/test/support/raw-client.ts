/** A TCP client that sends exactly the bytes it is told to, and waits for exactly the bytes it wants. */
import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { frameAt } from './frames';
import type { Frame } from './frames';
import { releaseLater } from './release';
import { head } from './requests';

export class RawClient {
  readonly socket: Socket;
  private received = Buffer.alloc(0);
  private ended = false;
  private wake = (): void => {};

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on('data', (chunk) => {
      this.received = Buffer.concat([this.received, chunk]);
      this.wake();
    });
    socket.on('error', () => {});
    socket.on('end', () => this.end());
    socket.on('close', () => this.end());
  }

  /** Connects to 127.0.0.1, and sends `first` at once; ends when the server ends. */
  static async connect(port: number, first: string | Uint8Array = ''): Promise<RawClient> {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    releaseLater(() => socket.destroy());
    const client = new RawClient(socket);
    await once(socket, 'connect');
    if (first.length > 0) client.write(first);
    return client;
  }

  /** Connects and completes a handshake of RFC 6455. */
  static async open(port: number): Promise<RawClient> {
    const client = await RawClient.connect(port, head());
    await client.readHead();
    return client;
  }

  /** Sends bytes; a string is a byte string. */
  write(bytes: string | Uint8Array): void {
    if (typeof bytes === 'string') this.socket.write(bytes, 'latin1');
    else this.socket.write(bytes);
  }

  /** Sends bytes and waits until the kernel has them: what is sent next is another segment. */
  async writeNow(bytes: string | Uint8Array): Promise<void> {
    await new Promise<void>((resolve) => {
      this.socket.write(Buffer.from(bytes as string, 'latin1'), () => resolve());
    });
  }

  /** Sends a TCP reset. */
  reset(): void {
    this.socket.resetAndDestroy();
  }

  async read(length: number): Promise<Buffer> {
    await this.until(() => this.received.length >= length);
    return this.take(length);
  }

  /** Everything up to and with `mark`, as a byte string. */
  async readTo(mark: string): Promise<string> {
    await this.until(() => this.received.includes(mark, 0, 'latin1'));
    const end = this.received.indexOf(mark, 0, 'latin1') + mark.length;
    return this.take(end).toString('latin1');
  }

  /** The head of a response, the empty line included. */
  async readHead(): Promise<string> {
    return this.readTo('\r\n\r\n');
  }

  /** The next frame of a server: one without a mask. */
  async readFrame(): Promise<Frame> {
    await this.until(() => frameAt(this.received) !== null);
    const { frame, length } = frameAt(this.received)!;
    this.take(length);
    return frame;
  }

  /** Everything until the server's end of stream. */
  async readRest(): Promise<string> {
    if (!this.ended) await new Promise<void>((resolve) => (this.wake = this.whenEnded(resolve)));
    return this.take(this.received.length).toString('latin1');
  }

  private whenEnded(resolve: () => void): () => void {
    return () => {
      if (this.ended) resolve();
    };
  }

  private async until(enough: () => boolean): Promise<void> {
    while (!enough()) {
      if (this.ended) throw new Error(`the stream ended after ${this.received.toString('latin1')}`);
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }

  private take(length: number): Buffer {
    const taken = this.received.subarray(0, length);
    this.received = this.received.subarray(length);
    return taken;
  }

  private end(): void {
    this.ended = true;
    this.wake();
  }
}
