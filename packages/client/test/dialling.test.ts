/** What the client sends, when it gives up, and what an application can get wrong. */
import { createServer } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { ServerWebSocket } from '@ws/server';
import { Client } from '../src';
import type { ClientOptions } from '../src';
import { nextEvent } from '../../websocket/test/support/observed';
import { listen, TestServer } from '../../websocket/test/support/test-server';
import { answering, dialled, rightAnswer } from './answering';
import type { Asked } from './answering';

const CLOSED_1006 = { code: 1006, reason: '', wasClean: false };

/** The head of the request that a client makes of its arguments, up to its key. */
async function requestOf(
  path: string,
  protocols?: string | readonly string[],
  options?: ClientOptions,
  credentials = '',
): Promise<{ head: string; port: number }> {
  let answer: (asked: Asked) => void = () => {};
  const asked = new Promise<Asked>((resolve) => (answer = resolve));
  const port = await answering((received) => answer(received));
  dialled(`ws://${credentials}127.0.0.1:${port}${path}`, protocols, options);
  return { head: (await asked).head, port };
}

describe('the request', () => {
  test('is exactly this', async () => {
    const { head, port } = await requestOf('/a?b=%20c', ['chat', 'superchat']);
    expect(head.replace(/(?<=Key: )[A-Za-z0-9+/]{22}==/, 'KEY')).toBe(
      `GET /a?b=%20c HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\n` +
        'Connection: Upgrade\r\nSec-WebSocket-Key: KEY\r\nSec-WebSocket-Version: 13\r\n' +
        'Sec-WebSocket-Protocol: chat, superchat\r\n\r\n',
    );
  });

  test('has the application’s headers', async () => {
    const headers = { Origin: 'http://a', Cookie: 'a=1', 'X-A': ['1', '2'], Host: 'b' };
    const { head } = await requestOf('/', [], { headers });
    expect(head).toMatch(/^GET \/ HTTP\/1.1\r\nHost: b\r\n/);
    expect(head).toContain('\r\nOrigin: http://a\r\nCookie: a=1\r\nX-A: 1\r\nX-A: 2\r\n');
  });

  test('has the credentials of the URL, percent-decoded', async () => {
    const { head } = await requestOf('/', [], {}, 'us%C3%A9r:p%40ss@');
    const credentials = Buffer.from('usér:p@ss').toString('base64');
    expect(head).toContain(`\r\nAuthorization: Basic ${credentials}\r\n`);
  });

  test('has the origin, under the name that the version has for it', async () => {
    const origin = 'https://app.example:8443';
    const { head } = await requestOf('/', [], { origin });
    expect(head).toContain(`Version: 13\r\nOrigin: ${origin}\r\n`);
    const older = await requestOf('/', [], { origin, protocolVersion: 8 });
    expect(older.head).toContain(`Version: 8\r\nSec-WebSocket-Origin: ${origin}\r\n`);
    expect(older.head).not.toContain('\r\nOrigin:');
  });

  test('has another key each time, whatever Math.random gives', async () => {
    const random = jest.spyOn(Math, 'random').mockReturnValue(0.5);
    const heads = [(await requestOf('/')).head, (await requestOf('/')).head];
    random.mockRestore();
    const [first, second] = heads.map((head) => /Key: (.*)\r/.exec(head)?.[1]);
    expect(first).not.toBe(second);
  });
});

test('masks vary, whatever Math.random gives', async () => {
  const random = jest.spyOn(Math, 'random').mockReturnValue(0.5);
  let receive: (chunk: Buffer) => void = () => {};
  const frames = new Promise<Buffer>((resolve) => (receive = resolve));
  const port = await answering((asked) => {
    asked.socket.write(rightAnswer(asked));
    asked.socket.once('data', (chunk) => receive(chunk));
  });
  const { ws } = dialled(`ws://127.0.0.1:${port}/`);
  for (let count = 0; count < 10; count++) ws.send('');
  const wire = await frames;
  random.mockRestore();
  const masks = Array.from({ length: 10 }, (_, at) => wire.readUInt32BE(at * 6 + 2));
  expect(new Set(masks).size).toBe(10);
});

test('protocolVersion 8 is hybi-08', async () => {
  const server = await TestServer.listen((...upgrade) => new ServerWebSocket(...upgrade));
  const { ws } = dialled(server.url, [], { protocolVersion: 8 });
  await nextEvent(ws, 'open');
  expect(ws.version).toBe('hybi-08');
  expect((await server.next()).version).toBe('hybi-08');
});

describe('failing to connect', () => {
  test('ECONNREFUSED is the code of the error', async () => {
    const server = createTcpServer();
    const port = await listen(server);
    await new Promise((resolve) => server.close(resolve));
    const { events, closed } = dialled(`ws://127.0.0.1:${port}/`);
    expect(await closed).toEqual(CLOSED_1006);
    expect(events).toEqual(['error ECONNREFUSED', 'close 1006']);
  });

  test('a handshakeTimeout of Infinity is none', async () => {
    const port = await answering((asked) => asked.socket.write(rightAnswer(asked)));
    const { ws } = dialled(`ws://127.0.0.1:${port}/`, [], { handshakeTimeout: Infinity });
    await nextEvent(ws, 'open');
  });

  test('a server that says nothing is given up after handshakeTimeout', async () => {
    const port = await answering(() => {});
    const { events, errors, closed } = dialled(`ws://127.0.0.1:${port}/`, [], {
      handshakeTimeout: 20,
    });
    expect(await closed).toEqual(CLOSED_1006);
    expect(events).toEqual(['error WS_ERR_HANDSHAKE_TIMEOUT', 'close 1006']);
    expect(errors[0]?.message).toBe('the opening handshake took longer than handshakeTimeout');
  });

  test('a server that is ordinary HTTP', async () => {
    const server = createServer((_, response) => response.writeHead(404).end('what?'));
    const { events, errors, closed } = dialled(`ws://127.0.0.1:${await listen(server)}/`);
    await closed;
    expect(events).toEqual(['error WS_ERR_UNEXPECTED_STATUS', 'close 1006']);
    expect(errors[0]?.message).toBe('the server answered with status 404, not with 101');
  });

  test('nobody needs to listen to error', async () => {
    const port = await answering(({ socket }) => socket.destroy());
    const ws = new Client(`ws://127.0.0.1:${port}/`);
    expect((await nextEvent(ws, 'close')).code).toBe(1006);
  });

  test.each([
    ['close', 'WS_ERR_CLOSED_EARLY'],
    ['terminate', 'WS_ERR_TERMINATED'],
  ] as const)('%s() while connecting', async (method, code) => {
    const port = await answering(() => {});
    const { ws, events, closed } = dialled(`ws://127.0.0.1:${port}/`);
    ws.send('four');
    ws[method]();
    ws[method]();
    expect(ws.readyState).toBe(2);
    expect(await closed).toEqual(CLOSED_1006);
    expect(events).toEqual([`error ${code}`, 'close 1006']);
    expect(ws).toMatchObject({ readyState: 3, bufferedAmount: 4 });
  });
});
