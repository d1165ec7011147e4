/** Implementations that compress, each as an echo server and as a client, told the same way how. */
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocketExtensionsPlugin } from '@ws/extensions';
import { WebSocket as UndiciWebSocket } from 'undici';
import { WebSocket as WsWebSocket, WebSocketServer } from 'ws';
import WebSocket from '../../src';
import { echoing } from './observed';
import type { W3cPeer } from './peers';
import { releaseLater } from './release';
import { listen } from './test-server';

/** What one end wants of the two directions, by the names of RFC 7692. */
export interface Wish {
  readonly serverNoContextTakeover?: boolean;
  readonly clientNoContextTakeover?: boolean;
  readonly serverMaxWindowBits?: number;
  readonly clientMaxWindowBits?: number;
}

interface PluginModule extends WebSocketExtensionsPlugin {
  configure(options: object): WebSocketExtensionsPlugin;
}
type FayeOptions = { extensions: WebSocketExtensionsPlugin[] };
type FayeModule = new (
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  protocols: string[],
  options: FayeOptions,
) => W3cPeer;
type FayeClient = new (url: string, protocols: string[], options: FayeOptions) => W3cPeer;

const faye = jest.requireActual<FayeModule & { Client: FayeClient }>('faye-websocket');
/** The plug-in of npm; it comes without types. */
export const npmDeflate: PluginModule = jest.requireActual<PluginModule>('permessage-deflate');

/** It speaks of its own sending and of what it requests of the other end. */
function pluginFor(end: 'client' | 'server', wish: Wish): WebSocketExtensionsPlugin {
  const client = [wish.clientNoContextTakeover, wish.clientMaxWindowBits];
  const server = [wish.serverNoContextTakeover, wish.serverMaxWindowBits];
  const [own, other] = end === 'client' ? [client, server] : [server, client];
  const options = {
    noContextTakeover: own[0],
    maxWindowBits: own[1],
    requestNoContextTakeover: other[0],
    requestMaxWindowBits: other[1],
  };
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return npmDeflate.configure(Object.fromEntries(given));
}

/** Everything is compressed, so that there is something to get wrong. */
const all = (wish: Wish) => ({ ...wish, threshold: 0 });

export interface DeflatingClient {
  readonly name: string;
  readonly dial: (url: string, wish: Wish) => W3cPeer & { extensions?: unknown };
}

/** Their binary messages are ArrayBuffers or Buffers, never Blobs. */
export const CLIENTS: DeflatingClient[] = [
  {
    name: 'ours',
    dial: (url, wish) => released(new WebSocket(url, [], { deflate: all(wish) })),
  },
  {
    name: 'ours with the plug-in',
    dial: (url, wish) =>
      released(new WebSocket(url, [], { extensions: [pluginFor('client', wish)] })),
  },
  {
    name: 'ws',
    dial(url, wish) {
      const peer = new WsWebSocket(url, { perMessageDeflate: all(wish) });
      peer.on('error', () => {});
      return peer as unknown as W3cPeer;
    },
  },
  {
    name: 'faye-websocket with the plug-in',
    dial: (url, wish) => new faye.Client(url, [], { extensions: [pluginFor('client', wish)] }),
  },
];

/** It offers compression, and cannot be told how; it compresses nothing itself. */
export const undici: DeflatingClient = {
  name: 'undici',
  dial(url) {
    const peer = new UndiciWebSocket(url);
    peer.binaryType = 'arraybuffer';
    return peer as unknown as W3cPeer;
  },
};

export interface DeflatingServer {
  readonly name: string;
  /** Listens, and sends every message back; gives the port. */
  readonly serve: (wish: Wish) => Promise<number>;
}

type Accept = (request: IncomingMessage, socket: Duplex, head: Buffer) => unknown;

export const SERVERS: DeflatingServer[] = [
  {
    name: 'ours',
    serve: (wish) =>
      accepting((request, socket, head) =>
        echoing(new WebSocket(request, socket, head, [], { deflate: all(wish) })),
      ),
  },
  {
    name: 'ours with the plug-in',
    serve: (wish) =>
      accepting((request, socket, head) => {
        const options = { extensions: [pluginFor('server', wish)] };
        return echoing(new WebSocket(request, socket, head, [], options));
      }),
  },
  {
    name: 'ws',
    serve(wish) {
      const http = createServer();
      const server = new WebSocketServer({ server: http, perMessageDeflate: all(wish) });
      server.on('connection', (peer) => {
        peer.on('message', (data, isBinary) => peer.send(data, { binary: isBinary }));
      });
      return listen(http);
    },
  },
  {
    name: 'faye-websocket with the plug-in',
    serve: (wish) =>
      accepting((request, socket, head) => {
        const options = { extensions: [pluginFor('server', wish)] };
        const peer = new faye(request, socket, head, [], options);
        peer.onmessage = ({ data }) => peer.send(data as string | Buffer);
      }),
  },
];

function released(ws: WebSocket): W3cPeer {
  releaseLater(() => ws.terminate());
  return ws as unknown as W3cPeer;
}

async function accepting(accept: Accept): Promise<number> {
  const http = createServer();
  http.on('upgrade', accept);
  return listen(http);
}
