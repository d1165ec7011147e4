/** The connections of a server of `ws`, and those of a WebSocketServer, as MIGRATING.md says. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from '@ws/server';
import type { ServerSocket } from '@ws/server';
import type { WebSocket as WsSocket } from 'ws';
import { PING } from './support/frames';
import { RawClient } from './support/raw-client';
import { releaseLater } from './support/release';
import {
  connectionTo,
  dialWs,
  serveHere,
  ServerOfWs,
  testRows,
  urlOfOwn,
  withOurs,
  withWs,
} from './support/ws-rows';
import type { AnyServing } from './support/ws-rows';

/** The next connection of a server, and its client. */
async function join({ wss, url }: AnyServing): Promise<[ServerSocket, WsSocket]> {
  const connection = connectionTo(wss);
  const client = dialWs(url);
  await once(client, 'open');
  return [await connection, client];
}

async function firstRequest({ wss, url }: AnyServing): Promise<unknown> {
  const request = new Promise<IncomingMessage>((resolve) => {
    wss.once('connection', (_: ServerSocket, from: IncomingMessage) => resolve(from));
  });
  dialWs(`${url}chat?a`);
  return (await request).url;
}

async function sizes(serving: AnyServing): Promise<number[]> {
  const [ws] = await join(serving);
  const { clients } = serving.wss;
  const seen = [clients.size, Number(clients.has(ws))];
  const closed = new Promise((resolve) => ws.once('close', resolve));
  ws.terminate();
  await closed;
  return [...seen, clients.size];
}

async function receivedBy(
  serving: AnyServing,
  send: (serving: AnyServing) => void,
): Promise<string[]> {
  const clients = [(await join(serving))[1], (await join(serving))[1]];
  const messages = clients.map((client) => once(client, 'message'));
  send(serving);
  return (await Promise.all(messages)).map(([data]) => String(data));
}

function sendToEach({ wss }: AnyServing): void {
  for (const ws of wss.clients) ws.send('to all');
}

/** What `close()` of a server does to a client that closes with 4000 then, and who is told. */
async function closing(serving: AnyServing): Promise<unknown> {
  const [, client] = await join(serving);
  const told: string[] = [];
  serving.wss.on('close', () => told.push('close'));
  const called = new Promise<void>((resolve) => {
    void serving.wss.close(() => {
      told.push('callback');
      resolve();
    });
  });
  client.close(4000);
  const [code] = (await once(client, 'close')) as [number];
  await called;
  return [code, ...told];
}

/** Where a server listens, and which of its events there are. */
async function ownEvents(Server: typeof WebSocketServer): Promise<unknown> {
  const wss: WebSocketServer = new Server({ port: 0, host: '127.0.0.1' });
  const failures = jest.fn();
  await new Promise<void>((resolve) => wss.on('listening', () => resolve()));
  const { port } = new URL(urlOfOwn(wss));
  const second: WebSocketServer = new Server({ port: Number(port), host: '127.0.0.1' });
  await new Promise<void>((resolve) => {
    second.on('error', ({ message }) => {
      failures(message.split(':')[0]);
      resolve();
    });
  });
  return failures.mock.calls;
}

/** What a server says of an HTTP server that it was given. */
async function foreignEvents(
  make: (server: ReturnType<typeof createServer>) => WebSocketServer,
): Promise<unknown> {
  const http = createServer();
  const wss = make(http);
  const events: string[] = [];
  wss.on('listening', () => events.push('listening'));
  wss.on('error', () => events.push('error'));
  http.on('error', () => undefined);
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  releaseLater(() => http.close());
  http.emit('error', new Error('of the HTTP server'));
  const { port } = http.address() as AddressInfo;
  return [...events, wss.address()?.port === port];
}

async function closeEvents({ wss }: AnyServing): Promise<unknown> {
  const closed = new Promise<string>((resolve) => wss.on('close', () => resolve('closed')));
  void wss.close();
  return closed;
}

/** The first frame that a silent client gets within 40 s of a fake clock. */
async function firstPing({ http, wss }: AnyServing): Promise<unknown> {
  jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
  releaseLater(() => jest.useRealTimers());
  const connection = connectionTo(wss);
  const client = await RawClient.open((http.address() as AddressInfo).port);
  const ws = await connection;
  await jest.advanceTimersByTimeAsync(40_000);
  ws.send('later');
  return (await client.readFrame()).opcode;
}

testRows([
  {
    what: "`wss.on('connection', (ws, request) => …)`",
    ws: [withWs(firstRequest), '/chat?a'],
    here: [
      async () => {
        const serving = await serveHere({ upgrade: () => ({ data: 'Ada' }) });
        const seen = [await firstRequest(serving as unknown as AnyServing)];
        for (const { data } of serving.wss.clients) seen.push(data);
        const connections = serving.wss[Symbol.asyncIterator]();
        dialWs(serving.url);
        return [...seen, (await connections.next()).value?.data];
      },
      ['/chat?a', 'Ada', 'Ada'],
    ],
  },
  {
    what: '`wss.clients`',
    ws: [withWs(sizes), [1, 1, 0]],
    here: [withOurs(sizes), [1, 1, 0]],
  },
  {
    what: '`for (const ws of wss.clients) ws.send(data)`',
    ws: [withWs((serving) => receivedBy(serving, sendToEach)), ['to all', 'to all']],
    here: [
      async () => [
        await receivedBy(await serveHere(), sendToEach),
        await receivedBy(await serveHere(), ({ wss }) => wss.broadcast('b')),
        await receivedBy(await serveHere(), ({ wss }) => {
          for (const ws of wss.clients) ws.subscribe('room');
          wss.publish('room', 'p');
        }),
      ],
      [
        ['to all', 'to all'],
        ['b', 'b'],
        ['p', 'p'],
      ],
    ],
  },
  {
    what: '`wss.close(callback)` leaves the connections alone',
    ws: [withWs(closing), [4000, 'close', 'callback']],
    here: [withOurs(closing), [1001, 'close', 'callback']],
  },
  {
    what: "`wss.address()`, `'listening'`, `'error'`",
    ws: [
      async () => [
        await ownEvents(ServerOfWs),
        await foreignEvents((server) => new ServerOfWs({ server })),
      ],
      [[['listen EADDRINUSE']], ['listening', 'error', true]],
    ],
    here: [
      async () => [
        await ownEvents(WebSocketServer),
        await foreignEvents((server) => new WebSocketServer({ server })),
      ],
      [[['listen EADDRINUSE']], [false]],
    ],
  },
  {
    what: "`wss.on('close', …)`",
    ws: [withWs(closeEvents), 'closed'],
    here: [withOurs(closeEvents), 'closed'],
  },
  {
    what: '`ws._socket.remoteAddress`',
    ws: [
      withWs(async (serving) => {
        const [ws] = await join(serving);
        return (ws as unknown as { _socket: { remoteAddress: string } })._socket.remoteAddress;
      }),
      '127.0.0.1',
    ],
    here: [
      async () => {
        const upgrade = ({ address }: { address: string }): { data: string } => ({ data: address });
        const { wss, url } = await serveHere({ upgrade, trustProxy: true });
        const connection = once(wss, 'connection');
        dialWs(url, [], { headers: { 'X-Forwarded-For': '192.0.2.1' } });
        const [ws, request] = (await connection) as [ServerSocket<string>, IncomingMessage];
        return [request.socket.remoteAddress, ws.data];
      },
      ['127.0.0.1', '192.0.2.1'],
    ],
  },
  {
    what: 'no keep-alive',
    ws: [withWs(firstPing), 1],
    here: [withOurs(firstPing), PING],
  },
]);
