import { once } from 'node:events';
import { WebSocketServer } from '@ws/websocket';

/** A server that can be restarted, on the same port; it greets whoever connects. */
export class Greeter {
  #port = 0;
  #server: WebSocketServer | null = null;

  /** Starts it; gives its URL. */
  async start(): Promise<string> {
    const server = new WebSocketServer({ port: this.#port, host: '127.0.0.1' });
    server.on('connection', (ws) => ws.send('hello'));
    await once(server, 'listening');
    this.#server = server;
    this.#port = server.address()!.port;
    return `ws://127.0.0.1:${this.#port}/`;
  }

  /** Stops it: its clients are closed with 1012, "service restart". */
  async stop(): Promise<void> {
    await this.#server?.close({ code: 1012, reason: 'restart' });
  }
}
