/** The connections of a WebSocketServer. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import { WebSocketServer } from '@ws/server';
import type { ServerSocket, WebSocketServerOptions } from '@ws/server';
import { endingOf } from '../support/observed';
import { dial, serve } from '../support/toolkit';

test('a connection is told to listeners when it is open, and is among the clients until it is closed', async () => {
  const { chat, url } = await serve();
  const client = dial(`${url}/any/path`);
  const [ws, request] = (await once(chat, 'connection')) as [ServerSocket, IncomingMessage];
  expect(request.url).toBe('/any/path');
  expect(ws.readyState).toBe(ws.OPEN);
  expect([...chat.clients]).toEqual([ws]);
  client.close();
  await endingOf(ws);
  expect(chat.clients.size).toBe(0);
});

test('connections can be iterated over', async () => {
  const { chat, url } = await serve();
  const urls: string[] = [];
  dial(`${url}/1`);
  for await (const ws of chat) {
    urls.push(new URL(ws.url).pathname);
    if (urls.length === 2) void chat.close();
    else dial(`${url}/2`);
  }
  expect(urls).toEqual(['/1', '/2']);
});

test.each<[WebSocketServerOptions<unknown, string>, string]>([
  [{ paths: '/' } as object, 'option paths is not known; did you mean path?'],
  [{ server: {} as unknown as Server }, 'option server: it is no HTTP server, nor a list of them'],
  [{ host: 'a' }, 'option host: it is of use with option port alone'],
  [
    { port: 0, server: createServer() },
    'option port: it cannot be used together with option server',
  ],
  [{ upgrade: 5 as never }, 'option upgrade: 5 is not a function'],
  [{ unmatched: 'x' as never }, 'option unmatched: "x" is not one of refuse, ignore'],
])('options %#: %s', (options, message) => {
  expect(() => new WebSocketServer(options)).toThrow(message);
});
