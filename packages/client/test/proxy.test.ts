/** Through proxies that do their duty, and through those that don't. */
import { createServer as createTcpServer } from 'node:net';
import type { ConnectionOptions } from 'node:tls';
import { ConnectError } from '../src';
import type { ProxyOptions } from '../src';
import { messageOf, nextEvent } from '../../websocket/test/support/observed';
import { listen } from '../../websocket/test/support/test-server';
import { answering, dialled, rightAnswer } from './answering';
import { certificates } from './certificates';
import type { Certificates } from './certificates';
import { echoServer } from './echo-server';
import * as proxies from './proxy';
import type { Behaviour, Proxy } from './proxy';

const CLOSED_1006 = { code: 1006, reason: '', wasClean: false };

let issued: Certificates;

beforeAll(async () => {
  issued = await certificates();
});

const SCHEMES = ['http', 'https'] as const;

/** A proxy, reached over TCP or TLS, and the option that leads to it. */
async function proxyOver(
  scheme: (typeof SCHEMES)[number],
  behave: Behaviour,
  credentials = '',
): Promise<{ proxy: Proxy; option: ProxyOptions }> {
  const proxy = await proxies.proxyThat(behave, scheme === 'https' ? issued.valid : undefined);
  const origin = `${scheme}://${credentials}127.0.0.1:${proxy.port}`;
  return { proxy, option: { origin, tls: { ca: issued.ca.cert } } };
}

describe.each(SCHEMES)('a proxy over %s', (scheme) => {
  test('tunnels to ws:', async () => {
    const server = await echoServer();
    const { proxy, option } = await proxyOver(scheme, proxies.open);
    const { ws } = dialled(`ws://a.example:${server.port}/chat`, [], { proxy: option });
    ws.send('through');
    expect(await messageOf(ws)).toBe('through');
    const { request, servername } = proxy.asked[0];
    expect(request).toMatchObject({ method: 'CONNECT', url: `a.example:${server.port}` });
    expect(request.headers).toEqual({
      host: `a.example:${server.port}`,
      connection: 'close',
    });
    expect(servername).toBe(scheme === 'https' ? false : undefined);
    const accepted = await server.next();
    expect(accepted.ws.url).toBe(`ws://a.example:${server.port}/chat`);
    ws.close(1000);
    expect((await accepted.closed).wasClean).toBe(true);
  });

  test('tunnels to wss:, whose name is indicated and verified', async () => {
    const server = await echoServer(issued.otherHost);
    const { option } = await proxyOver(scheme, proxies.open);
    const { ws } = dialled(`wss://wrong.example:${server.port}/`, [], {
      proxy: option,
      ca: issued.ca.cert,
    });
    ws.send('through');
    expect(await messageOf(ws)).toBe('through');
    expect((await server.next()).servername).toBe('wrong.example');
  });

  test('gets the percent-decoded credentials of its URL', async () => {
    const server = await echoServer();
    const { option } = await proxyOver(scheme, proxies.demanding('usér:p@ss'), 'us%C3%A9r:p%40ss@');
    const { ws } = dialled(`ws://a.example:${server.port}/`, [], { proxy: option });
    await nextEvent(ws, 'open');
  });

  test('may send the target’s first bytes together with its answer', async () => {
    const greeting = 'HTTP/1.1 101 Swi';
    const target = createTcpServer((socket) => socket.write(greeting));
    const port = await answering(
      (asked) => asked.socket.write(rightAnswer(asked).slice(greeting.length)),
      target,
    );
    const { option } = await proxyOver(scheme, proxies.eager);
    const { ws, events } = dialled(`ws://a.example:${port}/`, [], { proxy: option });
    await nextEvent(ws, 'open');
    expect(events).toEqual(['open']);
  });

  test.each([
    ['407 Proxy Authentication Required', 407],
    ['502 Bad Gateway', 502],
    ['101 Switching Protocols', 101],
    ['302 Found', 302],
  ])('answers %s', async (line, statusCode) => {
    const { option } = await proxyOver(scheme, proxies.answering(line));
    const { events, errors, closed } = dialled('ws://a.example/', [], {
      proxy: option,
      followRedirects: true,
    });
    expect(await closed).toEqual(CLOSED_1006);
    expect(events).toEqual(['error WS_ERR_PROXY', 'close 1006']);
    expect(errors[0]).toBeInstanceOf(ConnectError);
    expect(errors[0]).toMatchObject({
      message: `the proxy answered with status ${statusCode}`,
      statusCode,
      headers: { 'proxy-authenticate': 'Basic realm="a"' },
    });
  });

  test.each([
    ['closes', '', 'ECONNRESET'],
    [
      'has too many headers',
      `HTTP/1.1 200 OK\r\n${'a: \r\n'.repeat(1001)}\r\n`,
      'WS_ERR_TOO_MANY_HEADERS',
    ],
    ['closes within its answer', 'HTTP/1.1 200 OK\r\nA: b', 'ECONNRESET'],
    ['says what is not HTTP', 'SSH-2.0-OpenSSH\r\n\r\n', 'HPE_INVALID_CONSTANT'],
    [
      'has a head without end',
      `HTTP/1.1 200 OK\r\nA: ${'x'.repeat(20_000)}`,
      'HPE_HEADER_OVERFLOW',
    ],
  ])('%s', async (_, text, code) => {
    const { option } = await proxyOver(scheme, proxies.saying(text));
    const { events, errors, closed } = dialled('ws://a.example/', [], { proxy: option });
    expect(await closed).toEqual(CLOSED_1006);
    expect(events).toEqual(['error WS_ERR_PROXY', 'close 1006']);
    expect(errors[0]).toMatchObject({ cause: { code }, statusCode: undefined });
  });

  test('says nothing', async () => {
    const { option } = await proxyOver(scheme, proxies.silent);
    const { events, closed } = dialled('ws://a.example/', [], {
      proxy: option,
      handshakeTimeout: 50,
    });
    expect(await closed).toEqual(CLOSED_1006);
    expect(events).toEqual(['error WS_ERR_HANDSHAKE_TIMEOUT', 'close 1006']);
  });

  describe.each([
    ['selfSigned', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    ['otherHost', 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['expired', 'CERT_HAS_EXPIRED'],
  ] as const)('a target whose certificate is %s is refused', (name, code) => {
    test.each([
      ['by default', {}],
      ['with rejectUnauthorized undefined', { rejectUnauthorized: undefined }],
      ['with rejectUnauthorized null', { rejectUnauthorized: null }],
    ])('%s', async (_, verification) => {
      const server = await echoServer(issued[name]);
      const { option } = await proxyOver(scheme, proxies.open);
      const tls = { ca: issued.ca.cert, ...verification } as ConnectionOptions;
      const url = `wss://127.0.0.1:${server.port}/`;
      const { events, errors, closed } = dialled(url, [], { proxy: option, tls });
      expect(await closed).toEqual(CLOSED_1006);
      expect(events).toEqual([`error ${code}`, 'close 1006']);
      expect(errors[0]).toBeInstanceOf(ConnectError);
      expect(errors[0]?.cause).toHaveProperty('code', code);
    });
  });
});

test.each([
  ['selfSigned', 'DEPTH_ZERO_SELF_SIGNED_CERT', { rejectUnauthorized: null }],
  ['otherHost', 'ERR_TLS_CERT_ALTNAME_INVALID', { rejectUnauthorized: undefined }],
  ['expired', 'CERT_HAS_EXPIRED', {}],
] as const)('a proxy whose own certificate is %s is refused', async (name, code, verification) => {
  const proxy = await proxies.proxyThat(proxies.open, issued[name]);
  const tls = { ca: issued.ca.cert, ...verification } as ConnectionOptions;
  const { events, errors, closed } = dialled('ws://a.example/', [], {
    proxy: { origin: proxy.origin, tls },
    tls: { rejectUnauthorized: false },
  });
  await closed;
  expect(events).toEqual(['error WS_ERR_PROXY', 'close 1006']);
  expect(errors[0]?.cause).toHaveProperty('code', code);
  expect(proxy.asked).toEqual([]);
});

test('what the proxy is trusted with does not weaken what the target is', async () => {
  const server = await echoServer(issued.selfSigned);
  const proxy = await proxies.proxyThat(proxies.open, issued.selfSigned);
  const { events, closed } = dialled(`wss://127.0.0.1:${server.port}/`, [], {
    proxy: { origin: proxy.origin, tls: { rejectUnauthorized: false } },
  });
  await closed;
  expect(events).toEqual(['error DEPTH_ZERO_SELF_SIGNED_CERT', 'close 1006']);
  expect(proxy.asked).toHaveLength(1);
});

test('a proxy that nobody listens at', async () => {
  const server = createTcpServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  const proxy = `http://user:secret@127.0.0.1:${port}`;
  const { events, errors, closed } = dialled('ws://a.example/', [], { proxy });
  await closed;
  expect(events).toEqual(['error WS_ERR_PROXY', 'close 1006']);
  expect(errors[0]).toMatchObject({ cause: { code: 'ECONNREFUSED', syscall: 'connect' } });
  expect(errors[0]?.message).toBe(
    `the proxy 127.0.0.1:${port}: connect ECONNREFUSED 127.0.0.1:${port}`,
  );
});

test('a string or a URL is its origin; its own headers go to it alone', async () => {
  const server = await echoServer();
  const proxy = await proxies.proxyThat(proxies.open);
  const headers = { 'Proxy-Authorization': 'Bearer x', 'X-Proxy': ['1', '2'] };
  for (const option of [proxy.origin, new URL(proxy.origin), { origin: proxy.origin, headers }]) {
    const { ws } = dialled(`ws://[::1]:${server.port}/`, [], {
      proxy: option,
      headers: { Cookie: 'a=1' },
    });
    await nextEvent(ws, 'open');
  }
  const seen = proxy.asked.map(({ request }) => request.headers);
  const host = `[::1]:${server.port}`;
  expect(seen[1]).toEqual({ host, connection: 'close' });
  expect(seen[2]).toMatchObject({ 'proxy-authorization': 'Bearer x', 'x-proxy': '1, 2' });
});

test.each(['', {}, { origin: undefined }, { origin: '' }])('%j is no proxy', async (proxy) => {
  const server = await echoServer();
  const { ws } = dialled(server.url, [], { proxy });
  await nextEvent(ws, 'open');
});

test('a URL object of another class keeps its credentials', async () => {
  const server = await echoServer();
  const { port } = await proxies.proxyThat(proxies.demanding('user:pass'));
  const origin = `http://127.0.0.1:${port}`;
  const href = origin.replace('//', '//user:pass@');
  for (const proxy of [{ href, origin }, { origin: { href } }]) {
    const { ws } = dialled(server.url, [], { proxy: proxy as ProxyOptions });
    await nextEvent(ws, 'open');
  }
});

test('closing while the proxy is silent', async () => {
  let gone: () => void;
  const clientGone = new Promise<void>((resolve) => (gone = resolve));
  let ask: () => void;
  const asked = new Promise<void>((resolve) => (ask = resolve));
  const proxy = await proxies.proxyThat((_, client) => {
    client.resume().on('end', gone);
    ask();
  });
  const { ws, events, closed } = dialled('wss://a.example/', [], { proxy: proxy.origin });
  await asked;
  ws.terminate();
  expect(await closed).toEqual(CLOSED_1006);
  await clientGone;
  expect(events).toEqual(['error WS_ERR_TERMINATED', 'close 1006']);
});
