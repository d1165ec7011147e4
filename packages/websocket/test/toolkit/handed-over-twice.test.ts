/** A socket that two want: the second gets an error, and the client one answer. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { holdUpgrade, rejectUpgrade, ServerWebSocket, WebSocketServer } from '@ws/server';
import type { WebSocketServerOptions } from '@ws/server';
import { RawClient } from '../support/raw-client';
import { releaseLater } from '../support/release';
import { head } from '../support/requests';
import { listen } from '../support/test-server';
import type { Upgrade } from '../support/test-server';

type Taker = (chat: WebSocketServer, ...upgrade: Upgrade) => unknown;

const TAKERS: [string, Taker][] = [
  ['handle()', (chat, ...upgrade) => chat.handle(...upgrade)],
  ['handle() of another', (_, ...upgrade) => new WebSocketServer().handle(...upgrade)],
  ['new WebSocket', (_, ...upgrade) => new ServerWebSocket(...upgrade)],
  ['rejectUpgrade()', (_chat, _request, socket) => rejectUpgrade(socket, 404)],
  ['holdUpgrade()', (_chat, _request, socket) => holdUpgrade(socket)],
];

const OPTIONS: [string, WebSocketServerOptions<undefined, string>][] = [
  ['that has no hook', {}],
  ['whose hook decides', { upgrade: () => new Promise<void>((resolve) => setImmediate(resolve)) }],
];

test.each(
  OPTIONS.flatMap(([which, options]) =>
    TAKERS.map((taker) => [taker[0], which, taker[1], options] as const),
  ),
)('%s comes behind a server %s: an error, and one answer', async (_, which, take, options) => {
  const server = createServer();
  const port = await listen(server);
  const chat = new WebSocketServer(options);
  releaseLater(() => chat.close({ timeout: 0 }));
  const errors: unknown[] = [];
  server.on('upgrade', (...upgrade: Upgrade) => {
    void chat.handle(...upgrade);
    void Promise.resolve()
      .then(() => take(chat, ...upgrade))
      .catch((error: unknown) => errors.push(error));
  });
  const client = await RawClient.connect(port, head());
  expect(await client.readHead()).toMatch(/^HTTP\/1\.1 101 /);
  while (chat.clients.size === 0) await new Promise(setImmediate);
  expect(errors).toMatchObject([{ code: 'WS_ERR_SOCKET_TAKEN' }]);
  expect(which).toMatch(
    (errors[0] as Error).message.includes('is deciding') ? /hook decides/ : /no hook/,
  );
  for (const ws of chat.clients) ws.close(4000);
  expect((await client.readFrame()).payload.readUInt16BE()).toBe(4000);
});

test('a hook that answers by itself gets an error, which is the 500 of the client', async () => {
  const server = createServer();
  const port = await listen(server);
  const chat = new WebSocketServer({
    server,
    upgrade: ({ request }) => rejectUpgrade(request.socket, 401),
  });
  const failed = once(chat, 'error');
  const client = await RawClient.connect(port, head());
  expect(await client.readRest()).toMatch(/^HTTP\/1\.1 500 /);
  expect(await failed).toMatchObject([{ code: 'WS_ERR_SOCKET_TAKEN' }]);
});

test('a client whose socket somebody has taken is not counted any more', async () => {
  const server = createServer();
  const port = await listen(server);
  const chat = new WebSocketServer({ maxConnections: 1 });
  releaseLater(() => chat.close({ timeout: 0 }));
  const results: unknown[] = [];
  server.on('upgrade', (...[request, socket, rest]: Upgrade) => {
    if (request.url === '/taken') rejectUpgrade(socket, 404);
    chat.handle(request, socket, rest).catch((error: unknown) => results.push(error));
  });
  const refused = await RawClient.connect(port, head(undefined, 'GET /taken HTTP/1.1'));
  expect(await refused.readRest()).toMatch(/^HTTP\/1\.1 404 /);
  expect(results).toMatchObject([{ code: 'WS_ERR_SOCKET_TAKEN' }]);
  await RawClient.open(port);
});
