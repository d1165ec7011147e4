/** The socket of an upgrade request while the application makes up its mind. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Duplex } from 'node:stream';
import { holdUpgrade, rejectUpgrade, ServerWebSocket, SocketTakenError } from '../src';
import { frame, TEXT } from '../../websocket/test/support/frames';
import { codeOf, messageOf, observed } from '../../websocket/test/support/observed';
import { RawClient } from '../../websocket/test/support/raw-client';
import { head } from '../../websocket/test/support/requests';
import { listen } from '../../websocket/test/support/test-server';
import type { Upgrade } from '../../websocket/test/support/test-server';

interface Asked {
  readonly client: RawClient;
  readonly upgrade: Upgrade;
  readonly socket: Duplex;
}

/** A client that asks for a WebSocket, and waits. */
async function asked(): Promise<Asked> {
  const server = createServer();
  const client = await RawClient.connect(await listen(server), head());
  const upgrade = (await once(server, 'upgrade')) as Upgrade;
  return { client, upgrade, socket: upgrade[1] };
}

async function aborted(signal: AbortSignal): Promise<string> {
  if (!signal.aborted) await once(signal, 'abort');
  return codeOf(signal.reason as Error);
}

/** `once` would reject with an error of the socket. */
function closed(socket: Duplex): Promise<void> {
  return new Promise((resolve) => socket.on('close', () => resolve()));
}

test('a client that resets crashes nobody, and aborts the signal', async () => {
  const { client, socket } = await asked();
  const signal = holdUpgrade(socket);
  client.reset();
  expect(await aborted(signal)).toMatch(/^(ECONNRESET|WS_ERR_CLIENT_GONE)$/);
  expect(socket.destroyed).toBe(true);
});

test('a client that ends its side aborts the signal, and the socket is destroyed', async () => {
  const { client, socket } = await asked();
  const signal = holdUpgrade(socket);
  client.socket.end();
  expect(await aborted(signal)).toBe('WS_ERR_CLIENT_GONE');
  expect(socket.destroyed).toBe(true);
});

test('a client that has left before aborts it at once', async () => {
  const { client, socket } = await asked();
  socket.on('error', () => undefined);
  client.reset();
  socket.resume();
  await closed(socket);
  expect(await aborted(holdUpgrade(socket))).toBe('WS_ERR_CLIENT_GONE');
});

test('a WebSocket takes the socket over, and what was sent meanwhile is not lost', async () => {
  const { client, upgrade, socket } = await asked();
  const before = socket.listenerCount('error');
  const signal = holdUpgrade(socket);
  await client.writeNow(frame(TEXT, 'early'));
  const ws = new ServerWebSocket(...upgrade);
  expect(await messageOf(ws)).toBe('early');
  expect(signal.aborted).toBe(false);
  expect(socket.listenerCount('error')).toBeGreaterThanOrEqual(before);
  client.socket.end();
});

test('a WebSocket of a client that has left has one error and one close', async () => {
  const { client, upgrade, socket } = await asked();
  const signal = holdUpgrade(socket);
  client.socket.end();
  await aborted(signal);
  const { events, closed } = observed(new ServerWebSocket(...upgrade));
  await closed;
  expect(events).toEqual(['error WS_ERR_CLIENT_GONE', 'close 1006']);
});

test('rejectUpgrade takes the socket over', async () => {
  const { client, socket } = await asked();
  const signal = holdUpgrade(socket);
  rejectUpgrade(socket, 401);
  expect(await client.readRest()).toContain('401 Unauthorized');
  expect(signal.aborted).toBe(false);
});

test('holding it again changes nothing', async () => {
  const { socket } = await asked();
  const signal = holdUpgrade(socket);
  const names = socket.eventNames().map((name) => [name, socket.listenerCount(name)]);
  expect(holdUpgrade(socket)).toBe(signal);
  expect(socket.eventNames().map((name) => [name, socket.listenerCount(name)])).toEqual(names);
});

test('a socket that has a WebSocket is not held', async () => {
  const { upgrade, socket } = await asked();
  const ws = new ServerWebSocket(...upgrade);
  expect(() => holdUpgrade(socket)).toThrow(SocketTakenError);
  ws.terminate();
});

test('what is no socket is refused', () => {
  expect(() => holdUpgrade({} as unknown as Duplex)).toThrow(TypeError);
});
