/**
 * The umbrella in another runtime, as server and as client over loopback: what a program does with it,
 * each deed by itself. Prints one line of JSON, `{ passed, failures }`. The file `identity.json` where it runs has
 * a key and a certificate for localhost.
 */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, get } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { clearTimeout, setTimeout } from 'node:timers';
import WebSocket from '@ws/websocket';

const DEADLINE = 10_000;
const identity = JSON.parse(readFileSync('identity.json', 'utf8'));

const deeds = {
  'text, binary and empty messages': () => echoed(['Grüße €𝄞', Buffer.from([0, 255]), '']),
  'messages of many sizes': () =>
    echoed([1, 125, 126, 65_535, 65_536, 1_000_000].map((length) => Buffer.alloc(length, 'x'))),
  'many messages at once': () => echoed(Array.from({ length: 500 }, (_, index) => `#${index}`)),
  'compression without takeover': () => compressed({}),
  'compression with takeover': () =>
    compressed({ serverNoContextTakeover: false, clientNoContextTakeover: false }),
  'messages over TLS': () =>
    echoed(['secret', Buffer.alloc(100_000, 7)], { tls: identity }, { ca: identity.cert }),
  'a subprotocol': () =>
    withPair({ protocols: ['b', 'a'] }, ['a', 'b'], {}, ({ client, server }) =>
      assert.deepEqual([client.protocol, server.protocol], ['a', 'a']),
    ),
  'headers of the request and of the answer': () =>
    withPair({ headers: { 'X-Answer': 'yes' } }, [], { headers: { 'X-Asked': 'yes' } }, (pair) =>
      assert.deepEqual(
        [pair.request.headers['x-asked'], pair.client.headers['x-answer']],
        ['yes', 'yes'],
      ),
    ),
  'what is sent before open': () =>
    withServer({}, async ({ url }) => {
      const ws = new WebSocket(url);
      ws.send('early');
      assert.equal((await eventOf(ws, 'message')).data, 'early');
      await closing(ws);
    }),
  'ping and pong': () =>
    withPair({}, [], {}, async ({ client, server }) => {
      for (const ws of [client, server]) {
        await new Promise((resolve) => assert.ok(ws.ping('here?', resolve)));
      }
    }),
  'closing, by the client': () => closed('client'),
  'closing, by the server': () => closed('server'),
  'a connection that breaks': () =>
    withPair({}, [], {}, async ({ client, server }) => {
      const end = eventOf(client, 'close');
      server.terminate();
      assert.deepEqual([(await end).code, (await end).wasClean], [1006, false]);
    }),
  'a message that is too long': () =>
    withPair({ maxLength: 10 }, [], {}, async ({ client, server }) => {
      const ends = [eventOf(client, 'close'), eventOf(server, 'error')];
      client.send('x'.repeat(11));
      const [{ code }, { error }] = await Promise.all(ends);
      assert.deepEqual([code, error.closeCode], [1009, 1009]);
    }),
  'a server that refuses': () => failing(403, 'WS_ERR_UNEXPECTED_STATUS'),
  'nobody who listens': async () => {
    const { error, code } = await failed('ws://127.0.0.1:1/');
    assert.deepEqual([error.code, code], ['ECONNREFUSED', 1006]);
  },
  'async iteration': () =>
    withPair({}, [], {}, async ({ client, server }) => {
      const received = [];
      ['one', 'two'].forEach((message) => server.send(message));
      server.close(1000);
      for await (const message of client) received.push(message);
      assert.deepEqual(received, ['one', 'two']);
    }),
  'the Node stream': () =>
    withPair({}, [], {}, async ({ client, server }) => {
      const received = gathered(server);
      await pipeline(Readable.from([Buffer.from('one'), Buffer.from('two')]), client.stream());
      assert.equal(Buffer.concat(await received).toString(), 'onetwo');
    }),
  'web streams': () =>
    withPair({ echo: true }, [], {}, async ({ client }) => {
      const { readable, writable } = client.webStreams();
      const writer = writable.getWriter();
      await writer.write('through');
      const { value } = await readable.getReader().read();
      assert.equal(value, 'through');
    }),
  'server-sent events': async () => {
    const server = createServer((request, response) => {
      assert.ok(WebSocket.EventSource.isEventSource(request));
      const source = new WebSocket.EventSource(request, response, { retry: 1 });
      source.send('Grüße', { event: 'greeting', id: 1 });
      source.close();
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address();
    const headers = { Accept: 'text/event-stream' };
    const [answer] = await once(get({ host: '127.0.0.1', port, headers }), 'response');
    assert.equal(await text(answer), 'retry: 1000\n\nevent: greeting\nid: 1\ndata: Grüße\n\n');
    server.close();
  },
  'a slow reader': () =>
    withPair({}, [], { maxBufferedAmount: Infinity }, async ({ client, server }) => {
      server.pause();
      while (client.send(Buffer.alloc(65_536)));
      const drained = eventOf(client, 'drain');
      server.resume();
      server.on('message', () => {});
      await drained;
    }),
};

if (typeof globalThis.WebSocket === 'function') {
  deeds['the client that the runtime has itself'] = () =>
    withServer({ deflate: { threshold: 0 } }, async ({ url }) => {
      const ws = new globalThis.WebSocket(url);
      ws.onopen = () => ws.send('Grüße '.repeat(100));
      const { data } = await new Promise((resolve, reject) => {
        ws.onmessage = resolve;
        ws.onclose = ({ code }) => reject(new Error(`closed with ${code}`));
      });
      assert.equal(data, 'Grüße '.repeat(100));
      ws.close();
    });
}

/** A server that makes a WebSocket of every request, or answers it with an HTTP status. */
async function withServer({ tls, status, protocols = [], echo = true, ...options }, use) {
  const server = tls === undefined ? createServer() : createTlsServer(tls);
  const accepted = [];
  server.on('upgrade', (request, socket, head) => {
    if (status !== undefined) {
      socket.end(`HTTP/1.1 ${status} No\r\nConnection: close\r\n\r\n`);
      return;
    }
    assert.ok(WebSocket.isWebSocket(request));
    const ws = new WebSocket(request, socket, head, protocols, options);
    if (echo) ws.on('message', ({ data }) => ws.send(data));
    accepted.push({ server: ws, request });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  try {
    await use({ url: tls ? `wss://localhost:${port}/` : `ws://127.0.0.1:${port}/`, accepted });
  } finally {
    server.close();
  }
}

/** Both ends of an open connection. */
function withPair({ echo = false, ...serverOptions }, protocols, clientOptions, use) {
  return withServer({ echo, ...serverOptions }, async ({ url, accepted }) => {
    const client = new WebSocket.Client(url, protocols, clientOptions);
    await eventOf(client, 'open');
    try {
      await use({ client, ...accepted[0] });
    } finally {
      await closing(client);
    }
  });
}

/** An event of a WebSocket; fails when the connection ends without it. */
function eventOf(ws, type) {
  return new Promise((resolve, reject) => {
    ws.once(type, resolve);
    if (type === 'close') return;
    ws.once('close', ({ code }) => reject(new Error(`closed with ${code}, no ${type}`)));
  });
}

async function closing(ws) {
  if (ws.readyState === WebSocket.CLOSED) return;
  const closed = eventOf(ws, 'close');
  ws.close(1000);
  await closed;
}

async function gathered(ws) {
  const received = [];
  ws.on('message', ({ data }) => received.push(data));
  await eventOf(ws, 'close');
  return received;
}

function echoed(messages, serverOptions = {}, clientOptions = {}) {
  return withPair({ echo: true, ...serverOptions }, [], clientOptions, async ({ client }) => {
    const received = [];
    const all = new Promise((resolve, reject) => {
      client.on('message', ({ data }) => received.push(data) === messages.length && resolve());
      client.on('close', ({ code }) => reject(new Error(`closed with ${code}`)));
    });
    for (const message of messages) client.send(message);
    await all;
    assert.deepEqual(received, messages);
  });
}

function compressed(options) {
  const deflate = { threshold: 0, ...options };
  const texts = ['a', 'compressible '.repeat(20), 'compressible '.repeat(20_000), ''];
  return echoed(texts, { deflate }, { deflate });
}

function closed(side) {
  return withPair({}, [], {}, async (pair) => {
    const ends = [eventOf(pair.client, 'close'), eventOf(pair.server, 'close')];
    pair[side].close(4001, 'tschüß');
    for (const { code, reason, wasClean } of await Promise.all(ends)) {
      assert.deepEqual([code, reason, wasClean], [4001, 'tschüß', true]);
    }
  });
}

/** How the opening of a connection fails. */
async function failed(url) {
  const ws = new WebSocket(url);
  const [{ error }, { code }] = await Promise.all([
    new Promise((resolve) => ws.once('error', resolve)),
    eventOf(ws, 'close'),
  ]);
  return { ws, error, code };
}

function failing(status, expected) {
  return withServer({ status }, async ({ url }) => {
    const { ws, error, code } = await failed(url);
    assert.deepEqual([error.code, ws.statusCode, code], [expected, status, 1006]);
  });
}

function inTime(work) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`took more than ${DEADLINE} ms`)), DEADLINE);
  });
  return Promise.race([work(), late]).finally(() => clearTimeout(timer));
}

const failures = [];
process.on('uncaughtException', (error) => failures.push(`uncaught: ${error.stack}`));
for (const [name, work] of Object.entries(deeds)) {
  await inTime(work).catch((error) => failures.push(`${name}: ${error.message}`));
}
console.log(JSON.stringify({ passed: Object.keys(deeds).length - failures.length, failures }));
process.exit();
