/** The HTTP server of a WebSocketServer that was given a port: all it has for plain requests is 426. */
import type { EventEmitter } from 'node:events';
import type { Server, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { describe } from '@ws/common';
import { http } from '../node-http';
import type { ListenSettings } from './options';

const BODY = 'This server has nothing but WebSockets: connect with one.\n';

export class OwnServer {
  readonly server: Server;
  readonly #sockets = new Set<Socket>();

  /** @param owner gets its events `listening` and `error` */
  constructor({ port, host, backlog }: ListenSettings, owner: EventEmitter) {
    this.server = http().createServer((_, response) => answer(response));
    this.server.on('listening', () => owner.emit('listening'));
    this.server.on('error', (error) => owner.emit('error', error));
    this.server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
    this.server.listen({ port, host, backlog });
  }

  /** Ends what is left of its connections, behind what was written; done when they have ended. */
  close(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => resolve());
      for (const socket of this.#sockets) socket.destroySoon();
    });
  }

  address(): AddressInfo | null {
    return this.server.address() as AddressInfo | null;
  }
}

/** @throws {TypeError} it is not a function, or there is nothing that listens */
export function listeningCallback(callback: unknown, listen: ListenSettings | null): () => void {
  if (typeof callback !== 'function') {
    throw new TypeError(`the second argument: ${describe(callback)} is not a function`);
  }
  if (listen !== null) return callback as () => void;
  throw new TypeError(
    'the second argument: it is called when the server listens on option port, and there is none',
  );
}

/** "The server MUST send an Upgrade header field in a 426 response" RFC 9110 §15.5.22 */
function answer(response: ServerResponse): void {
  response.writeHead(426, {
    Upgrade: 'websocket',
    Connection: 'close, Upgrade',
    'Content-Type': 'text/plain; charset=utf-8',
  });
  response.end(BODY);
}
