/** The programs of the how-to pages about who may connect, and what is sent, do what the pages say. */
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConnectError } from '@ws/websocket';
import { certificates } from '../../../client/test/certificates';
import { RawClient } from '../../../websocket/test/support/raw-client';
import { releaseLater } from '../../../websocket/test/support/release';
import { connect as connectByProxy } from '../../src/how-to/client-proxy';
import type * as AllRows from '../../src/how-to/all-rows';
import type * as Compressing from '../../src/how-to/compressing';
import type * as Cookies from '../../src/how-to/cookies';
import type * as LivePrices from '../../src/how-to/live-prices';
import type * as ManyPaths from '../../src/how-to/many-paths';
import type * as OldClients from '../../src/how-to/old-clients';
import type * as Origins from '../../src/how-to/origins';
import type * as SlowConsumer from '../../src/how-to/slow-consumer';
import type * as Ticket from '../../src/how-to/ticket';
import { connect as connectWithTicket } from '../../src/how-to/ticket-page';
import type * as Tls from '../../src/how-to/tls';
import { hangUp, next } from '../endings';
import { dial, load, portOf, urlOf } from './listening';
import type WebSocketClass from '@ws/websocket';

afterEach(() => {
  jest.restoreAllMocks();
});

/** The status that a client is refused with. */
async function refusalOf(ws: WebSocketClass): Promise<number | undefined> {
  const { error } = await next(ws, 'error');
  if (!(error instanceof ConnectError)) throw error;
  return error.statusCode;
}

test('cookies: who has logged in may connect, and nobody else', async () => {
  const { server } = load<typeof Cookies>('cookies');
  const url = await urlOf(server);
  expect(await refusalOf(dial(url))).toBe(401);
  const response = await fetch(`${url.replace('ws', 'http')}/login`, { method: 'POST' });
  const [cookie = ''] = response.headers.getSetCookie();
  expect(cookie).toMatch(/; HttpOnly; Secure; SameSite=Lax; Path=\/$/);
  const ws = dial(url, [], { headers: { Cookie: cookie.split(';')[0] } });
  expect((await next(ws, 'message')).data).toBe('Hello, Ada.');
});

describe('ticket', () => {
  test('a ticket is good for one connection', async () => {
    const { server } = load<typeof Ticket>('ticket');
    const url = await urlOf(server);
    const headers = { Authorization: 'Bearer key-of-ada' };
    const address = `${url.replace('ws', 'http')}/ticket`;
    expect((await fetch(address, { method: 'POST' })).status).toBe(401);
    const ticket = await (await fetch(address, { method: 'POST', headers })).text();
    const ws = dial(url, ['bearer', ticket]);
    expect((await next(ws, 'message')).data).toBe('Hello, Ada.');
    expect(ws.protocol).toBe('bearer');
    expect(await refusalOf(dial(url, ['bearer', ticket]))).toBe(401);
  });

  test('the page fetches one and connects', async () => {
    const { server } = load<typeof Ticket>('ticket');
    const page = (await urlOf(server)).replace('ws', 'http');
    const made: [URL, string[]][] = [];
    const { WebSocket: native } = globalThis;
    globalThis.WebSocket = function (...call: [URL, string[]]) {
      made.push(call);
    } as never;
    releaseLater(() => (globalThis.WebSocket = native));
    await connectWithTicket('key-of-ada', page);
    const [[url, protocols]] = made;
    const ws = dial(url.href.replace('http', 'ws'), protocols);
    expect((await next(ws, 'message')).data).toBe('Hello, Ada.');
    await expect(connectWithTicket('guessed', page)).rejects.toThrow('no ticket: 401');
  });
});

test.each([
  ['https://app.example', undefined],
  ['https://evil.example', 403],
  [undefined, 403],
])('origins: a client with the origin %s is answered with %s', async (origin, status) => {
  const warned = jest.spyOn(console, 'warn').mockImplementation(() => {});
  const { server } = load<typeof Origins>('origins');
  const ws = dial(await urlOf(server), [], { origin });
  if (status === undefined) await ws.opened;
  else {
    expect(await refusalOf(ws)).toBe(status);
    expect(warned).toHaveBeenCalledWith('refused a page of', origin ?? 'no origin');
  }
});

test('live-prices: a client that does not read misses some, and stays connected', async () => {
  jest.spyOn(console, 'log').mockImplementation(() => {});
  const { server, publishPrice } = load<typeof LivePrices>('live-prices');
  const { socket } = await RawClient.open(await portOf(server));
  socket.pause();
  while (server.clients.size === 0) await new Promise(setImmediate);
  const [ws] = server.clients;
  const symbol = 'X'.repeat(100_000);
  for (let price = 0; ws.droppedMessages === 0; price++) publishPrice(symbol, price);
  expect(ws.bufferedAmount).toBeLessThanOrEqual(2 ** 20);
  expect(ws.readyState).toBe(ws.OPEN);
  ws.terminate();
});

test('all-rows: every row comes, in order', async () => {
  const { server } = load<typeof AllRows>('all-rows');
  const ws = dial(await urlOf(server));
  let rows = 0;
  ws.on('message', ({ data }) => {
    rows += 1;
    if (data !== `row ${rows}`) throw new Error(`row ${rows} is ${data as string}`);
  });
  expect((await next(ws, 'close')).reason).toBe('that was all');
  expect(rows).toBe(100_000);
});

test('slow-consumer: messages are stored one after the other', async () => {
  const { server } = load<typeof SlowConsumer>('slow-consumer');
  const ws = dial(await urlOf(server));
  for (const data of ['one', 'two']) ws.send(data);
  expect((await next(ws, 'message')).data).toBe('stored one');
  expect((await next(ws, 'message')).data).toBe('stored two');
  await hangUp(ws);
});

test('many-paths: each server has its paths, and the rest is answered', async () => {
  const { server } = load<typeof ManyPaths>('many-paths');
  const url = await urlOf(server);
  expect((await next(dial(`${url}/chat/tea`), 'message')).data).toBe('the chat, /chat/tea');
  expect((await next(dial(`${url}/news/today`), 'message')).data).toBe('the news');
  expect(await refusalOf(dial(`${url}/legacy/x`))).toBe(410);
  expect(await refusalOf(dial(`${url}/other`))).toBe(404);
});

test('compressing: a client that can gets compressed messages', async () => {
  const { server } = load<typeof Compressing>('compressing');
  const ws = dial(await urlOf(server), [], { deflate: true });
  const { extensions } = JSON.parse((await next(ws, 'message')).data as string) as {
    extensions: string;
  };
  expect(extensions).toMatch(/^permessage-deflate/);
  expect((await next(ws, 'message')).data).toHaveLength(2000);
});

test('old-clients: a client of RFC 6455 gets bytes', async () => {
  const { server } = load<typeof OldClients>('old-clients');
  expect((await next(dial(await urlOf(server)), 'message')).data).toEqual(Buffer.from([1, 2, 3]));
});

test('old-clients: a client of hixie-75 gets text', async () => {
  const { server } = load<typeof OldClients>('old-clients');
  const client = await RawClient.connect(
    await portOf(server),
    'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: WebSocket\r\n\r\n',
  );
  expect(await client.readHead()).toMatch(/^HTTP\/1\.1 101 /);
  expect((await client.read(6)).toString('latin1')).toBe('\0AQID\xff');
});

describe('with a certificate', () => {
  async function serve(): Promise<{ port: number; ca: string; closed: Promise<unknown> }> {
    const { ca, valid } = await certificates();
    const folder = mkdtempSync(join(tmpdir(), 'certificate-'));
    releaseLater(() => rmSync(folder, { recursive: true }));
    for (const [name, pem] of [
      ['CERTIFICATE', valid.cert],
      ['KEY', valid.key],
    ] as const) {
      process.env[name] = join(folder, name);
      writeFileSync(join(folder, name), pem);
      releaseLater(() => Reflect.deleteProperty(process.env, name));
    }
    const { server } = load<typeof Tls>('tls');
    releaseLater(() => process.removeAllListeners('SIGHUP'));
    return { port: await portOf(server), ca: ca.cert, closed: once(server, 'close') };
  }

  test('tls: the server speaks wss, and reads its certificate anew', async () => {
    const { port, ca } = await serve();
    const url = `wss://localhost:${port}`;
    const ws = dial(url, [], { ca });
    await ws.opened;
    process.emit('SIGHUP');
    ws.send('still here');
    expect((await next(ws, 'message')).data).toBe('still here');
    await dial(url, [], { ca }).opened;
  });

  test('client-proxy: without a proxy in the environment it connects directly', async () => {
    delete process.env['HTTPS_PROXY'];
    const { port, ca } = await serve();
    const ws = connectByProxy(`wss://localhost:${port}`, ca);
    releaseLater(() => ws.terminate());
    await ws.opened;
  });

  test('client-proxy: with one it asks the proxy, and says that this is the one at fault', async () => {
    process.env['HTTPS_PROXY'] = 'http://127.0.0.1:1';
    releaseLater(() => delete process.env['HTTPS_PROXY']);
    const ws = connectByProxy('wss://localhost:1');
    const [{ message }] = (await once(ws, 'error').catch((error: unknown) => [error])) as [Error];
    expect(message).toContain('127.0.0.1:1');
  });
});
