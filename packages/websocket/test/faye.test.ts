/**
 * Programs as they were written for faye-websocket 0.11 run with only the module's name changed: each
 * is run with both modules. Where behaviour is meant to differ, see `faye-differences.test.ts`.
 */
import { once } from 'node:events';
import * as http from 'node:http';
import { WebSocket as WsWebSocket, WebSocketServer } from 'ws';
import { MODULES } from './support/faye-modules';
import { frame, PING, PONG, TEXT } from './support/frames';
import { messageOf, nextEvent } from './support/observed';
import { RawClient } from './support/raw-client';
import { head } from './support/requests';
import { listen, TestServer } from './support/test-server';

const NOTHING_LISTENS = 'ws://127.0.0.1:1/';

describe.each(MODULES)('with $name', ({ WebSocket }) => {
  type Socket = InstanceType<typeof WebSocket>;

  const serve = (
    protocols: string[] = [],
    options: { headers?: Record<string, string>; maxLength?: number; ping?: number } = {},
  ): Promise<TestServer<Socket>> =>
    TestServer.listen((...upgrade) => new WebSocket(...upgrade, protocols, options));

  test('the echo server and the client of its README', async () => {
    const log: unknown[] = [];
    const server = http.createServer();
    server.on('upgrade', (request, socket, body) => {
      if (WebSocket.isWebSocket(request)) {
        let ws: Socket | null = new WebSocket(request, socket, body);

        ws.on('message', (event) => {
          ws?.send(event.data);
        });

        ws.on('close', (event) => {
          log.push(['close', event.code, event.reason]);
          ws = null;
          server.emit('closed');
        });
      }
    });
    const ws = new WebSocket.Client(`ws://127.0.0.1:${await listen(server)}/`);

    ws.on('open', () => {
      ws.send('Hello, world!');
    });
    ws.on('message', (event) => {
      log.push(event.data);
      if (typeof event.data === 'string') ws.send(Buffer.from([0, 255]));
      else ws.close(3001, 'done');
    });

    await once(server, 'closed');
    expect(log).toEqual(['Hello, world!', Buffer.from([0, 255]), ['close', 3001, 'done']]);
  });

  test('onopen, onmessage and onclose, on both ends', async () => {
    const log: string[] = [];
    const server = await serve();
    const ws = new WebSocket.Client(server.url);
    ws.onopen = () => log.push('open');
    ws.onmessage = (event) => {
      log.push(`message ${event.data as string}`);
      ws.close(1000, 'bye');
    };
    const closed = new Promise((resolve) => {
      ws.onclose = (event) => resolve([event.type, event.code, event.reason, event.target === ws]);
    });
    const accepted = await server.next();
    const acceptedClosed = new Promise((resolve) => {
      accepted.onclose = (event) => resolve([event.code, event.reason]);
    });
    accepted.send('welcome');
    expect(await closed).toEqual(['close', 1000, 'bye', true]);
    expect(await acceptedClosed).toEqual([1000, 'bye']);
    expect(log).toEqual(['open', 'message welcome']);
  });

  test('addEventListener and removeEventListener', async () => {
    const server = await serve();
    const ws = new WebSocket.Client(server.url);
    const removed = jest.fn();
    ws.addEventListener('message', removed);
    ws.removeEventListener('message', removed);
    const heard = new Promise((resolve) => {
      ws.addEventListener('message', (event) => resolve(event.data));
    });
    (await server.next()).send('one');
    expect(await heard).toBe('one');
    expect(removed).not.toHaveBeenCalled();
    ws.close();
    await nextEvent(ws, 'close');
  });

  test.each([
    [['amqp', 'irc'], ['irc', 'amqp'], 'amqp'],
    [['mqtt', 'irc'], ['irc', 'amqp'], 'irc'],
    [[], ['irc', 'amqp'], ''],
    [[], [], ''],
  ])('of %j, a server that supports %j chooses %j', async (offered, supported, chosen) => {
    const server = await serve(supported);
    const ws = new WebSocket.Client(server.url, offered);
    const accepted = await server.next();
    await nextEvent(ws, 'open');
    expect([ws.protocol, accepted.protocol]).toEqual([chosen, chosen]);
    ws.close();
    await nextEvent(ws, 'close');
  });

  test('null for no subprotocols', async () => {
    const none = null as unknown as undefined;
    const server = await TestServer.listen((...upgrade) => new WebSocket(...upgrade, none));
    const ws = new WebSocket.Client(server.url, none, {});
    await nextEvent(ws, 'open');
    expect(ws.protocol).toBe('');
    ws.close();
    await nextEvent(ws, 'close');
  });

  test('what is sent before open waits, on both ends', async () => {
    const server = await TestServer.listen((...upgrade) => {
      const ws = new WebSocket(...upgrade);
      expect(ws.readyState).toBe(0);
      expect(ws.send('from the server')).toBe(true);
      return ws;
    });
    const ws = new WebSocket.Client(server.url);
    expect(ws.readyState).toBe(0);
    expect(ws.send('from the client')).toBe(true);
    const [here, there] = [messageOf(ws), messageOf(await server.next())];
    expect([await here, await there]).toEqual(['from the server', 'from the client']);
    expect(ws.readyState).toBe(1);
    ws.close();
    expect(ws.readyState).toBe(2);
    await nextEvent(ws, 'close');
    expect(ws.readyState).toBe(3);
    expect([ws.send('late'), ws.ping('late')]).toEqual([false, false]);
  });

  test('pipe, back to where it comes from', async () => {
    const server = await TestServer.listen((...upgrade) => {
      const ws = new WebSocket(...upgrade);
      ws.pipe(ws);
    });
    const ws = new WebSocket.Client(server.url);
    ws.send('round');
    expect(await messageOf(ws)).toBe('round');
    ws.close();
    await nextEvent(ws, 'close');
  });

  test('write and end', async () => {
    const server = await serve();
    const ws = new WebSocket.Client(server.url);
    const accepted = await server.next();
    const received: unknown[] = [];
    accepted.on('message', (event) => received.push(event.data));
    expect(ws.write('first')).toBe(true);
    await nextEvent(ws, 'open');
    ws.end(Buffer.from('last'));
    await nextEvent(accepted, 'close');
    expect(received).toEqual(['first', Buffer.from('last')]);
  });

  test('ping calls back when the pong has come', async () => {
    const server = await serve();
    const ws = new WebSocket.Client(server.url);
    await nextEvent(ws, 'open');
    await new Promise<void>((resolve) => {
      expect(ws.ping('Mic check, one, two', () => resolve())).toBe(true);
    });
    const accepted = await server.next();
    await new Promise<void>((resolve) => {
      expect(accepted.ping('hi', () => resolve())).toBe(true);
    });
    ws.close();
    await nextEvent(ws, 'close');
  });

  test('the option ping, in seconds, keeps pinging a peer that answers', async () => {
    const server = await serve([], { ping: 0.01 });
    const client = await RawClient.open(server.port);
    for (let count = 0; count < 3; count++) {
      const { opcode, payload } = await client.readFrame();
      expect(opcode).toBe(PING);
      client.write(frame(PONG, payload));
    }
  });

  test('the option ping of a client', async () => {
    const server = http.createServer();
    const peers = new WebSocketServer({ server });
    const connected = once(peers, 'connection') as Promise<[WsWebSocket]>;
    const url = `ws://127.0.0.1:${await listen(server)}/`;
    const ws = new WebSocket.Client(url, [], { ping: 0.01 });
    const [peer] = await connected;
    await once(peer, 'ping');
    ws.close();
    await nextEvent(ws, 'close');
  });

  test('the option headers, for the response and for the request', async () => {
    const server = await serve([], { headers: { 'X-Served-By': 'node' } });
    const raw = await RawClient.connect(server.port, head());
    expect(await raw.readHead()).toMatch(/^X-Served-By: node\r$/m);

    const asked = await TestServer.listen((request, socket) => {
      socket.destroy();
      return request.headers;
    });
    const ws = new WebSocket.Client(asked.url, [], { headers: { Cookie: 'session=1' } });
    expect(await asked.next()).toMatchObject({ cookie: 'session=1' });
    await nextEvent(ws, 'close');
  });

  test('the option maxLength', async () => {
    const server = await serve([], { maxLength: 8 });
    const ws = new WebSocket.Client(server.url);
    const accepted = await server.next();
    const [failed, received] = [nextEvent(accepted, 'error'), messageOf(accepted)];
    ws.send('12345678');
    expect(await received).toBe('12345678');
    ws.send('123456789');
    expect((await nextEvent(ws, 'close')).code).toBe(1009);
    expect((await failed).message).toMatch(/too (large|big)/);
  });

  test('version, url, and the statusCode and headers of the answer', async () => {
    const server = await serve();
    const url = `${server.url}path?a=b`;
    const ws = new WebSocket.Client(url);
    const accepted = await server.next();
    await nextEvent(ws, 'open');
    expect([ws.version, accepted.version]).toEqual(['hybi-13', 'hybi-13']);
    expect([ws.url, accepted.url]).toEqual([url, url]);
    expect([ws.statusCode, ws.headers?.['upgrade']]).toEqual([101, 'websocket']);
    ws.close();
    await nextEvent(ws, 'close');
  });

  test.each([
    ['the client', 1000, ''],
    ['the client', 3000, 'bye'],
    ['the client', 4999, 'ünd Schluss'],
    ['the server', 1000, 'bye'],
    ['the server', 4000, ''],
  ])('%s closes with %i %j: both hear it', async (side, code, reason) => {
    const server = await serve();
    const ws = new WebSocket.Client(server.url);
    const accepted = await server.next();
    await nextEvent(ws, 'open');
    const ends = [nextEvent(ws, 'close'), nextEvent(accepted, 'close')];
    (side === 'the client' ? ws : accepted).close(code, reason);
    for (const end of await Promise.all(ends)) expect(end).toMatchObject({ code, reason });
  });

  test('nobody need listen to errors; a connection refused is an error, and close 1006', async () => {
    const refused = new WebSocket.Client(NOTHING_LISTENS);
    const failed = nextEvent(refused, 'error');
    expect((await nextEvent(refused, 'close')).code).toBe(1006);
    expect((await failed).message).toContain('ECONNREFUSED');
    const unheard = new WebSocket.Client(NOTHING_LISTENS);
    expect((await nextEvent(unheard, 'close')).code).toBe(1006);
  });

  test('a peer that breaks the protocol is an error, and a closed connection', async () => {
    const server = await serve();
    const client = await RawClient.open(server.port);
    const accepted = await server.next();
    const ended = Promise.all([nextEvent(accepted, 'error'), nextEvent(accepted, 'close')]);
    client.write(frame(TEXT, Buffer.from([0xff])));
    expect((await client.readFrame()).payload.readUInt16BE()).toBe(1007);
    client.socket.end();
    expect((await ended)[0].message).toMatch(/UTF-8/);
  });

  test.each([1005, 2999, 5000])('close(%i) of a client throws', async (code) => {
    const server = await serve();
    const ws = new WebSocket.Client(server.url);
    await nextEvent(ws, 'open');
    expect(() => ws.close(code)).toThrow(String(code));
    expect(ws.readyState).toBe(1);
    ws.close();
    await nextEvent(ws, 'close');
  });

  test('an option that does not exist throws', async () => {
    const misspelt = { maxLenght: 1 } as object;
    const server = await TestServer.listen((...upgrade) => {
      expect(() => new WebSocket(...upgrade, [], misspelt)).toThrow('maxLenght');
    });
    await RawClient.connect(server.port, head());
    await server.next();
  });
});
