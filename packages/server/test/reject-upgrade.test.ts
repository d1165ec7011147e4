/** Upgrade requests that the application answers with an HTTP error. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Duplex } from 'node:stream';
import { rejectUpgrade, ServerWebSocket, SocketTakenError } from '../src';
import { RawClient } from '../../websocket/test/support/raw-client';
import { head } from '../../websocket/test/support/requests';
import { listen } from '../../websocket/test/support/test-server';
import type { Upgrade } from '../../websocket/test/support/test-server';

async function asked(): Promise<{ client: RawClient; upgrade: Upgrade; socket: Duplex }> {
  const server = createServer();
  const client = await RawClient.connect(await listen(server), head());
  const upgrade = (await once(server, 'upgrade')) as Upgrade;
  return { client, upgrade, socket: upgrade[1] };
}

/** `once` would reject with an error of the socket. */
function closed(socket: Duplex): Promise<void> {
  return new Promise((resolve) => socket.on('close', () => resolve()));
}

test('the client gets the status, the headers and the body, and the end', async () => {
  const { client, socket } = await asked();
  rejectUpgrade(socket, 401, 'Log in first.', {
    'WWW-Authenticate': 'Bearer',
    'Set-Cookie': ['a', 'b'],
  });
  expect(await client.readRest()).toBe(
    'HTTP/1.1 401 Unauthorized\r\nConnection: close\r\nContent-Length: 13\r\n' +
      'Content-Type: text/plain; charset=utf-8\r\nWWW-Authenticate: Bearer\r\n' +
      'Set-Cookie: a\r\nSet-Cookie: b\r\n\r\nLog in first.',
  );
});

test('the body is the name of the status by default', async () => {
  const { client, socket } = await asked();
  rejectUpgrade(socket, 404);
  expect(await client.readRest()).toMatch(/\r\n\r\nNot Found$/);
});

test('the socket is gone when the client has left', async () => {
  const { client, socket } = await asked();
  rejectUpgrade(socket, 403);
  await client.readRest();
  client.socket.end();
  await closed(socket);
  expect(socket.destroyed).toBe(true);
});

test('a client that resets crashes nobody', async () => {
  const { client, socket } = await asked();
  rejectUpgrade(socket, 403);
  client.reset();
  await closed(socket);
});

test('a reset that the socket has not told of yet crashes nobody', async () => {
  const { socket } = await asked();
  socket.destroy(new Error('read ECONNRESET'));
  rejectUpgrade(socket, 403);
  await closed(socket);
});

test('a socket that is destroyed already is left alone, but for its error', async () => {
  const { socket } = await asked();
  socket.destroy();
  await closed(socket);
  const names = socket.eventNames();
  rejectUpgrade(socket, 403);
  expect(new Set(socket.eventNames())).toEqual(new Set([...names, 'error']));
});

test('a socket is rejected once, and there is no WebSocket of it then', async () => {
  const { client, upgrade, socket } = await asked();
  rejectUpgrade(socket, 403);
  expect(() => rejectUpgrade(socket, 404)).toThrow(SocketTakenError);
  expect(() => new ServerWebSocket(...upgrade)).toThrow(SocketTakenError);
  expect(await client.readRest()).toMatch(/^HTTP\/1\.1 403 [^]*Forbidden$/);
});

test.each<[string, unknown[], new (message: string) => Error]>([
  ['a status that has no body', [204], RangeError],
  ['a body that is an object', [401, { error: 'log in' }], TypeError],
  ['a body that is false', [401, false], TypeError],
  ['a status that is none', [42], RangeError],
  ['a header with a line break', [403, '', { 'X-A': 'a\r\nb' }], TypeError],
  ['a header that frames the message', [403, '', { 'Content-Length': '3' }], TypeError],
])('%s is refused, and the socket is still free', async (_, args, type) => {
  const { client, socket } = await asked();
  expect(() => rejectUpgrade(socket, ...(args as [number]))).toThrow(type);
  rejectUpgrade(socket, 403);
  expect(await client.readRest()).toContain('403');
});
