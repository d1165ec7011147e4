/** The demo's server, as a Node client sees it. */
import type { Server } from 'node:http';
import WebSocket from '@ws/websocket';
import { listenOn, urlOf } from '../src/demo/listen';
import { hangUp, next, shutDown, webSocketUrlOf } from './endings';

let server: Server;

beforeAll(async () => {
  server = await listenOn('0');
});

afterAll(() => shutDown(server));

describe('without a subprotocol', () => {
  test('the server echoes text and bytes, and says nothing of its own', async () => {
    const ws = new WebSocket(await webSocketUrlOf(server));
    for (const data of ['{"type":"ping"}', 'héllo', Buffer.from([0, 255])]) {
      ws.send(data);
      expect((await next(ws, 'message')).data).toEqual(data);
    }
    await hangUp(ws);
  });
});

describe('in the demo subprotocol', () => {
  let ws: WebSocket;

  beforeEach(async () => {
    ws = new WebSocket(await webSocketUrlOf(server), 'demo');
  });

  afterEach(() => hangUp(ws));

  test('the server tells what version it sees', async () => {
    const { data } = await next(ws, 'message');
    expect(data).toBe('{"type":"hello","version":"hybi-13"}');
  });

  test.each([
    ['echoes text', '{"type":"text","text":"héllo"}', '{"type":"text","text":"héllo"}'],
    ['leaves out the rest', '{"more":1,"text":"a","type":"text"}', '{"type":"text","text":"a"}'],
    ['echoes bytes', Buffer.from([0, 255]), Buffer.from([0, 255])],
  ])('the server %s', async (_, sent, expected) => {
    await next(ws, 'message');
    ws.send(sent);
    expect((await next(ws, 'message')).data).toEqual(expected);
  });

  test('the server pings when it is asked to, and tells the round trip', async () => {
    await next(ws, 'message');
    ws.send('{"type":"ping"}');
    const [ping, answer] = await Promise.all([next(ws, 'ping'), next(ws, 'message')]);
    expect(ping.data.byteLength).toBeGreaterThan(0);
    expect(JSON.parse(answer.data as string)).toEqual({
      type: 'round-trip',
      milliseconds: expect.any(Number) as unknown,
    });
  });

  test.each(['hello', '', '[]', 'null', '{"type":"text"}', '{"type":"hello"}', '{"type":"pong"}'])(
    'the server closes with 1003 after %j',
    async (sent) => {
      await next(ws, 'message');
      ws.send(sent);
      const { code, wasClean } = await next(ws, 'close');
      expect([code, wasClean]).toEqual([1003, true]);
    },
  );
});

describe('over HTTP', () => {
  test.each([
    ['/', 'text/html; charset=utf-8'],
    ['/?from=anywhere', 'text/html; charset=utf-8'],
    ['/demo.css', 'text/css; charset=utf-8'],
    ['/demo.mjs', 'text/javascript; charset=utf-8'],
  ])('%s is %s', async (path, type) => {
    const response = await fetch(new URL(path, urlOf(server)));
    expect(response.status).toBe(200);
    expect(response.headers.get('Content-Type')).toBe(type);
    expect(await response.text()).not.toBe('');
  });

  test.each(['/index.html', '/../package.json', '/..%2fpackage.json', '/favicon.ico'])(
    '%s is not found',
    async (path) => {
      const response = await fetch(`${urlOf(server)}${path.slice(1)}`);
      expect(response.status).toBe(404);
      await response.text();
    },
  );

  test('nothing can be posted', async () => {
    const response = await fetch(urlOf(server), { method: 'POST' });
    expect([response.status, response.headers.get('Allow')]).toEqual([405, 'GET, HEAD']);
    await response.text();
  });
});

describe('the port', () => {
  test('is told when it is in use', async () => {
    const { port } = new URL(urlOf(server));
    await expect(listenOn(port)).rejects.toThrow(`Port ${port} is in use.`);
  });

  test.each(['', 'x', '-1', '1.5', '65536', '0x10'])('must not be %j', async (port) => {
    await expect(listenOn(port)).rejects.toThrow('it must be a number up to 65535');
  });
});
