/** What the client dials: Unix sockets, and addresses of its own and of others. */
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { LookupFunction, TcpNetConnectOpts } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ClientOptions } from '../src';
import { releaseLater } from '../../websocket/test/support/release';
import type { Upgrade } from '../../websocket/test/support/test-server';
import { dialled } from './answering';
import { certificates } from './certificates';
import type { Certificates } from './certificates';
import { accept, echoServer, expectEcho } from './echo-server';

let issued: Certificates;

beforeAll(async () => {
  issued = await certificates();
});

describe('a Unix socket', () => {
  /** Listens at a path of its own until the test is over. */
  async function serveAtPath(server: ReturnType<typeof createServer>): Promise<string> {
    const folder = mkdtempSync(join(tmpdir(), 'ws-client-'));
    releaseLater(() => rmSync(folder, { recursive: true }));
    const path = join(folder, 'a.sock');
    server.on('upgrade', (...upgrade: Upgrade) => {
      accept(...upgrade);
      releaseLater(() => upgrade[1].destroy());
    });
    await new Promise<void>((resolve) => server.listen(path, resolve));
    releaseLater(() => server.close());
    return path;
  }

  test('by ws+unix:, which ws.url shows', async () => {
    const server = createServer();
    const path = await serveAtPath(server);
    const asked = new Promise<Upgrade[0]>((resolve) => server.once('upgrade', resolve));
    const { ws } = await expectEcho(`ws+unix:${path}:/chat?a=1`, {});
    expect(ws.url).toBe(`ws+unix:${path}:/chat?a=1`);
    expect(await asked).toMatchObject({ url: '/chat?a=1', headers: { host: 'localhost' } });
  });

  test('by wss+unix:, whose certificate is for localhost', async () => {
    const path = await serveAtPath(createTlsServer(issued.valid));
    await expectEcho(`wss+unix:${path}`, { ca: issued.ca.cert });
  });

  test('by wss+unix:, with a certificate for another name', async () => {
    const path = await serveAtPath(
      createTlsServer(issued.otherHost).on('tlsClientError', () => {}),
    );
    const { events, closed } = dialled(`wss+unix:${path}`, [], { ca: issued.ca.cert });
    await closed;
    expect(events).toEqual(['error ERR_TLS_CERT_ALTNAME_INVALID', 'close 1006']);
  });

  test.each([undefined, new Agent()])('by socketPath, the Host being the URL’s', async (agent) => {
    const server = createServer();
    const socketPath = await serveAtPath(server);
    const asked = new Promise<Upgrade[0]>((resolve) => server.once('upgrade', resolve));
    const { ws } = await expectEcho('ws://a.example/chat', { socketPath, agent });
    expect(ws.url).toBe('ws://a.example/chat');
    expect(await asked).toMatchObject({ url: '/chat', headers: { host: 'a.example' } });
  });

  test('that is not there', async () => {
    const { events, errors, closed } = dialled('ws+unix:/nowhere/a.sock:/');
    await closed;
    expect(events).toEqual(['error ENOENT', 'close 1006']);
    expect(errors[0]).toMatchObject({ cause: { code: 'ENOENT', syscall: 'connect' } });
  });
});

describe('addresses', () => {
  test.each<[string, ClientOptions]>([
    ['localAddress', { localAddress: '127.0.0.2' }],
    ['net.localAddress', { net: { localAddress: '127.0.0.2' } }],
    [
      'localAddress before net.localAddress',
      { localAddress: '127.0.0.2', net: { localAddress: '127.0.0.3' } },
    ],
  ])('%s is connected from', async (_, options) => {
    const server = await echoServer();
    await expectEcho(server.url, options);
    expect((await server.next()).remoteAddress).toBe('127.0.0.2');
  });

  test('host, port, path and onread of net change nothing', async () => {
    const server = await echoServer();
    const elsewhere = { host: '192.0.2.1', port: 1, path: '/nowhere', onread: {}, family: null };
    await expectEcho(server.url, { net: elsewhere as unknown as TcpNetConnectOpts });
  });

  const asked: unknown[] = [];
  const lookup: LookupFunction = (hostname, options, callback) => {
    asked.push([hostname, options.family]);
    if (options.all === true) callback(null, [{ address: '127.0.0.1', family: 4 }]);
    else callback(null, '127.0.0.1', 4);
  };

  test.each<[string, ClientOptions, number]>([
    ['lookup', { lookup }, 0],
    ['net.lookup', { net: { lookup } }, 0],
    ['lookup with family 4', { lookup, family: 4 }, 4],
    ['lookup with family 6', { lookup, family: 6 }, 6],
    ['lookup through an agent', { lookup, family: 4, agent: new Agent() }, 4],
  ])('%s is asked', async (_, options, family) => {
    asked.length = 0;
    const server = await echoServer();
    await expectEcho(`ws://a.example:${server.port}/`, options);
    expect(asked.map((question) => (question as [string, number?])[0])).toEqual(['a.example']);
    expect((asked as [string, number?][])[0][1] ?? 0).toBe(family);
  });

  test('a lookup that fails', async () => {
    const missing = Object.assign(new Error('no such name'), { code: 'ENOTFOUND' });
    const { events, errors, closed } = dialled('ws://a.example/', [], {
      lookup: (_, __, callback) => callback(missing, ''),
    });
    await closed;
    expect(events).toEqual(['error ENOTFOUND', 'close 1006']);
    expect(errors[0]?.message).toBe('cannot connect to a.example: no such name');
    expect(errors[0]?.cause).toBe(missing);
  });

  test('several addresses that all refuse', async () => {
    const server = await echoServer();
    const { port } = server;
    const refusing: LookupFunction = (_, __, callback) =>
      callback(null, [
        { address: '127.0.0.5', family: 4 },
        { address: '127.0.0.6', family: 4 },
      ]);
    const { events, errors, closed } = dialled(`ws://a.example:${port}/`, [], { lookup: refusing });
    await closed;
    expect(events).toEqual(['error ECONNREFUSED', 'close 1006']);
    expect(errors[0]?.message).toBe(`cannot connect to a.example:${port}: ECONNREFUSED`);
    expect(errors[0]?.cause).toHaveProperty('errors.length', 2);
  });
});
