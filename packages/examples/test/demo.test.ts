/** The demo's server, as a Node client sees it. */
import type { AddressInfo } from 'node:net';
import WebSocket from '@ws/websocket';
import { listenOn, urlOf } from '../src/demo/listen';
import type { Demo } from '../src/demo/server';
import { hangUp, next, webSocketUrlOf } from './endings';

let demo: Demo;

beforeAll(async () => {
  demo = await listenOn('0');
});

afterAll(() => demo.close());

describe('without a subprotocol', () => {
  test('the server echoes text and bytes, and says nothing of its own', async () => {
    const ws = new WebSocket(await webSocketUrlOf(demo.server));
    for (const data of ['{"type":"ping"}', 'héllo', Buffer.from([0, 255])]) {
      ws.send(data);
      expect((await next(ws, 'message')).data).toEqual(data);
    }
    await hangUp(ws);
  });
});

describe('in the echo subprotocol', () => {
  let ws: WebSocket;

  beforeEach(async () => {
    ws = new WebSocket(await webSocketUrlOf(demo.server), 'echo');
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

test('a flood is sent as fast as it is read, and never is much of it waiting', async () => {
  const ws = new WebSocket(await webSocketUrlOf(demo.server), 'echo');
  await next(ws, 'message');
  ws.send('{"type":"flood"}');
  ws.send('{"type":"flood"}');
  const { bytes } = JSON.parse((await next(ws, 'message')).data as string) as { bytes: number };
  expect(bytes).toBe(32 << 20);
  let left = bytes;
  const over = new Promise<string>((resolve) => {
    ws.on('message', ({ data }) => {
      if (typeof data === 'string') resolve(data);
      else left -= data.byteLength;
    });
  });
  const { type, pauses, mostWaiting } = JSON.parse(await over) as Record<string, unknown>;
  expect([type, left]).toEqual(['flood-over', 0]);
  expect(pauses).toBeGreaterThan(0);
  expect(mostWaiting).toBeLessThan(1 << 20);
  await hangUp(ws);
});

test('the server ends a connection when it is asked to', async () => {
  const ws = new WebSocket(await webSocketUrlOf(demo.server), 'echo');
  ws.send('{"type":"end"}');
  const { code, reason, wasClean } = await next(ws, 'close');
  expect([code, reason, wasClean]).toEqual([4000, 'you asked for it', true]);
});

describe('over HTTP', () => {
  test.each([
    ['/', 'text/html; charset=utf-8'],
    ['/?from=anywhere', 'text/html; charset=utf-8'],
    ['/demo.css', 'text/css; charset=utf-8'],
    ['/demo.mjs', 'text/javascript; charset=utf-8'],
    ['/lasting-socket.mjs', 'text/javascript; charset=utf-8'],
  ])('%s is %s', async (path, type) => {
    const response = await fetch(new URL(path, urlOf(demo)));
    expect(response.status).toBe(200);
    expect(response.headers.get('Content-Type')).toBe(type);
    expect(await response.text()).not.toBe('');
  });

  test.each(['/index.html', '/../package.json', '/..%2fpackage.json', '/favicon.ico'])(
    '%s is not found',
    async (path) => {
      const response = await fetch(`${urlOf(demo)}${path.slice(1)}`);
      expect(response.status).toBe(404);
      await response.text();
    },
  );

  test('there is no WebSocket on other paths', async () => {
    const ws = new WebSocket(`${await webSocketUrlOf(demo.server)}rooms`);
    await next(ws, 'close');
    expect(ws.statusCode).toBe(404);
  });

  test('nothing can be posted', async () => {
    const response = await fetch(urlOf(demo), { method: 'POST' });
    expect([response.status, response.headers.get('Allow')]).toEqual([405, 'GET, HEAD']);
    await response.text();
  });
});

test('every script of the page that a script asks for is there', async () => {
  const asked = ['/demo.mjs'];
  for (const path of asked) {
    const response = await fetch(new URL(path, urlOf(demo)));
    expect([path, response.status]).toEqual([path, 200]);
    for (const [, name] of (await response.text()).matchAll(/ from '\.(\/[\w-]+\.mjs)'/g)) {
      if (!asked.includes(name)) asked.push(name);
    }
  }
  expect(asked.length).toBeGreaterThan(1);
});

describe('the address', () => {
  test('is one that only this machine can reach, unless it is told', async () => {
    expect((demo.server.address() as AddressInfo).address).toBe('127.0.0.1');
    expect(urlOf(demo)).toMatch(/^http:\/\/localhost:\d+\/$/);
    const open = await listenOn('0', '0.0.0.0');
    expect((open.server.address() as AddressInfo).address).toBe('0.0.0.0');
    await open.close();
  });

  test('that cannot be is told', async () => {
    await expect(listenOn('0', '192.0.2.1')).rejects.toThrow(
      /^The demo cannot listen on port 0 of 192\.0\.2\.1: /,
    );
  });
});

describe('the port', () => {
  test('is told when it is in use', async () => {
    const { port } = new URL(urlOf(demo));
    await expect(listenOn(port)).rejects.toThrow(`Port ${port} is in use.`);
  });

  test.each(['', 'x', '-1', '1.5', '65536', '0x10'])('must not be %j', async (port) => {
    await expect(listenOn(port)).rejects.toThrow('it must be a number up to 65535');
  });
});
