/** The server: half of the connections are accepted by `new WebSocket()`, the others by a `WebSocketServer`. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import WebSocket from '@ws/websocket';
import { planOf, TOOLKIT_PATH } from '../plan/plan';
import type { Ports, Settings } from '../settings';
import { Tally } from '../tally';
import { answerBadly } from './bad-answers';
import { Echoing } from './echoing';
import { serverOptions } from './server-options';
import { ToolkitServer } from './toolkit-server';

const BACKLOG = 1024;

export class SoakServer {
  readonly tally: Tally = new Tally();
  readonly #settings: Settings;
  readonly #plain: Server;
  readonly #secure: Server;
  readonly #echoing: Echoing;
  readonly #toolkit: ToolkitServer;

  constructor(settings: Settings) {
    this.#settings = settings;
    this.#plain = createServer();
    this.#secure = createSecureServer(settings.identity);
    this.#echoing = new Echoing(this.tally, settings.pace);
    const servers = [this.#plain, this.#secure];
    for (const server of servers) {
      server.on('upgrade', (request, socket, head) => this.#accept(request, socket, head));
    }
    this.#toolkit = new ToolkitServer(servers, settings, this.#echoing);
  }

  /** Connections that have not ended. */
  get connections(): number {
    return this.#echoing.connections;
  }

  async listen(): Promise<Ports> {
    return { plain: await listening(this.#plain), secure: await listening(this.#secure) };
  }

  /** Closes the connections of the `WebSocketServer`, as before a restart. */
  restart(): Promise<void> {
    return this.#toolkit.close();
  }

  /** Takes no more connections; resolves when all that there were have ended. */
  async close(): Promise<void> {
    await this.restart();
    await Promise.all([closed(this.#plain), closed(this.#secure)]);
    // What has happened to the last sockets is told a little later.
    while (this.connections > 0) await setImmediate();
  }

  #accept(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (request.url!.startsWith(TOOLKIT_PATH)) return;
    const { seed, pace } = this.#settings;
    const plan = planOf(seed, Number(request.url!.slice(1)));
    if (answerBadly(plan, request, socket)) return;
    const ws = new WebSocket(request, socket, head, [], serverOptions(plan, pace));
    this.#echoing.attend(ws, plan, (data) => ws.send(data));
  }
}

function listening(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen({ port: 0, host: '127.0.0.1', backlog: BACKLOG }, () => {
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
