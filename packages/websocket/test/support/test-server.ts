/** HTTP servers on a port of their own that make a WebSocket of every upgrade request. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo, Server as NetServer } from 'node:net';
import type { Duplex } from 'node:stream';
import { releaseLater } from './release';

export type Upgrade = [request: IncomingMessage, socket: Duplex, head: Buffer];

/** Listens on 127.0.0.1 until the test is over; gives the port. */
export async function listen(server: NetServer): Promise<number> {
  const sockets = new Set<Duplex>();
  server.on('connection', (socket: Duplex) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  releaseLater(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    if (server.listening) await once(server, 'close');
  });
  return (server.address() as AddressInfo).port;
}

/** A server whose connections are handed out in the order in which they were requested. */
export class TestServer<Made> {
  readonly port: number;
  private readonly made: Made[] = [];
  private wake = (): void => {};

  private constructor(port: number) {
    this.port = port;
  }

  static async listen<Made>(
    accept: (...upgrade: Upgrade) => Made,
    server: Server = createServer(),
  ): Promise<TestServer<Made>> {
    const testServer = new TestServer<Made>(await listen(server));
    server.on('upgrade', (...upgrade: Upgrade) => testServer.add(accept(...upgrade)));
    return testServer;
  }

  get url(): string {
    return `ws://127.0.0.1:${this.port}/`;
  }

  /** What `accept` made of the next request; it may have opened by then. */
  async next(): Promise<Made> {
    while (this.made.length === 0) await new Promise<void>((resolve) => (this.wake = resolve));
    return this.made.shift()!;
  }

  private add(made: Made): void {
    this.made.push(made);
    this.wake();
  }
}
