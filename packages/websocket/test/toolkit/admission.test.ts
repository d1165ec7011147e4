/** Who may come, before anybody is asked. */
import { once } from 'node:events';
import { WebSocketServer } from '@ws/server';
import type { WebSocketServerOptions } from '@ws/server';
import { nextEvent } from '../support/observed';
import { RawClient } from '../support/raw-client';
import { head, HYBI_13 } from '../support/requests';
import type { Headers } from '../support/requests';
import { connectionOf, dial, serve, statusOf } from '../support/toolkit';

type Options = WebSocketServerOptions<undefined, string>;

const HOST = 'app.example';

/** The status line of the answer to a request with these headers. */
async function answerTo(options: Options, headers: Headers): Promise<string> {
  const { port } = await serve(options);
  const client = await RawClient.connect(port, head({ ...BASE, ...headers }));
  return (await client.readHead()).split(' ')[1];
}

const BASE: Headers = { ...HYBI_13, Host: HOST };

test.each<[string, Options, Headers, string]>([
  ['no origin', {}, {}, '101'],
  ['no origin, where there must be one', { requireOrigin: true }, {}, '403'],
  ['a page of the same host', {}, { Origin: `http://${HOST}` }, '101'],
  ['a page of another host', {}, { Origin: 'http://evil.example' }, '403'],
  ['a page without an origin', {}, { Origin: 'null' }, '403'],
  [
    'a page of another host, where all may come',
    { origins: '*' },
    { Origin: 'http://x.example' },
    '101',
  ],
  [
    'a page of the list',
    { origins: ['https://x.example'] },
    { Origin: 'https://x.example' },
    '101',
  ],
  [
    'a page that is not in the list',
    { origins: ['https://x.example'] },
    { Origin: `http://${HOST}` },
    '403',
  ],
  ['a host of the list', { hosts: [HOST] }, {}, '101'],
  ['a host of the list with any port', { hosts: [HOST] }, { Host: `${HOST}:8080` }, '101'],
  ['a host of the list with its port', { hosts: [`${HOST}:80`] }, {}, '101'],
  ['a host of the list with another port', { hosts: [`${HOST}:81`] }, {}, '403'],
  ['a host in capitals', { hosts: ['APP.example'] }, { Host: 'App.Example' }, '101'],
  ['an IPv6 host', { hosts: ['[::1]'] }, { Host: '[::1]:3000' }, '101'],
  ['another host', { hosts: [HOST] }, { Host: `x.${HOST}` }, '403'],
  [
    'what a proxy says of the host',
    { hosts: [HOST] },
    { Host: 'inner', 'X-Forwarded-Host': HOST },
    '403',
  ],
  [
    'what a trusted proxy says of it',
    { hosts: [HOST], trustProxy: 1 },
    { Host: 'inner', 'X-Forwarded-Host': HOST },
    '101',
  ],
  [
    'what a trusted proxy says of it by Forwarded',
    { hosts: [HOST], trustProxy: 1 },
    { Host: 'inner', Forwarded: `for=2.2.2.2;host=${HOST}` },
    '101',
  ],
  [
    'what a client says of it to a trusted proxy',
    { hosts: [HOST], trustProxy: 1 },
    { Host: 'inner', Forwarded: [`host=${HOST}`, 'for=2.2.2.2;host=x.example'] },
    '403',
  ],
  [
    'a page of the same host behind a proxy',
    { trustProxy: true },
    { Host: 'inner', Forwarded: `proto=https;host=${HOST}`, Origin: `https://${HOST}` },
    '101',
  ],
  [
    'a page of the same host behind a proxy, without TLS',
    { trustProxy: true },
    { Host: 'inner', Forwarded: `proto=https;host=${HOST}`, Origin: `http://${HOST}` },
    '403',
  ],
])('%s', async (_, options, headers, status) => {
  expect(await answerTo(options, headers)).toBe(status);
});

test('of so many connections one too many is answered with 503, until one has gone', async () => {
  const { chat, url } = await serve({ maxConnections: 1 });
  const refused = once(chat, 'refused');
  const client = dial(url);
  const ws = await connectionOf(chat);
  expect(await statusOf(url)).toBe(503);
  expect(await refused).toMatchObject([{ reason: 'connections' }]);
  const closed = nextEvent(ws, 'close');
  client.close();
  await closed;
  const connection = connectionOf(chat);
  dial(url);
  await connection;
});

test('of one address, likewise, with 429', async () => {
  const { chat, port, url } = await serve({ maxConnectionsPerAddress: 1, trustProxy: true });
  const refused = once(chat, 'refused');
  const request = head({ ...BASE, 'X-Forwarded-For': '2.2.2.2' });
  await (await RawClient.connect(port, request)).readHead();
  dial(url);
  await connectionOf(chat);
  expect(await (await RawClient.connect(port, request)).readRest()).toMatch(/^HTTP\/1\.1 429 /);
  expect(await refused).toMatchObject([{ status: 429, context: { address: '2.2.2.2' } }]);
});

test.each<[what: string, addresses: [string, string], status: string]>([
  ['one IPv6 network', ['2001:db8:1:2::1', '2001:db8:1:2:3:4:5:6'], '429'],
  ['two IPv6 networks', ['2001:db8:1:2::1', '2001:db8:1:3::1'], '101'],
  ['one IPv4 address, as IPv6, too', ['::ffff:2.2.2.2', '2.2.2.2'], '429'],
  ['two IPv4 addresses as IPv6', ['::ffff:2.2.2.2', '::ffff:2.2.2.3'], '101'],
])('with one connection of each address, two of %s: %s', async (_, addresses, status) => {
  const { port, chat } = await serve({ maxConnectionsPerAddress: 1, trustProxy: true });
  const answers: string[] = [];
  for (let round = 0; round < 2; round++) {
    const clients: RawClient[] = [];
    for (const address of addresses) {
      const request = head({ ...BASE, 'X-Forwarded-For': address });
      const client = await RawClient.connect(port, request);
      clients.push(client);
      answers.push((await client.readHead()).split(' ')[1]);
    }
    // Who has left counts no more.
    const closed = [...chat.clients].map((ws) => nextEvent(ws, 'close'));
    for (const client of clients) client.reset();
    await Promise.all(closed);
  }
  expect(answers).toEqual(['101', status, '101', status]);
});

test('those that wait for the hook are counted, and those that are refused no more', async () => {
  let asked = 0;
  const { chat, port, url } = await serve({
    maxConnections: 1,
    upgrade: () => (asked++ === 0 ? new Promise<void>(() => undefined) : undefined),
  });
  const gone = await RawClient.connect(port, head());
  while (asked === 0) await new Promise(setImmediate);
  expect(await statusOf(url)).toBe(503);
  gone.reset();
  let ws = null;
  while (ws === null) {
    const client = dial(url);
    ws = await Promise.race([connectionOf(chat), nextEvent(client, 'close').then(() => null)]);
  }
});

test.each<[string, Headers]>([
  ['X-Forwarded headers', { 'X-Forwarded-For': '2.2.2.2', 'X-Forwarded-Proto': 'https' }],
  ['Forwarded', { Forwarded: `for=2.2.2.2;proto=https;host=${HOST}`, Host: 'inner' }],
  [
    'Forwarded of two proxies',
    {
      Forwarded: `for=2.2.2.2;proto=https;host=${HOST}, for=127.0.0.9;proto=http;host=inner`,
      Host: 'inner',
    },
  ],
])('the hook learns who the client is, by %s', async (_, headers) => {
  const { port, chat } = await serve({
    trustProxy: ['127.0.0.0/8'],
    protocols: 'chat',
    upgrade: ({ address, secure, url, cookies, bearer, origin, protocols }) => ({
      data: { address, secure, url: url.href, sid: cookies.get('sid'), bearer, origin, protocols },
      headers: { 'X-Answer': '1' },
    }),
  });
  const connection = connectionOf(chat);
  const client = await RawClient.connect(
    port,
    head({
      ...BASE,
      ...headers,
      Origin: `https://${HOST}`,
      Cookie: 'sid=a%20b',
      'Sec-WebSocket-Protocol': 'bearer, secret',
    }),
  );
  expect(await client.readHead()).toContain('Sec-WebSocket-Protocol: bearer\r\n');
  const ws = await connection;
  expect(ws.url).toBe(`wss://${HOST}/demo`);
  expect(ws.data).toEqual({
    address: '2.2.2.2',
    secure: true,
    url: `wss://${HOST}/demo`,
    sid: 'a b',
    bearer: 'secret',
    origin: `https://${HOST}`,
    protocols: ['bearer', 'secret'],
  });
});

test('a token among the subprotocols is not answered where nobody asks for it', async () => {
  const { url } = await serve({ protocols: ['chat'] });
  const clients = [dial(url, ['bearer', 'secret', 'chat'])];
  await nextEvent(clients[0], 'open');
  expect(clients[0].protocol).toBe('chat');
});

test.each<[Options, string]>([
  [{ hosts: 'a' as never }, 'option hosts: "a" is not a list'],
  [{ hosts: ['http://a'] }, 'option hosts: "http://a" is not a host, with a port or not'],
  [{ hosts: ['a:b'] }, 'option hosts: "a:b" is not a host, with a port or not'],
  [{ maxConnections: 0 }, 'option maxConnections: 0 is not an integer from 1'],
  [
    { maxConnectionsPerAddress: '5' as never },
    'option maxConnectionsPerAddress: "5" is not a number',
  ],
  [{ requireOrigin: 1 as never }, 'option requireOrigin: 1 is not a boolean'],
])('%j is refused', (options, message) => {
  expect(() => new WebSocketServer(options)).toThrow(message);
});
