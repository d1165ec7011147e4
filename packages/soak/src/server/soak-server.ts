/** The server: echoes what comes, ends connections as their plans say, and judges how they end. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import WebSocket from '@ws/websocket';
import { codeOf, describeEnding, endingOf, isExpected } from '../plan/ending';
import { expectationsOf, isFatal, kindOf, planOf, type Plan } from '../plan/plan';
import { DURATIONS, type Ports, type Settings } from '../settings';
import { Tally } from '../tally';
import { answerBadly } from './bad-answers';
import { serverOptions } from './server-options';

const BACKLOG = 1024;
const PAUSE_EVERY = 4;

export class SoakServer {
  readonly tally: Tally = new Tally();
  readonly #settings: Settings;
  readonly #plain: Server;
  readonly #secure: Server;
  #connections = 0;

  constructor(settings: Settings) {
    this.#settings = settings;
    this.#plain = createServer();
    this.#secure = createSecureServer(settings.identity);
    for (const server of [this.#plain, this.#secure]) {
      server.on('upgrade', (request, socket, head) => this.#accept(request, socket, head));
    }
  }

  /** Connections that have not ended. */
  get connections(): number {
    return this.#connections;
  }

  async listen(): Promise<Ports> {
    return { plain: await listening(this.#plain), secure: await listening(this.#secure) };
  }

  /** Takes no more connections; resolves when all that there were have ended. */
  async close(): Promise<void> {
    await Promise.all([closed(this.#plain), closed(this.#secure)]);
    // What has happened to the last sockets is told a little later.
    while (this.#connections > 0) await setImmediate();
  }

  #accept(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { seed, pace } = this.#settings;
    const plan = planOf(seed, Number(request.url!.slice(1)));
    if (answerBadly(plan, request, socket)) return;
    const ws = new WebSocket(request, socket, head, [], serverOptions(plan, pace));
    this.#connections++;
    this.#echo(ws, plan);
    ws.on('error', ({ error }) => this.tally.add('errors', `${codeOf(error)} at the server`));
    ws.on('close', (event) => {
      this.#connections--;
      const ending = endingOf(event);
      if (isExpected(ending, expectationsOf(plan, 'server'))) return;
      this.tally.add('unexpected', `server: ${kindOf(plan)}: ${describeEnding(ending)}`);
    });
  }

  #echo(ws: WebSocket, plan: Plan): void {
    let echoed = 0;
    ws.on('drain', () => ws.resume());
    ws.on('message', ({ data }) => {
      echoed++;
      const hasRoom = ws.send(data);
      if (echoed === plan.messages) this.#end(ws, plan);
      else if (!hasRoom) ws.pause();
      else if (plan.pauses && echoed % PAUSE_EVERY === 0) this.#pause(ws);
    });
  }

  #end(ws: WebSocket, { fault, closer, code }: Plan): void {
    if (fault === 'serverTerminates') ws.terminate();
    else if (closer === 'server' && !isFatal(fault)) ws.close(code);
  }

  #pause(ws: WebSocket): void {
    ws.pause();
    setTimeout(() => ws.resume(), DURATIONS.pause * this.#settings.pace);
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
