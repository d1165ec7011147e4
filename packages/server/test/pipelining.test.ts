/** Upgrade requests behind requests whose responses are not finished: answers keep their order. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { once } from 'node:events';
import { createServer, ServerResponse } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { ServerWebSocket } from '../src';
import type { ServerOptions } from '../src';
import { frame, TEXT } from '../../websocket/test/support/frames';
import { echoing, observed } from '../../websocket/test/support/observed';
import { RawClient } from '../../websocket/test/support/raw-client';
import { CHALLENGE, head, HIXIE_76, HYBI_13, KEY3 } from '../../websocket/test/support/requests';
import { listen } from '../../websocket/test/support/test-server';
import type { Upgrade } from '../../websocket/test/support/test-server';

const CLOSED_1006 = { code: 1006, reason: '', wasClean: false };
const GONE = ['error WS_ERR_CLIENT_GONE', 'close 1006'];
const get = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`;

/** Sends everything in one segment; the upgrade has been requested, and the turn is over. */
async function pipelined(requests: string, options?: ServerOptions) {
  const responses: ServerResponse[] = [];
  const server = createServer((_, response) => responses.push(response));
  const client = await RawClient.connect(await listen(server), requests);
  const [...upgrade] = (await once(server, 'upgrade')) as Upgrade;
  const seen = observed(echoing(new ServerWebSocket(...upgrade, [], options)));
  await new Promise(setImmediate);
  return { responses, client, upgrade, ...seen };
}

/** Reads a response with a Content-Length, and gives its body. */
async function bodyOf(client: RawClient): Promise<string> {
  const [, length] = /^HTTP\/1\.1 200 [^]*\r\nContent-Length: (\d+)/i.exec(
    await client.readHead(),
  )!;
  return (await client.read(Number(length))).toString();
}

test('the 101 waits for the response in front, and loses no frame meanwhile', async () => {
  const hello = frame(TEXT, 'hello').toString('latin1');
  const { responses, client, events, ws } = await pipelined(get('/a') + head() + hello);
  client.write(frame(TEXT, 'again'));
  expect([ws.readyState, events]).toEqual([0, []]);
  ws.send('early');
  responses[0].end('first');
  expect(await bodyOf(client)).toBe('first');
  expect(await client.readHead()).toMatch(/^HTTP\/1\.1 101 /);
  for (const expected of ['early', 'hello', 'again']) {
    expect((await client.readFrame()).payload.toString()).toBe(expected);
  }
  expect(events).toEqual(['open', 'message hello', 'message again']);
});

test('the time that Node allows between requests does not count for the WebSocket', async () => {
  const { responses, client, upgrade } = await pipelined(get('/a') + head());
  responses[0].end('first');
  await bodyOf(client);
  await client.readHead();
  expect(upgrade[1]).toMatchObject({ timeout: 0 });
});

test('it waits for every one in front, in whatever order they are finished', async () => {
  const requests = get('/a') + get('/b') + get('/c') + head();
  const { responses, client, events } = await pipelined(requests);
  for (const at of [2, 0]) responses[at].end(`response ${at}`);
  expect(await bodyOf(client)).toBe('response 0');
  expect(events).toEqual([]);
  responses[1].end('response 1');
  expect(await bodyOf(client)).toBe('response 1');
  expect(await bodyOf(client)).toBe('response 2');
  expect(await client.readHead()).toMatch(/^HTTP\/1\.1 101 /);
});

test('so does hixie-76', async () => {
  const { responses, client } = await pipelined(get('/a') + head(HIXIE_76) + KEY3);
  responses[0].end('first');
  expect(await bodyOf(client)).toBe('first');
  expect(await client.readTo(CHALLENGE)).toMatch(/^HTTP\/1\.1 101 /);
});

test('so does a refusal', async () => {
  const { responses, client, closed } = await pipelined(
    get('/a') + head(HYBI_13, 'POST / HTTP/1.1'),
  );
  responses[0].end('first');
  expect(await bodyOf(client)).toBe('first');
  expect(await client.readRest()).toMatch(/^HTTP\/1\.1 405 /);
  expect(await closed).toEqual(CLOSED_1006);
});

test('a response that ends the connection leaves nobody to answer', async () => {
  const { responses, client, upgrade, events, closed } = await pipelined(get('/a') + head());
  responses[0].setHeader('Connection', 'close').end('last');
  expect(await bodyOf(client)).toBe('last');
  expect(await client.readRest()).toBe('');
  expect(await closed).toEqual(CLOSED_1006);
  expect(events).toEqual(GONE);
  expect(upgrade[1].destroyed).toBe(true);
});

test.each<[string, (of: Awaited<ReturnType<typeof pipelined>>) => unknown, string]>([
  ['the response is destroyed', ({ responses }) => responses[0].destroy(), 'WS_ERR_CLIENT_GONE'],
  ['the client ends its stream', ({ client }) => client.socket.end(), 'WS_ERR_CLIENT_GONE'],
  ['the client resets', ({ client }) => client.reset(), 'ECONNRESET'],
  ['the application terminates', ({ ws }) => ws.terminate(), 'WS_ERR_TERMINATED'],
])('while it waits, %s', async (_, act, code) => {
  const made = await pipelined(get('/a') + head());
  act(made);
  expect(await made.closed).toEqual(CLOSED_1006);
  expect(made.events).toEqual([`error ${code}`, 'close 1006']);
  made.responses[0].end('too late');
  expect(await made.client.readRest()).toBe('');
  expect(made.upgrade[1].destroyed).toBe(true);
});

test('a response that never comes is waited for no longer than handshakeTimeout', async () => {
  const { client, events, closed } = await pipelined(get('/a') + head(), { handshakeTimeout: 20 });
  expect(await closed).toEqual(CLOSED_1006);
  expect(events).toEqual(['error WS_ERR_HANDSHAKE_TIMEOUT', 'close 1006']);
  expect(await client.readRest()).toBe('');
});

test.each<[string, (request: IncomingMessage) => IncomingMessage]>([
  ['', (request) => request],
  [', which it has wrapped,', (request) => Object.create(request) as IncomingMessage],
  [', of its own making,', (request) => Object.assign(request, { upgrade: null })],
])(
  'a response of a framework for the upgrade request itself%s is no earlier one',
  async (_, made) => {
    const server = createServer();
    server.on('upgrade', (request: IncomingMessage, socket: Socket, behind: Buffer) => {
      new ServerResponse(request).assignSocket(socket);
      new ServerWebSocket(made(request), socket, behind);
    });
    const client = await RawClient.connect(await listen(server), head());
    expect(await client.readHead()).toMatch(/^HTTP\/1\.1 101 /);
  },
);

test('it opens in its own context, not in that of the response in front', async () => {
  const context = new AsyncLocalStorage<string>();
  const server = createServer((_, response) => {
    context.run('response', () => setImmediate(() => response.end('first')));
  });
  const opened = new Promise<string | undefined>((resolve) => {
    server.on('upgrade', (...upgrade: Upgrade) => {
      context.run('upgrade', () => {
        new ServerWebSocket(...upgrade).on('open', () => resolve(context.getStore()));
      });
    });
  });
  await RawClient.connect(await listen(server), get('/a') + head());
  const store = await opened;
  // One that is left on makes every promise of the process slower.
  context.disable();
  expect(store).toBe('upgrade');
});
