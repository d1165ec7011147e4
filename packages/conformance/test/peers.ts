/** Echo endpoints of other libraries, for both roles: what the judge says of them is known. */
import { createServer } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import Faye from 'faye-websocket';
import * as ws from 'ws';

export interface Peer {
  /** Starts a server that echoes on the loopback interface. */
  serve(): Server;
  /** Visits a URL and echoes; resolves when the connection is over. */
  visit(url: string): Promise<void>;
}

const DEFLATE = { perMessageDeflate: true };

export const PEERS: Readonly<Record<'ws' | 'faye', Peer>> = {
  ws: {
    serve() {
      const server = createServer((_, response) => response.writeHead(404).end());
      new ws.WebSocketServer({ server, ...DEFLATE }).on('connection', echoWs);
      return server.listen(0, '127.0.0.1');
    },
    visit: (url) =>
      new Promise((resolve) => {
        const socket = new ws.WebSocket(url, DEFLATE);
        echoWs(socket);
        socket.on('close', () => resolve());
      }),
  },
  faye: {
    serve() {
      const server = createServer((_, response) => response.writeHead(404).end());
      server.on('upgrade', (request, socket, head) => {
        echoFaye(new Faye(request, socket, head));
      });
      return server.listen(0, '127.0.0.1');
    },
    visit: (url) =>
      new Promise((resolve) => {
        const socket = new Faye.Client(url);
        echoFaye(socket);
        socket.on('close', () => resolve());
      }),
  },
};

/** The URL of a server, when it listens. */
export async function urlOf(server: Server): Promise<string> {
  if (!server.listening) await new Promise((resolve) => server.once('listening', resolve));
  return `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

export function echoWs(socket: ws.WebSocket): void {
  socket.on('message', (data: Buffer, binary) => socket.send(data, { binary }));
  socket.on('error', () => {});
}

function echoFaye(socket: Faye): void {
  socket.on('message', ({ data }) => socket.send(data));
  socket.on('error', () => {});
}
