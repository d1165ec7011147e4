/** The class that most people need: both ways of making it, what it is an instance of, what is exported. */
import { once } from 'node:events';
import { createServer, IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { inspect } from 'node:util';
import { Client as PackageClient } from '@ws/client';
import { WebSocket as Connection } from '@ws/connection';
import { ServerWebSocket } from '@ws/server';
import WebSocket from '../src';
import { echoing, endingOf, messageOf } from './support/observed';
import { TestServer } from './support/test-server';

const { Client } = WebSocket;

/** A URL object of another class. */
function urlLike(href: string): URL {
  return { href } as Partial<URL> as URL;
}

function serve(): Promise<TestServer<WebSocket>> {
  return TestServer.listen((...upgrade) => echoing(new WebSocket(...upgrade, ['chat'])));
}

test.each<[string, (url: string) => Connection]>([
  ['a string', (url) => new WebSocket(url, 'chat')],
  ['a URL', (url) => new WebSocket(new URL(url), ['chat'])],
  ['a URL of another class', (url) => new WebSocket(urlLike(url), ['chat'])],
  ['WebSocket.Client', (url) => new Client(url, 'chat')],
])('a client made from %s talks to a server made from an upgrade', async (_, dial) => {
  const server = await serve();
  const client = dial(server.url);
  client.send('hello');
  expect(await messageOf(client)).toBe('hello');
  const accepted = await server.next();
  expect([client.protocol, accepted.protocol]).toEqual(['chat', 'chat']);
  for (const ws of [client, accepted]) {
    expect(ws).toBeInstanceOf(WebSocket);
    expect(ws).toBeInstanceOf(Connection);
    expect(ws).toBeInstanceOf(EventTarget);
  }
  client.close(1000, 'bye');
  expect(await endingOf(accepted)).toEqual({ code: 1000, reason: 'bye', wasClean: true });
});

test('both ends print what they are', async () => {
  const server = await TestServer.listen((...upgrade) => new ServerWebSocket(...upgrade));
  const client = new Client(server.url);
  const accepted = await server.next();
  const attributes = { readyState: expect.any(String) as string, url: server.url };
  for (const [ws, name] of [
    [client, 'Client'],
    [accepted, 'ServerWebSocket'],
  ] as const) {
    expect(inspect(ws)).toContain(`${name} {\n  url: '${ws.url}',\n  readyState: `);
    expect(JSON.parse(JSON.stringify(ws))).toMatchObject(attributes);
  }
});

test('instanceof tells a subclass from its siblings', async () => {
  class Special extends WebSocket {}
  const server = await TestServer.listen((...upgrade) => new Special(...upgrade));
  const plain = new WebSocket(server.url);
  const special = await server.next();
  expect(special).toBeInstanceOf(Special);
  expect(special).toBeInstanceOf(WebSocket);
  expect(plain).not.toBeInstanceOf(Special);
  expect(plain).not.toBeInstanceOf(Client);
  expect({}).not.toBeInstanceOf(WebSocket);
  plain.terminate();
  special.terminate();
  await endingOf(special);
});

test.each([
  ['GET', 'websocket', 'Upgrade', true],
  ['GET', 'h2c, WebSocket', 'keep-alive, upgrade', true],
  ['POST', 'websocket', 'Upgrade', false],
  ['GET', 'h2c', 'Upgrade', false],
  ['GET', 'websocket', 'close', false],
])('isWebSocket: %s, Upgrade %s, Connection %s: %s', (method, upgrade, connection, expected) => {
  const request = new IncomingMessage(new Socket());
  Object.assign(request, { method, headers: { upgrade, connection } });
  expect(WebSocket.isWebSocket(request)).toBe(expected);
});

type Arguments = ConstructorParameters<typeof WebSocket>;

const made = (...args: unknown[]): unknown => new WebSocket(...(args as unknown as Arguments));

test.each([
  ['nothing', [], 'the URL, the first argument: undefined is neither a string nor a URL'],
  ['a number', [123], 'the URL, the first argument: 123 is neither a string nor a URL'],
  ['an object', [{}], 'the URL, the first argument: [object Object] is neither'],
  ['options alone', [{ port: 8080 }], 'the URL, the first argument: [object Object] is neither'],
  ['null, as a URL', [null, ['chat']], 'the URL, the first argument: null is neither'],
  [
    'an HTTP server',
    [createServer()],
    '[object Object] is neither a string nor a URL; for a server, see WebSocketServer',
  ],
  ['a request alone', [{ headers: {} }], 'socket: undefined is not a stream'],
  ['a request that is missing', [undefined, new Socket()], 'request: undefined is not a request'],
  ['what is swapped', [new Socket(), { headers: {}, on() {} }], 'request: [object Object] is not'],
])('%s: the error speaks of what is wrong', (_, args, message) => {
  expect(() => made(...args)).toThrow(TypeError);
  expect(() => made(...args)).toThrow(message);
});

test('what the servers of ws are called is the server, and its connections are WebSockets', async () => {
  expect(WebSocket.Server).toBe(WebSocket.WebSocketServer);
  const server = new WebSocket.WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  const client = new Client(`ws://127.0.0.1:${server.address()?.port}`);
  const [ws] = (await once(server, 'connection')) as unknown[];
  expect(ws).toBeInstanceOf(WebSocket.ServerSocket);
  expect(ws).toBeInstanceOf(WebSocket);
  await server.close();
  expect(client.readyState).toBe(WebSocket.CLOSED);
});

const ERROR_CLASSES = [
  'ConnectError',
  'ConnectionError',
  'HandshakeError',
  'ProtocolError',
  'RefusedError',
  'SocketTakenError',
];

test('the exports are exactly these', () => {
  const exported = jest.requireActual<typeof WebSocket>('../src');
  const members = Object.getOwnPropertyNames(exported).filter(
    (name) => !['length', 'name', 'prototype'].includes(name),
  );
  const seen = [
    'CLOSED',
    'CLOSING',
    'CONNECTING',
    'Client',
    'EventSource',
    ...ERROR_CLASSES,
    'OPEN',
    'Server',
    'ServerSocket',
    'TextBuffer',
    'WebSocket',
    'WebSocketServer',
    'holdUpgrade',
    'prepare',
    'proxy',
    'refuse',
    'rejectUpgrade',
  ];
  const others = ['isWebSocket', 'validateOptions'];
  expect(members.sort()).toEqual([...seen, ...others].sort());
  expect(Object.keys(exported).sort()).toEqual(seen.sort());
  expect(exported.WebSocket).toBe(exported);
  expect(exported.Client).toBe(PackageClient);
  const { CONNECTING, OPEN, CLOSING, CLOSED } = exported;
  expect([CONNECTING, OPEN, CLOSING, CLOSED]).toEqual([0, 1, 2, 3]);
});
