/** Upgrade requests that no WebSocketServer wants, and perhaps nobody else. */
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { holdUpgrade, ServerWebSocket } from '@ws/server';
import { RawClient } from '../support/raw-client';
import { head } from '../support/requests';
import type { Upgrade } from '../support/test-server';
import { connectionOf, dial, serve, statusOf } from '../support/toolkit';

type Listener = (...upgrade: Upgrade) => unknown;

interface Left {
  readonly client: RawClient;
  readonly socket: Socket;
  readonly served: Awaited<ReturnType<typeof serve>>;
}

/** A client that asks for a path which is none of the server's, where somebody else listens. */
async function left(listener: Listener, timeout = 0): Promise<Left> {
  const served = await serve({ path: '/mine', upgradeTimeout: 1, upgrade: () => hang });
  const { server, port } = served;
  server.setTimeout(timeout);
  server.on('upgrade', listener);
  const upgrades = once(server, 'upgrade');
  const client = await RawClient.connect(port, head());
  const [, socket] = (await upgrades) as [unknown, Socket];
  return { client, socket, served };
}

const hang = new Promise<undefined>(() => undefined);
const ignore: Listener = () => undefined;

test('what everybody ignores stays, also when the server has closed', async () => {
  const { client, socket, served } = await left(ignore);
  expect(await statusOf(`${served.url}/mine`)).toBe(503);
  await served.chat.close();
  expect([socket.destroyed, socket.bytesWritten]).toEqual([false, 0]);
  const closed = new Promise((resolve) => socket.on('close', resolve));
  client.reset();
  await closed;
});

test('what everybody ignores is destroyed when the timeout of the HTTP server is over', async () => {
  const { client, socket } = await left(ignore, 50);
  expect(await client.readRest()).toBe('');
  expect([socket.destroyed, socket.bytesWritten]).toEqual([true, 0]);
});

test.each<[string, Listener]>([
  ['reads', (_, socket) => socket.on('data', () => undefined)],
  ['waits to read', (_, socket) => socket.on('readable', () => undefined)],
  ['has paused', (_, socket) => socket.pause()],
  ['holds', (_, socket) => holdUpgrade(socket)],
])('what somebody else %s is not', async (_, listener) => {
  const { socket } = await left(listener, 50);
  await once(socket, 'timeout');
  await new Promise(setImmediate);
  expect(socket.destroyed).toBe(false);
});

test('a WebSocket of somebody else has no such limit', async () => {
  const { client, socket } = await left((...upgrade) => new ServerWebSocket(...upgrade), 50);
  await client.readHead();
  expect(socket.timeout).toBe(0);
});

test('one listener that passes on what is for others leaves nothing without an answer', async () => {
  const { chat, url, server } = await serve({ server: null, path: '/mine' });
  const others: (string | undefined)[] = [];
  server.on('upgrade', (...upgrade: Upgrade) => {
    const [{ url: path }, socket] = upgrade;
    if (path !== '/other') {
      void chat.handle(...upgrade);
      return;
    }
    others.push(path);
    socket.destroy();
  });
  const connection = connectionOf(chat);
  dial(`${url}/mine`);
  await connection;
  expect(await statusOf(`${url}/nowhere`)).toBe(404);
  await statusOf(`${url}/other`);
  expect(others).toEqual(['/other']);
});
