/** The options of a client of `ws`, and what they are here, as MIGRATING.md says. */
import { once } from 'node:events';
import { Agent, createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from '@ws/server';
import WebSocket from '../src';
import { certificates } from '../../client/test/certificates';
import { outcomeOf } from './support/faye-differences';
import { releaseLater } from './support/release';
import { listen } from './support/test-server';
import { ClientOfWs } from './support/ws-pairs';
import { connectionTo, testRows, withOurs } from './support/ws-rows';

type Client = typeof WebSocket;

/** The request of a client that an HTTP server answers with 404. */
async function requestOf(dial: (url: string) => WebSocket): Promise<IncomingMessage> {
  const http = createServer();
  const upgraded = once(http, 'upgrade');
  const client = dial(`ws://127.0.0.1:${await listen(http)}/`);
  client.on('error', () => undefined);
  releaseLater(() => client.terminate());
  const [request, socket] = (await upgraded) as [IncomingMessage, Duplex];
  WebSocket.rejectUpgrade(socket, 404);
  return request;
}

/** What options without a counterpart of a client do. */
function made(Client: Client, options: object): unknown {
  return outcomeOf(() => {
    const client = new Client('ws://127.0.0.1:1/', [], options);
    client.on('error', () => undefined);
    releaseLater(() => client.terminate());
  });
}

/** The status of a client that trusts the server's certificate by these options. */
async function secure(Client: Client, optionsWith: (ca: string) => object): Promise<unknown> {
  const { ca, valid } = await certificates();
  const https = createTlsServer(valid);
  const wss = new WebSocketServer({ server: https });
  const port = await listen(https);
  const connection = connectionTo(wss);
  const client = new Client(`wss://localhost:${port}/`, [], optionsWith(ca.cert));
  releaseLater(() => client.terminate());
  await once(client, 'open');
  return (await connection).readyState;
}

/** What many options do at once: the headers of the request, and which of the others were used. */
async function withAll(Client: Client): Promise<unknown> {
  const used: string[] = [];
  const agent = new Agent();
  releaseLater(() => agent.destroy());
  const request = await requestOf(
    (url) =>
      new Client(url.replace('127.0.0.1', 'localhost'), [], {
        origin: 'https://app.example',
        protocolVersion: 8,
        followRedirects: true,
        maxRedirects: 2,
        agent,
        maxHeaderSize: 4096,
        family: 4,
        localAddress: '127.0.0.1',
        lookup: (_: string, options: { all?: boolean }, done: (...args: unknown[]) => void) => {
          used.push('lookup');
          if (options.all) done(null, [{ address: '127.0.0.1', family: 4 }]);
          else done(null, '127.0.0.1', 4);
        },
      } as object),
  );
  const { 'sec-websocket-version': version, 'sec-websocket-origin': origin } = request.headers;
  return [version, origin, ...used];
}

const HEADERS = { headers: { 'X-A': '1' } };

async function sentHeader(Client: Client): Promise<unknown> {
  const { headers } = await requestOf((url) => new Client(url, [], HEADERS));
  return headers['x-a'];
}

async function offered(Client: Client): Promise<unknown> {
  const { headers } = await requestOf((url) => new Client(url, ['a', 'b']));
  return headers['sec-websocket-protocol']?.replace(', ', ',');
}

testRows([
  {
    what: '`new WebSocket(url, options)`',
    ws: [
      () =>
        requestOf((url) => new ClientOfWs(url, HEADERS as never)).then(
          ({ headers }) => headers['x-a'],
        ),
      '1',
    ],
    here: [
      () => outcomeOf(() => new WebSocket('ws://127.0.0.1:1/', HEADERS as never)),
      'throws TypeError',
    ],
  },
  {
    what: '`handshakeTimeout` (none)',
    ws: [() => made(ClientOfWs, { handshakeTimeout: 0 }), undefined],
    here: [
      () => [
        made(WebSocket, { handshakeTimeout: 0 }),
        made(WebSocket, { handshakeTimeout: Infinity }),
      ],
      ['throws RangeError', undefined],
    ],
  },
  {
    what: '`headers`, on a client',
    ws: [() => sentHeader(ClientOfWs), '1'],
    here: [() => sentHeader(WebSocket), '1'],
  },
  {
    what: '`origin`, `protocolVersion`, `followRedirects`, `maxRedirects`, `agent`, `createConnection`, `socketPath`, `family`, `lookup`, `localAddress`, `maxHeaderSize`',
    ws: [() => withAll(ClientOfWs), ['8', 'https://app.example', 'lookup']],
    here: [() => withAll(WebSocket), ['8', 'https://app.example', 'lookup']],
  },
  {
    what: '`protocols`',
    ws: [() => offered(ClientOfWs), 'a,b'],
    here: [
      async () => [
        await offered(WebSocket),
        await withOurs(async ({ http, url }) => {
          http.removeAllListeners('upgrade');
          http.on('upgrade', (...upgrade) => new WebSocket(...upgrade, ['b']));
          const client = new WebSocket(url, ['a', 'b']);
          releaseLater(() => client.terminate());
          await client.opened;
          return client.protocol;
        })(),
      ],
      ['a,b', 'b'],
    ],
  },
  {
    what: '`ca`, `cert`, `key`, `rejectUnauthorized`, …',
    ws: [() => secure(ClientOfWs, (ca) => ({ ca })), WebSocket.OPEN],
    here: [() => secure(WebSocket, (ca) => ({ tls: { ca } })), WebSocket.OPEN],
  },
  {
    what: '`maxFragments`, `maxBufferedChunks`',
    ws: [() => made(ClientOfWs, { maxFragments: 5, maxBufferedChunks: 5 }), undefined],
    here: [
      () => [made(WebSocket, { maxFragments: 5 }), made(WebSocket, { maxBufferedChunks: 5 })],
      ['throws TypeError', 'throws TypeError'],
    ],
  },
]);
