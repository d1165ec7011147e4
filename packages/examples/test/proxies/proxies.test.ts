/** A WebSocketServer behind nginx and haproxy, with the configurations that the how-to page shows. */
import { EventEmitter, once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect as connectHttp2 } from 'node:http2';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { refuse, WebSocketServer } from '@ws/server';
import type { ServerSocket, UpgradeContext, WebSocketServerOptions } from '@ws/server';
import { Client } from '@ws/websocket';
import type { ClientOptions } from '@ws/websocket';
import { certificates } from '../../../client/test/certificates';
import { releaseLater } from '../../../websocket/test/support/release';
import { listen } from '../../../websocket/test/support/test-server';
import { nextEvent } from '../../../websocket/test/support/observed';
import { proxyTest, startProxy } from './running-proxy';
import type { Changes, ProxyName } from './running-proxy';

type Options = WebSocketServerOptions<undefined, string>;

const CLIENT = '127.0.0.7';
/** What a client says of itself that is not true. */
const FORGED = {
  'X-Forwarded-For': '6.6.6.6',
  'X-Forwarded-Host': 'forged.example',
  'X-Forwarded-Proto': 'https',
  Forwarded: 'for=6.6.6.6;host=forged.example;proto=https',
};
const PROXIES: ProxyName[] = ['nginx', 'haproxy'];
const TIME_LIMIT: Record<ProxyName, Changes> = {
  nginx: { 'proxy_read_timeout 75s': 'proxy_read_timeout 1s' },
  haproxy: { 'timeout tunnel 75s': 'timeout tunnel 1s' },
};

/** How a proxy listens for TLS, with the certificate and key in a file. */
const TLS: Record<ProxyName, (pem: string) => string> = {
  nginx: (pem) => ` ssl; ssl_certificate ${pem}; ssl_certificate_key ${pem}`,
  haproxy: (pem) => ` ssl crt ${pem}`,
};

interface Served {
  readonly chat: WebSocketServer;
  readonly port: number;
}

async function serve(options: Options = {}): Promise<Served> {
  const server = createServer((_, response) => response.end('a page'));
  const port = await listen(server);
  const chat = new WebSocketServer({ server, trustProxy: ['127.0.0.1'], ...options });
  chat.on('connection', (ws) => ws.on('message', ({ data }) => ws.send(data)));
  releaseLater(() => chat.close({ timeout: 0 }));
  return { chat, port };
}

function dial(port: number, options: ClientOptions = {}, protocols: string[] = []): Client {
  const ws = new Client(`ws://127.0.0.1:${port}/`, protocols, {
    localAddress: CLIENT,
    ...options,
  });
  releaseLater(() => ws.terminate());
  return ws;
}

/** A server that tells who its next client is. */
async function serveAndTell(trustProxy: Options['trustProxy']): Promise<{
  readonly port: number;
  readonly told: Promise<UpgradeContext>;
}> {
  const contexts = new EventEmitter();
  const told = once(contexts, 'asked').then(([context]) => context as UpgradeContext);
  const upgrade = (context: UpgradeContext): void => void contexts.emit('asked', context);
  const { port } = await serve({ trustProxy, upgrade });
  return { port, told };
}

/** A folder with a certificate and its key in one file; gives the file. */
async function certificateFile(): Promise<{ readonly pem: string; readonly ca: string }> {
  const { ca, valid } = await certificates();
  const folder = mkdtempSync(join(tmpdir(), 'certificate-'));
  releaseLater(() => rmSync(folder, { recursive: true }));
  const pem = join(folder, 'both.pem');
  writeFileSync(pem, valid.cert + '\n' + valid.key);
  return { pem, ca: ca.cert };
}

describe.each(PROXIES)('behind %s', (name) => {
  proxyTest(
    'text, bytes, subprotocol, compression and close code are those of both ends',
    async () => {
      const { chat, port } = await serve({ protocols: ['chat'], deflate: true });
      const ws = dial(await startProxy(name, port), { deflate: true }, ['chat']);
      const [connection] = (await once(chat, 'connection')) as [ServerSocket];
      await nextEvent(ws, 'open');
      expect([ws.protocol, ws.extensions]).toEqual(['chat', connection.extensions]);
      expect(ws.extensions).toContain('permessage-deflate');
      for (const data of ['héllo', Buffer.alloc(1 << 20, 1)]) {
        ws.send(data);
        expect((await nextEvent(ws, 'message')).data).toEqual(data);
      }
      ws.close(4001, 'that was all');
      const seen = { code: 4001, reason: 'that was all', wasClean: true };
      expect(await nextEvent(connection, 'close')).toMatchObject(seen);
    },
  );

  proxyTest('plain requests are answered on the same port', async () => {
    const port = await startProxy(name, (await serve()).port);
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('a page');
  });

  proxyTest('a refusal comes to the client as it is', async () => {
    const { port } = await serve({ upgrade: () => refuse(401, 'Log in first.') });
    const ws = dial(await startProxy(name, port));
    const { error } = await nextEvent(ws, 'error');
    expect(error).toMatchObject({ statusCode: 401, body: Buffer.from('Log in first.') });
  });

  proxyTest('the server closes, and the client gets the code', async () => {
    const { chat, port } = await serve();
    const ws = dial(await startProxy(name, port));
    await once(chat, 'connection');
    await nextEvent(ws, 'open');
    const closed = nextEvent(ws, 'close');
    expect(await chat.close({ code: 1012, reason: 'restart' })).toEqual({
      closed: 1,
      terminated: 0,
    });
    expect(await closed).toMatchObject({ code: 1012, reason: 'restart', wasClean: true });
  });

  proxyTest('a client that vanishes is noticed', async () => {
    const { chat, port } = await serve();
    const ws = dial(await startProxy(name, port));
    const [connection] = (await once(chat, 'connection')) as [ServerSocket];
    ws.terminate();
    expect(await nextEvent(connection, 'close')).toMatchObject({ code: 1006, wasClean: false });
  });

  proxyTest(
    'the server knows the client, and believes nothing that it says of itself',
    async () => {
      const { port, told } = await serveAndTell(1);
      const front = await startProxy(name, port);
      dial(front, { headers: FORGED });
      const { address, secure, url } = await told;
      expect([address, secure, url.href]).toEqual([CLIENT, false, `ws://127.0.0.1:${front}/`]);
    },
  );

  proxyTest('the server that trusts no proxy takes the proxy for the client', async () => {
    const { port, told } = await serveAndTell(false);
    dial(await startProxy(name, port));
    expect((await told).address).toBe('127.0.0.1');
  });

  proxyTest('TLS ends at the proxy, and the server knows of it', async () => {
    const { pem, ca } = await certificateFile();
    const { port, told } = await serveAndTell(['127.0.0.0/8']);
    const front = await startProxy(name, port, {}, TLS[name](pem));
    const ws = new Client(`wss://127.0.0.1:${front}/`, [], { ca });
    releaseLater(() => ws.terminate());
    const { secure, url } = await told;
    expect([secure, url.href]).toEqual([true, `wss://127.0.0.1:${front}/`]);
    await nextEvent(ws, 'open');
  });

  proxyTest('a page of the same host may connect, and one of another may not', async () => {
    const port = await startProxy(name, (await serve()).port);
    await nextEvent(dial(port, { origin: `http://127.0.0.1:${port}` }), 'open');
    const other = dial(port, { origin: 'http://127.0.0.1' });
    expect((await nextEvent(other, 'error')).error).toMatchObject({ statusCode: 403 });
  });

  proxyTest('pings keep a silent connection, which the proxy ends without them', async () => {
    const { chat, port } = await serve({
      pingInterval: 100,
      upgrade: ({ url }) =>
        url.search === '?silent' ? { options: { pingInterval: 3_600_000 } } : {},
    });
    const front = await startProxy(name, port, TIME_LIMIT[name]);
    const pinged = dial(front);
    await nextEvent(pinged, 'open');
    const connections = once(chat, 'connection');
    const silent = new Client(`ws://127.0.0.1:${front}/?silent`);
    const [connection] = (await connections) as [ServerSocket];
    const ends = await Promise.all([nextEvent(silent, 'close'), nextEvent(connection, 'close')]);
    expect(ends.map(({ code }) => code)).toEqual([1006, 1006]);
    pinged.send('still here');
    expect((await nextEvent(pinged, 'message')).data).toBe('still here');
  });
});

proxyTest('a proxy that says Forwarded is believed, too', async () => {
  const { port, told } = await serveAndTell(true);
  const changes = {
    'option forwardfor': 'http-request del-header X-Forwarded-For',
    'del-header Forwarded':
      'set-header Forwarded for=%[src];proto=https;host=\\"%[req.hdr(Host)]\\"',
    'set-header X-Forwarded-Host %[req.hdr(Host)]': 'del-header X-Forwarded-Host',
    'set-header X-Forwarded-Proto http\n': 'del-header X-Forwarded-Proto\n',
  };
  const front = await startProxy('haproxy', port, changes);
  dial(front, { headers: FORGED });
  const { address, secure, url } = await told;
  expect([address, secure, url.href]).toEqual([CLIENT, true, `wss://127.0.0.1:${front}/`]);
});

proxyTest.each([
  [2, CLIENT],
  [['127.0.0.1'], CLIENT],
  [1, '127.0.0.1'],
])(
  'of two proxies, one behind the other, %j trusted: the client is %s',
  async (trusted, client) => {
    const { port, told } = await serveAndTell(trusted);
    const inner = await startProxy('nginx', port);
    dial(await startProxy('haproxy', inner), { headers: FORGED });
    expect((await told).address).toBe(client);
  },
);

proxyTest('haproxy passes on WebSockets of HTTP/2 (RFC 8441)', async () => {
  const { pem, ca } = await certificateFile();
  const { port, told } = await serveAndTell(1);
  const front = await startProxy('haproxy', port, {}, ` ssl crt ${pem} alpn h2`);
  const options = { ca, localAddress: CLIENT };
  const session = connectHttp2(`https://127.0.0.1:${front}`, options);
  releaseLater(() => session.destroy());
  await once(session, 'remoteSettings');
  const stream = session.request({
    ':method': 'CONNECT',
    ':protocol': 'websocket',
    ':path': '/chat',
    'sec-websocket-version': '13',
  });
  const [headers] = (await once(stream, 'response')) as [object];
  expect(headers).toMatchObject({ ':status': 200 });
  stream.write(Buffer.from([0x81, 0x82, 0, 0, 0, 0, ...Buffer.from('hi')]));
  expect(await once(stream, 'data')).toEqual([Buffer.from([0x81, 2, ...Buffer.from('hi')])]);
  const { address, secure, url } = await told;
  expect([address, secure, url.pathname]).toEqual([CLIENT, true, '/chat']);
});
