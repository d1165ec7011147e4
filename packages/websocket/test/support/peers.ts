/** Other implementations, each as an echo server and as a client, behind one small interface. */
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocket as UndiciWebSocket } from 'undici';
import { WebSocket as WsWebSocket, WebSocketServer } from 'ws';
import { listen } from './test-server';

/** What all W3C-like classes have in common. */
export interface W3cPeer {
  protocol: string;
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number; reason: string }) => void) | null;
  send(data: string | Buffer): unknown;
  close(code?: number, reason?: string): void;
}

type Faye = new (
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  protocols: string[],
) => W3cPeer;
type FayeClient = new (url: string, protocols: string[]) => W3cPeer;
const faye = jest.requireActual<Faye & { Client: FayeClient }>('faye-websocket');

export interface ClientPeer {
  readonly name: string;
  readonly dial: (url: string, protocols: string[]) => W3cPeer;
}

/** Their binary messages are ArrayBuffers or Buffers, never Blobs. */
export const CLIENTS: ClientPeer[] = [
  { name: 'ws', dial: (url, protocols) => new WsWebSocket(url, protocols) as unknown as W3cPeer },
  { name: 'faye-websocket', dial: (url, protocols) => new faye.Client(url, protocols) },
  {
    name: 'undici',
    dial(url, protocols) {
      const peer = new UndiciWebSocket(url, protocols);
      peer.binaryType = 'arraybuffer';
      return peer as unknown as W3cPeer;
    },
  },
];

export interface ServerPeer {
  readonly name: string;
  /** Listens, and hands out every connection; speaks the subprotocol `chat`. */
  readonly serve: (accept: (peer: W3cPeer) => void) => Promise<number>;
}

export const SERVERS: ServerPeer[] = [
  {
    name: 'ws',
    serve(accept) {
      const http = createServer();
      const server = new WebSocketServer({ server: http, maxPayload: 2 ** 26 });
      server.on('connection', (peer) => accept(peer as unknown as W3cPeer));
      return listen(http);
    },
  },
  {
    name: 'faye-websocket',
    serve(accept) {
      const http = createServer();
      http.on('upgrade', (request, socket, head) => {
        accept(new faye(request, socket, head, ['chat']));
      });
      return listen(http);
    },
  },
];
