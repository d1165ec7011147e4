/** Streams that TLS, agents and applications make. */
import { Agent, createServer } from 'node:http';
import { Agent as TlsAgent } from 'node:https';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import type { ClientOptions, StreamOptions } from '../src';
import { nextEvent } from '../../websocket/test/support/observed';
import { releaseLater } from '../../websocket/test/support/release';
import { TestServer } from '../../websocket/test/support/test-server';
import { answering, dialled, rightAnswer } from './answering';
import { certificates } from './certificates';
import type { Certificates } from './certificates';
import { echoServer, expectEcho } from './echo-server';
import { open, proxyThat } from './proxy';

let issued: Certificates;

beforeAll(async () => {
  issued = await certificates();
});

describe('the name that TLS indicates', () => {
  test.each([
    ['localhost', 'localhost'],
    ['127.0.0.1', false],
  ])('for %s: %s', async (host, servername) => {
    for (const agent of [undefined, new TlsAgent()]) {
      const server = await echoServer(issued.valid);
      const url = `wss://${host}:${server.port}/`;
      await expectEcho(url, { ca: issued.ca.cert, family: 4, agent });
      expect((await server.next()).servername).toBe(servername);
    }
  });

  test('ca is tls.ca, which goes before it', async () => {
    const server = await echoServer(issued.valid);
    const { ca } = issued;
    await expectEcho(`wss://127.0.0.1:${server.port}/`, { ca: [Buffer.from(ca.cert)] });
    const tls = { ca: issued.selfSigned.cert };
    const { events, closed } = dialled(`wss://127.0.0.1:${server.port}/`, [], { ca: ca.cert, tls });
    await closed;
    expect(events).toEqual(['error UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'close 1006']);
  });

  test('host, port, path and socket of tls change nothing', async () => {
    const server = await echoServer(issued.valid);
    const elsewhere = { host: 'wrong.example', port: 1, path: '/nowhere', socket: new Duplex() };
    const tls = { ca: issued.ca.cert, ...elsewhere };
    await expectEcho(`wss://127.0.0.1:${server.port}/`, { tls });
  });
});

describe('agent', () => {
  test('makes the connection, and keeps nothing of it', async () => {
    const agent = new Agent({ keepAlive: true });
    releaseLater(() => agent.destroy());
    const createConnection = jest.spyOn(agent, 'createConnection');
    const server = await echoServer();
    const { ws, closed } = await expectEcho(server.url, { agent });
    expect(createConnection).toHaveBeenCalledTimes(1);
    expect(agent.sockets).toEqual({});
    ws.close(1000);
    expect((await closed).wasClean).toBe(true);
    expect(agent.freeSockets).toEqual({});
  });

  test.each([
    ['selfSigned', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    ['otherHost', 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['expired', 'CERT_HAS_EXPIRED'],
  ] as const)('verifies: a certificate that is %s', async (name, code) => {
    const { port } = await echoServer(issued[name]);
    const tls = { ca: issued.ca.cert, rejectUnauthorized: undefined };
    const agent = new TlsAgent();
    const { events, closed } = dialled(`wss://127.0.0.1:${port}/`, [], { agent, tls });
    await closed;
    expect(events).toEqual([`error ${code}`, 'close 1006']);
  });

  test('that cannot follow from ws: to wss:', async () => {
    const server = createServer();
    server.on('upgrade', (_, socket) => {
      socket.end('HTTP/1.1 302 Found\r\nLocation: wss://127.0.0.1:1/\r\n\r\n');
    });
    const { port } = await TestServer.listen(() => {}, server);
    const agent = new Agent();
    const { events, closed } = dialled(`ws://127.0.0.1:${port}/`, [], {
      agent,
      followRedirects: true,
    });
    await closed;
    expect(events).toEqual(['error ERR_INVALID_PROTOCOL', 'close 1006']);
  });
});

describe('createConnection', () => {
  test('is told what net.connect would be', async () => {
    const server = await echoServer();
    const createConnection = jest.fn((options: StreamOptions) => connect(options));
    await expectEcho(server.url, { createConnection, localAddress: '127.0.0.2' });
    expect(createConnection.mock.calls).toEqual([
      [{ host: '127.0.0.1', port: server.port, localAddress: '127.0.0.2', noDelay: true }],
    ]);
    expect((await server.next()).remoteAddress).toBe('127.0.0.2');
  });

  test('may give a stream that is connected, and no socket', async () => {
    const port = await answering((asked) => asked.socket.write(rightAnswer(asked)));
    const socket = connect(port, '127.0.0.1');
    await new Promise((resolve) => socket.once('connect', resolve));
    const { ws } = dialled('ws://a.example/', [], { createConnection: () => wrapped(socket) });
    await nextEvent(ws, 'open');
  });

  test('may give a stream that HTTP hands over corked', async () => {
    const server = await echoServer();
    const createConnection = (options: StreamOptions): Socket => {
      const socket = connect(options);
      return socket.once('data', () => socket.cork());
    };
    await expectEcho(server.url, { createConnection });
  });

  test('has TLS spoken on it for wss:', async () => {
    const server = await echoServer(issued.valid);
    const { port } = server;
    const url = `wss://localhost:${port}/`;
    const createConnection = (): Duplex => connect(port, '127.0.0.1');
    await expectEcho(url, { createConnection, ca: issued.ca.cert });
    expect((await server.next()).servername).toBe('localhost');
    const { events, closed } = dialled(url, [], { createConnection });
    await closed;
    expect(events).toEqual(['error UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'close 1006']);
  });

  test('may speak TLS itself', async () => {
    const server = await echoServer(issued.valid);
    const tls = { host: '127.0.0.1', port: server.port, ca: issued.ca.cert };
    await expectEcho('wss://a.example/', { createConnection: () => connectTls(tls) });
  });

  test('makes the connection to the proxy, whose TLS is not the target’s', async () => {
    const server = await echoServer(issued.valid);
    const proxy = await proxyThat(open, issued.valid);
    const tls = { host: '127.0.0.1', port: proxy.port, ca: issued.ca.cert };
    const createConnection = jest.fn(() => connectTls(tls));
    const url = `wss://localhost:${server.port}/`;
    await expectEcho(url, { createConnection, proxy: proxy.origin, ca: issued.ca.cert });
    expect(createConnection).toHaveBeenCalledTimes(1);
    expect((await server.next()).servername).toBe('localhost');
  });

  const failure = Object.assign(new Error('not today'), { code: 'E_NOT_TODAY' });
  const destroyed = new Duplex({ read() {} });
  destroyed.destroy();
  const broken = new Duplex({ read() {} });
  broken.on('error', () => {}).destroy(failure);

  test.each<[string, () => unknown, string, string]>([
    [
      'throws',
      () => {
        throw failure;
      },
      'E_NOT_TODAY',
      'not today',
    ],
    [
      'throws null',
      () => {
        // eslint-disable-next-line @typescript-eslint/only-throw-error -- applications can
        throw null;
      },
      'WS_ERR_CONNECT',
      'null',
    ],
    ['gives nothing', () => undefined, 'WS_ERR_CONNECT', 'what it returned is not a Duplex'],
    ['gives what is destroyed', () => destroyed, 'WS_ERR_CONNECT', 'has been destroyed'],
    ['gives what is broken', () => broken, 'E_NOT_TODAY', 'not today'],
  ])('%s', async (_, createConnection, code, text) => {
    for (const scheme of ['ws', 'wss']) {
      const options = { createConnection } as ClientOptions;
      const { events, errors, closed } = dialled(`${scheme}://a.example/`, [], options);
      await closed;
      expect(events).toEqual([`error ${code}`, 'close 1006']);
      expect(errors[0]?.message).toContain(`cannot connect to a.example: `);
      expect(errors[0]?.message).toContain(text);
    }
  });

  test('what breaks under TLS', async () => {
    const stream = new Duplex({
      read() {},
      write(_chunk, _encoding, callback) {
        callback(failure);
      },
    });
    const { events, closed } = dialled('wss://a.example/', [], { createConnection: () => stream });
    await closed;
    expect(events).toEqual(['error E_NOT_TODAY', 'close 1006']);
  });

  test('what is closed under TLS', async () => {
    const stream: Duplex = new Duplex({
      read() {},
      write(_chunk, _encoding, callback) {
        stream.destroy();
        callback();
      },
    });
    const { events, closed } = dialled('wss://a.example/', [], { createConnection: () => stream });
    await closed;
    expect(events).toEqual([expect.stringMatching(/^error (ECONNRESET|ERR_)/), 'close 1006']);
  });
});

/** A Duplex that is no Socket. */
function wrapped(socket: Socket): Duplex {
  const duplex = new Duplex({
    read() {},
    write: (chunk: Buffer, _, callback) => void socket.write(chunk, callback),
    final: (callback) => void socket.end(callback),
    destroy(error, callback) {
      socket.destroy();
      callback(error);
    },
  });
  socket.on('data', (chunk) => duplex.push(chunk));
  socket.on('end', () => duplex.push(null));
  return duplex;
}
