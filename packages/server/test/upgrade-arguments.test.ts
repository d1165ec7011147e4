/** The three arguments of the `upgrade` event, mixed up or taken elsewhere: nothing is written to the socket. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { ServerWebSocket } from '../src';
import { RawClient } from '../../websocket/test/support/raw-client';
import { head as requestHead, HYBI_13 } from '../../websocket/test/support/requests';
import { listen } from '../../websocket/test/support/test-server';
import type { Upgrade } from '../../websocket/test/support/test-server';

const made = (args: unknown[]): unknown => new ServerWebSocket(...(args as unknown as Upgrade));

const SOURCE =
  "; they come from the server's upgrade event: server.on('upgrade', (request, socket, head) => …)";

type Mixed = (...upgrade: Upgrade) => unknown[];

const MIXED: [name: string, mixed: Mixed, message: string][] = [
  ['nothing', () => [], 'request: undefined is not a request'],
  ['no head', (request, socket) => [request, socket], 'head: undefined is not a Buffer'],
  [
    'no socket',
    (request, _, head) => [request, head],
    'socket: [object Uint8Array] is not a stream',
  ],
  ['no request', (_, socket, head) => [socket, head], 'request: [object Object] is not a request'],
  [
    'socket and head swapped',
    (request, socket, head) => [request, head, socket],
    'socket: [object Uint8Array] is not a stream',
  ],
  [
    'request and socket swapped',
    (request, socket, head) => [socket, request, head],
    'request: [object Object] is not a request',
  ],
  [
    'the request twice',
    (request, _, head) => [request, request, head],
    'socket: [object Object] is not a stream',
  ],
  [
    'subprotocols in the place of head',
    (request, socket) => [request, socket, ['chat'], { maxLength: 1 }],
    'head: [object Array] is not a Buffer',
  ],
  [
    'options in the place of head',
    (request, socket) => [request, socket, { maxLength: 1 }],
    'head: [object Object] is not a Buffer',
  ],
  ['head as text', (request, socket) => [request, socket, ''], 'head: "" is not a Buffer'],
];

test.each(MIXED)('%s', async (_, mixed, message) => {
  const server = createServer();
  const client = await RawClient.connect(await listen(server), requestHead({ ...HYBI_13 }));
  const upgrade = (await once(server, 'upgrade')) as Upgrade;
  const [, socket] = upgrade;
  const listeners = socket.eventNames();
  expect(() => made(mixed(...upgrade))).toThrow(new TypeError(message + SOURCE));
  expect(socket.eventNames()).toEqual(listeners);
  socket.end('that was all');
  expect(await client.readRest()).toBe('that was all');
});

const IN_HANDLER: [
  name: string,
  taken: (request: IncomingMessage, response: ServerResponse) => unknown[],
  message: string,
][] = [
  [
    'the response',
    (request, response) => [request, response, Buffer.alloc(0)],
    'socket: the response of a request is not a socket',
  ],
  [
    'its socket',
    (request) => [request, request.socket, Buffer.alloc(0)],
    'request: it is from a request handler, and the HTTP server still reads its socket',
  ],
];

test.each(IN_HANDLER)('in a request handler, with %s', async (_, taken, message) => {
  const server = createServer((request, response) => {
    expect(() => made(taken(request, response))).toThrow(new TypeError(message + SOURCE));
    response.end('that was all');
  });
  const port = await listen(server);
  for (const headers of [HYBI_13, { Host: 'a' }]) {
    const client = await RawClient.connect(port, requestHead({ ...headers }));
    expect(await client.readHead()).toContain('HTTP/1.1 200 OK');
  }
  expect.assertions(4);
});
