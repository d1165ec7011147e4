/** The WebSocketServers beside frameworks, which the how-to pages show, with the real frameworks and real clients. */
import { once } from 'node:events';
import type { Server } from 'node:http';
import { connect } from 'node:net';
import WebSocket from '@ws/websocket';
import type { ClientOptions } from '@ws/websocket';
import { startExpressServer } from '../src/frameworks/express';
import { startFastifyServer } from '../src/frameworks/fastify';
import { startHonoServer } from '../src/frameworks/hono';
import { startHttpServer } from '../src/frameworks/http';
import { startKoaServer } from '../src/frameworks/koa';
import { users } from '../src/frameworks/users';
import { next, webSocketUrlOf } from './endings';

const FRAMEWORKS: [string, (port: number) => Server | Promise<Server>][] = [
  ['http', startHttpServer],
  ['express', startExpressServer],
  ['fastify', startFastifyServer],
  ['koa', startKoaServer],
  ['hono', startHonoServer],
];

let server: Server;

afterEach(async () => {
  jest.restoreAllMocks();
  if (process.emit('SIGTERM')) await once(server, 'close');
});

describe.each(FRAMEWORKS)('%s', (_, start) => {
  let url: string;

  beforeEach(async () => {
    server = await start(0);
    url = (await webSocketUrlOf(server)).replace('localhost', '127.0.0.1');
  });

  const get = (path: string): Promise<Response> =>
    fetch(new URL(path, url.replace('ws', 'http')), { redirect: 'manual' });

  async function logIn(token: string): Promise<string> {
    const response = await get(`/login?token=${token}`);
    expect([response.status, response.headers.get('location')]).toEqual([302, '/online']);
    return response.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; ');
  }

  function dial(path: string, headers: ClientOptions['headers'] = {}): WebSocket {
    return new WebSocket(new URL(path, url), [], { headers });
  }

  async function open(path: string, cookie: string): Promise<WebSocket> {
    const ws = dial(path, { Cookie: cookie });
    await next(ws, 'open');
    return ws;
  }

  /** What a client that is refused learns. */
  async function refusalOf(ws: WebSocket): Promise<[status: number | null, body: string]> {
    const { error } = await next(ws, 'error');
    if (!(error instanceof WebSocket.ConnectError)) throw error;
    return [error.statusCode ?? null, error.body?.toString() ?? ''];
  }

  test('the routes go on as they were, and have the paths that no upgrade asks for', async () => {
    expect(await (await get('/online')).json()).toEqual({ online: 0 });
    expect((await get('/login?token=guessed')).status).toBe(401);
    expect((await get('/chat/lobby')).status).toBe(404);
    expect(await refusalOf(dial('/online'))).toEqual([404, 'Not Found']);
  });

  test('who has not logged in is told so', async () => {
    expect(await refusalOf(dial('/chat/lobby'))).toEqual([401, 'Log in first.']);
  });

  test('a cookie that was changed is worth nothing', async () => {
    const cookie = await logIn('adas-link');
    const forged = cookie.replaceAll(/.(?=;|$)/g, (last) => (last === 'A' ? 'B' : 'A'));
    expect(await refusalOf(dial('/chat/lobby', { Cookie: forged }))).toEqual([
      401,
      'Log in first.',
    ]);
  });

  test('who has logged in talks in the rooms of their own, and in no other', async () => {
    const ada = await logIn('adas-link');
    const bob = await logIn('bobs-link');
    expect(await refusalOf(dial('/chat/engines', { Cookie: bob }))).toEqual([
      403,
      'This room is not yours.',
    ]);
    const [first, second] = [await open('/chat/lobby', ada), await open('/chat/lobby', bob)];
    const alone = await open('/chat/engines', ada);
    expect(await (await get('/online')).json()).toEqual({ online: 3 });
    const heard = [first, second].map(async (ws) => (await next(ws, 'message')).data);
    second.send('hello');
    expect(await Promise.all(heard)).toEqual(['Bob: hello', 'Bob: hello']);
    alone.send('all quiet');
    expect((await next(alone, 'message')).data).toBe('Ada: all quiet');
  });

  test('the page of another site is refused, whose cookie ever the browser sends', async () => {
    const headers = { Cookie: await logIn('adas-link'), Origin: 'https://evil.example' };
    expect(await refusalOf(dial('/chat/lobby', headers))).toEqual([
      403,
      'Pages of this origin may not connect.',
    ]);
  });

  test('a database that is down is reported, and the client learns nothing of it', async () => {
    const warned = jest.spyOn(process, 'emitWarning');
    jest.spyOn(console, 'error').mockImplementation(() => {});
    const cookie = await logIn('adas-link');
    jest.spyOn(users, 'find').mockRejectedValue(new Error('the database is down'));
    expect(await refusalOf(dial('/chat/lobby', { Cookie: cookie }))).toEqual([
      500,
      'Internal Server Error',
    ]);
    expect(warned).not.toHaveBeenCalled();
  });

  test('SIGTERM ends every connection with 1012, and the server', async () => {
    const cookie = await logIn('adas-link');
    const clients = await Promise.all(
      ['lobby', 'engines'].map((room) => open(`/chat/${room}`, cookie)),
    );
    const endings = clients.map((ws) => next(ws, 'close'));
    const closed = once(server, 'close');
    process.emit('SIGTERM');
    for (const ending of endings) {
      const { code, reason, wasClean } = await ending;
      expect({ code, reason, wasClean }).toEqual({ code: 1012, reason: 'restart', wasClean: true });
    }
    await closed;
  });

  test('a connection that asks for nothing holds up the end for ten seconds at most', async () => {
    const { setTimeout } = globalThis;
    jest
      .spyOn(globalThis, 'setTimeout')
      .mockImplementation((action: () => void, delay?: number, ...args: []) =>
        setTimeout(action, delay === 10_000 ? 0 : delay, ...args),
      );
    const { port, hostname } = new URL(url);
    const idle = connect(Number(port), hostname);
    await once(server, 'connection');
    const closed = once(server, 'close');
    process.emit('SIGTERM');
    await closed;
    idle.destroy();
  });
});

test('who logs out of Express loses the connections of that session, and of no other', async () => {
  server = startExpressServer(0);
  const url = await webSocketUrlOf(server);
  const page = url.replace('ws', 'http');
  const [first, second] = await Promise.all(
    ['adas-link', 'adas-link'].map(async (token) => {
      const response = await fetch(`${page}login?token=${token}`, { redirect: 'manual' });
      const [Cookie = ''] = response.headers.getSetCookie();
      const ws = new WebSocket(`${url}chat/lobby`, [], { headers: { Cookie } });
      await next(ws, 'open');
      return { ws, Cookie };
    }),
  );
  const closed = next(first.ws, 'close');
  await fetch(`${page}logout`, {
    method: 'POST',
    redirect: 'manual',
    headers: { Cookie: first.Cookie },
  });
  const { code, reason } = await closed;
  expect([code, reason]).toEqual([4401, 'Logged out.']);
  second.ws.send('still here');
  expect((await next(second.ws, 'message')).data).toBe('Ada: still here');
});
