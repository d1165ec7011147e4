/** The toolkit's WebSocketServer in a program: what it does with the HTTP server of this Node, each deed by itself. */
import assert from 'node:assert/strict';
import { AsyncLocalStorage } from 'node:async_hooks';
import { tracingChannel } from 'node:diagnostics_channel';
import { EventEmitter, once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createSecureServer } from 'node:http2';
import { createServer as createTlsServer } from 'node:https';
import { setImmediate } from 'node:timers/promises';
import WebSocket, { holdUpgrade, prepare, proxy, refuse, WebSocketServer } from '@ws/websocket';
import {
  connected,
  dial,
  eventOf,
  messagesOf,
  perform,
  refusalOf,
  sendHandshake,
  serve,
  serveChat,
  statusOf,
  urlOf,
} from './peers.mjs';

const identity = JSON.parse(readFileSync('identity.json', 'utf8'));
/** Before 22.21, and in 24.0 to 24.8, a request that offers to be upgraded has to be. */
const SERVES_OTHER_UPGRADES = 'shouldUpgradeCallback' in createServer();

await perform({
  'several servers share an HTTP server': async () => {
    const { server, chat, url } = await serveChat({ path: '/chat/:room' });
    const other = new WebSocketServer({ server, path: ['/a', '/files/*'] });
    assert.equal(server.listenerCount('upgrade'), 1);
    const joined = once(other, 'connection');
    await connected(`${url}/files/of/mine`);
    await joined;
    assert.throws(
      () => new WebSocketServer({ server, path: '/chat/:id' }),
      /^TypeError: option path/,
    );
    for (const path of ['/chat', '/chat//x', '/chat/%2F', '/files/../a', '/b']) {
      assert.equal(await statusOf(sendHandshake(server, {}, path)), 404, path);
    }
    assert.deepEqual(await other.close(), { closed: 1, terminated: 0 });
    await connected(`${url}/chat/1`);
    assert.equal(chat.clients.size, 1);
  },
  'pages and a foreign listener of upgrade keep what is their own': async () => {
    const { server, url } = await serveChat({ path: '/chat' });
    server.on('upgrade', (incoming, socket, head) => {
      if (incoming.url === '/theirs') new WebSocket(incoming, socket, head, ['theirs']);
    });
    assert.equal((await connected(`${url}/theirs`, ['theirs'])).protocol, 'theirs');
    await connected(`${url}/chat`);
    assert.equal(await (await fetch(url.replace('ws', 'http'))).text(), 'a page');
  },
  'another upgrade is a plain request, where Node can be told so': async () => {
    const { server, chat } = await serveChat({ path: '/' });
    const headers = { Upgrade: 'h2c', Connection: 'Upgrade, HTTP2-Settings', 'HTTP2-Settings': '' };
    const expected = SERVES_OTHER_UPGRADES ? 200 : 400;
    assert.equal(await statusOf(sendHandshake(server, headers)), expected);
    await chat.close();
  },
  'a server that was told which requests are upgrades': async () => {
    const page = (_, response) => response.end('a page');
    const told = createServer({ shouldUpgradeCallback: WebSocket.isWebSocket }, page);
    const { shouldUpgradeCallback } = told;
    const server = await serve(told);
    const chat = new WebSocketServer({ server });
    await connected(urlOf(server));
    assert.equal(server.shouldUpgradeCallback, shouldUpgradeCallback);
    await chat.close();
  },
  'an upgrade with a body': async () => {
    const { server } = await serveChat({ path: '/' });
    assert.equal(await statusOf(sendHandshake(server, { 'Content-Length': '5' })), 400);
  },
  'the hook: cookies, params, data, topics, headers, a subprotocol': async () => {
    const { chat, url } = await serveChat({
      path: '/chat/:room',
      protocols: ['v2', 'v1'],
      async upgrade({ params, cookies, signal }) {
        await setImmediate();
        assert.equal(signal.aborted, false);
        const data = { user: cookies.get('sid'), room: params.room };
        return { data, topics: [params.room], headers: { 'X-Room': 'yes' } };
      },
    });
    const joined = once(chat, 'connection');
    const headers = { Cookie: 'sid=Ad%C3%A1' };
    const ws = await connected(`${url}/chat/caf%C3%A9`, ['v1', 'v2'], { headers });
    const [{ data, topics }] = await joined;
    assert.deepEqual([data, [...topics]], [{ user: 'Adá', room: 'café' }, ['café']]);
    assert.deepEqual([ws.protocol, ws.headers['x-room']], ['v1', 'yes']);
  },
  'the hook refuses, throws, and closes with a code': async () => {
    const { chat, url } = await serveChat({
      path: '/:deed',
      upgrade({ params }) {
        if (params.deed === 'refuse') return refuse(401, 'Log in first.');
        if (params.deed === 'throw') throw new Error('secret');
        return { closeWith: { code: 4401, reason: 'Log in first.' } };
      },
    });
    const thrown = once(chat, 'error');
    const refused = await refusalOf(`${url}/refuse`);
    assert.deepEqual([refused.statusCode, String(refused.body)], [401, 'Log in first.']);
    const failed = await refusalOf(`${url}/throw`);
    assert.deepEqual([failed.statusCode, String(failed.body).includes('secret')], [500, false]);
    assert.equal((await thrown)[0].message, 'secret');
    const { code, reason } = await eventOf(dial(`${url}/close`), 'close');
    assert.deepEqual([code, reason], [4401, 'Log in first.']);
    assert.deepEqual(chat.stats().refused, { hook: 1, error: 1 });
  },
  'a client that resets its connection while the hook works': async () => {
    const asked = new EventEmitter();
    const { server, chat } = await serveChat({
      async upgrade({ signal }) {
        asked.emit('asked', signal);
        await once(signal, 'abort');
      },
    });
    const signals = once(asked, 'asked');
    const socket = sendHandshake(server);
    const [signal] = await signals;
    const left = once(signal, 'abort');
    socket.resetAndDestroy();
    await left;
    assert.ok(signal.reason instanceof Error);
    assert.equal(chat.stats().opened, 0);
  },
  'who may come': async () => {
    const options = { origins: ['https://app.example'], maxConnections: 1, hosts: ['127.0.0.1'] };
    const { server } = await serveChat(options);
    const statuses = [];
    for (const headers of [
      { Origin: 'https://evil.example' },
      { Host: 'rebound.example' },
      { Origin: 'https://app.example' },
      {},
    ]) {
      statuses.push(await statusOf(sendHandshake(server, headers)));
    }
    assert.deepEqual(statuses, [403, 403, 101, 503]);
  },
  'publish, broadcast and prepared messages, compressed and not': async () => {
    const { chat, url } = await serveChat({
      deflate: { threshold: 0 },
      upgrade: () => ({ topics: ['news'] }),
    });
    const joined = once(chat, 'connection');
    const first = await connected(url, [], { deflate: true });
    const [ws] = await joined;
    const second = await connected(url, [], { deflate: false });
    const received = Promise.all([messagesOf(first, 2), messagesOf(second, 3)]);
    const text = 'Grüße '.repeat(100);
    assert.deepEqual(chat.publish('news', text), { sent: 2, dropped: 0, closed: 0 });
    assert.equal(chat.broadcast(Buffer.from('bytes'), { except: ws }).sent, 1);
    for (const each of chat.clients) each.send(prepare('prepared'));
    const all = [text, Buffer.from('bytes'), 'prepared'];
    assert.deepEqual(await received, [[text, 'prepared'], all]);
    assert.equal(chat.publish('nobody', 'news').sent, 0);
  },
  'a port of its own': async () => {
    const chat = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    await once(chat, 'listening');
    const { port } = chat.address();
    const answer = await fetch(`http://127.0.0.1:${port}/`);
    assert.deepEqual([answer.status, answer.headers.get('upgrade')], [426, 'websocket']);
    await connected(`ws://127.0.0.1:${port}/any/path`);
    assert.deepEqual(await chat.close(), { closed: 1, terminated: 0 });
    assert.equal(chat.address(), null);
  },
  'closing over a time': async () => {
    const { server, chat, url } = await serveChat({});
    const clients = Array.from({ length: 20 }, () => dial(url));
    await Promise.all(clients.map((ws) => eventOf(ws, 'open')));
    const ends = clients.map((ws) => eventOf(ws, 'close'));
    const done = chat.close({ code: 1012, reason: 'restart', over: 200, timeout: 5000 });
    assert.equal(await statusOf(sendHandshake(server)), 503);
    assert.deepEqual(await done, { closed: 20, terminated: 0 });
    for (const { code, reason, wasClean } of await Promise.all(ends)) {
      assert.deepEqual([code, reason, wasClean], [1012, 'restart', true]);
    }
    assert.deepEqual([server.listening, server.listenerCount('upgrade')], [true, 0]);
  },
  'a client that does not answer is terminated': async () => {
    const { server, chat } = await serveChat({});
    const joined = once(chat, 'connection');
    const socket = sendHandshake(server);
    await joined;
    assert.deepEqual(await chat.close({ timeout: 50 }), { closed: 0, terminated: 1 });
    socket.destroy();
  },
  'async disposal': async () => {
    const { chat, url } = await serveChat({});
    const ws = await connected(url);
    const end = eventOf(ws, 'close');
    await chat[Symbol.asyncDispose]();
    assert.equal((await end).code, 1001);
  },
  'async iteration': async () => {
    const { chat, url } = await serveChat({});
    const seen = [];
    const loop = (async () => {
      for await (const ws of chat) seen.push(ws.url);
    })();
    await connected(`${url}/one`);
    await chat.close();
    await loop;
    assert.deepEqual(seen, [`${url}/one`]);
  },
  'TLS, and HTTP/2 with HTTP/1.1 beside it': async () => {
    for (const create of [createTlsServer, createSecureServer]) {
      const server = await serve(create({ ...identity, allowHTTP1: true }));
      const chat = new WebSocketServer({ server });
      const url = `wss://localhost:${server.address().port}/`;
      const ws = await connected(url, [], { ca: identity.cert });
      assert.deepEqual(
        Array.from(chat.clients, (each) => each.url),
        [ws.url],
      );
      await chat.close();
    }
  },
  'the floor: held for a while, and rejected': async () => {
    const server = await serve();
    server.on('upgrade', async (incoming, socket, head) => {
      holdUpgrade(socket);
      await setImmediate();
      if (incoming.url === '/no') WebSocket.rejectUpgrade(socket, 403, 'No.');
      else new WebSocket(incoming, socket, head);
    });
    assert.equal((await refusalOf(`${urlOf(server)}/no`)).statusCode, 403);
    await connected(`${urlOf(server)}/yes`);
  },
  'a proxy': async () => {
    const upstream = await serveChat({ protocols: ['echo'] });
    upstream.chat.on('connection', (ws) => ws.on('message', ({ data }) => ws.send(data)));
    const server = await serve();
    server.on('upgrade', (incoming, socket, head) => {
      const ws = new WebSocket(incoming, socket, head);
      proxy(ws, dial(upstream.url));
    });
    const ws = await connected(urlOf(server));
    ws.send('through');
    assert.deepEqual(await messagesOf(ws, 1), ['through']);
    const end = eventOf(ws, 'close');
    await upstream.chat.close({ code: 1012, reason: 'restart' });
    assert.deepEqual([(await end).code, (await end).reason], [1012, 'restart']);
  },
  'a tracer binds a context to the hook': async () => {
    const storage = new AsyncLocalStorage();
    const channel = tracingChannel('websocket:upgrade');
    channel.start.bindStore(storage, ({ route }) => route);
    let bound;
    const { url } = await serveChat({
      path: '/chat/:room',
      upgrade: async () => {
        await setImmediate();
        bound = storage.getStore();
      },
    });
    await connected(`${url}/chat/1`);
    channel.start.unbindStore(storage);
    assert.equal(bound, '/chat/:room');
  },
  'the client that Node has itself': async () => {
    if (globalThis.WebSocket === undefined) return;
    const { chat, url } = await serveChat({
      deflate: { threshold: 0 },
      upgrade: ({ bearer }) => ({ data: bearer }),
    });
    const joined = once(chat, 'connection');
    const ws = new globalThis.WebSocket(url, ['bearer', 'token']);
    const received = once(ws, 'message');
    assert.equal((await joined)[0].data, 'token');
    chat.broadcast('Grüße '.repeat(100));
    assert.equal((await received)[0].data, 'Grüße '.repeat(100));
    const end = once(ws, 'close');
    await chat.close({ code: 1012 });
    assert.equal((await end)[0].code, 1012);
  },
  'a handshake behind another request on its connection': async () => {
    const server = await serve(
      createServer(async (_, response) => {
        await setImmediate();
        response.end('page');
      }),
    );
    const chat = new WebSocketServer({ server });
    const joined = once(chat, 'connection');
    const socket = sendHandshake(server, {}, '/', 'GET /page HTTP/1.1\r\nHost: here\r\n\r\n');
    let received = '';
    socket.on('data', (chunk) => (received += chunk));
    const [ws] = await joined;
    const end = once(socket, 'end');
    ws.terminate();
    await Promise.race([end, once(socket, 'close')]);
    assert.match(received, /^HTTP\/1\.1 200 .*HTTP\/1\.1 101 /s);
    await chat.close();
  },
});
