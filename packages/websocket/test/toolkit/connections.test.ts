/** The connections of a WebSocketServer. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { WebSocketServer } from '@ws/server';
import type { ServerSocket, WebSocketServerOptions } from '@ws/server';
import { endingOf, nextEvent } from '../support/observed';
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

test('a connection that has ended before the loop asks for it is left out', async () => {
  const { chat, url } = await serve();
  const connections = chat[Symbol.asyncIterator]();
  dial(url).on('open', ({ target }) => target.close());
  const [gone] = (await once(chat, 'connection')) as [ServerSocket];
  await gone.closed;
  dial(url);
  await once(chat, 'connection');
  expect((await connections.next()).value).toBe([...chat.clients][0]);
});

test('a connection that is opened while nobody asks for it is not lost', async () => {
  const { chat, url } = await serve();
  const connections = chat[Symbol.asyncIterator]();
  const first = connections.next();
  const clients = [dial(url), dial(url)];
  await Promise.all(clients.map((client) => nextEvent(client, 'open')));
  const made = [(await first).value, (await connections.next()).value];
  expect(new Set(made)).toEqual(chat.clients);
});

test('leaving the loop leaves the server as it is, and there may be others', async () => {
  const { chat, url } = await serve();
  const loop = async (): Promise<unknown> => {
    for await (const ws of chat) return ws;
    return null;
  };
  const loops = [loop(), loop()];
  dial(url);
  const [first, second] = await Promise.all(loops);
  expect(first).toBe(second);
  expect(chat.clients).toEqual(new Set([first]));
  expect(chat.listenerCount('connection')).toBe(0);
});

test('a loop ends with the server, and does not begin on one that is closed', async () => {
  const { chat } = await serve();
  const connections = chat[Symbol.asyncIterator]();
  const next = connections.next();
  await chat.close();
  expect(await next).toEqual({ done: true, value: undefined });
  for await (const ws of chat) expect(ws).toBe('none');
});

test('an error of the hook does not end the loop', async () => {
  const { chat, url } = await serve({
    upgrade: ({ request }) => {
      if (request.url === '/bad') throw new Error('bad');
    },
  });
  const failed = once(chat, 'error');
  const connections = chat[Symbol.asyncIterator]();
  const next = connections.next();
  dial(`${url}/bad`);
  await failed;
  dial(`${url}/good`);
  expect((await next).value).toMatchObject({ url: expect.stringContaining('/good') as string });
});

test('clients can leave while one looks at them', async () => {
  const { chat, url } = await serve();
  const clients = [dial(url), dial(url), dial(url)];
  await Promise.all(clients.map((client) => nextEvent(client, 'open')));
  for (const ws of chat.clients) ws.terminate();
  await Promise.all([...chat.clients].map((ws) => ws.closed));
  expect(chat.clients.size).toBe(0);
});

test('an open connection keeps no request in memory', async () => {
  setFlagsFromString('--expose_gc');
  const collect = runInNewContext('gc') as () => void;
  const { chat, url } = await serve({ upgrade: () => ({ topics: ['room'] }) });
  const opened = new Promise<WeakRef<IncomingMessage>>((resolve) => {
    chat.once('connection', (_, request) => resolve(new WeakRef(request)));
  });
  dial(url);
  const request = await opened;
  await connectionTurns();
  collect();
  expect(request.deref()).toBeUndefined();
  expect(chat.clients.size).toBe(1);
});

/** What was under way when it opened is over. */
async function connectionTurns(): Promise<void> {
  for (let turns = 0; turns < 5; turns++) await new Promise(setImmediate);
}

test.each<[WebSocketServerOptions<unknown, string>, string]>([
  [{ paths: '/' } as object, 'option paths is not known; did you mean path?'],
  [
    { server: {} as unknown as Server },
    'option server: [object Object] is not an HTTP server, nor a list of them',
  ],
  [createServer(), 'options: [object Object] is not an object of options; pass { server }'],
  [8080 as never, 'options: 8080 is not an object of options; pass { port }'],
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
