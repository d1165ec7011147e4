/** Together with other implementations, in both directions. */
import { WebSocket as WsWebSocket, WebSocketServer } from 'ws';
import { once } from 'node:events';
import { createServer } from 'node:http';
import WebSocket from '../src';
import { echoing, endingOf, messageOf, nextEvent, observed } from './support/observed';
import type { Observed } from './support/observed';
import { CLIENTS, SERVERS } from './support/peers';
import type { W3cPeer } from './support/peers';
import { listen, TestServer } from './support/test-server';

const SIZES = [0, 1, 125, 126, 65_535, 65_536, 2 ** 20];
const MESSAGES = SIZES.flatMap((size) => ['x'.repeat(size), Buffer.alloc(size, 0xfe)]);
MESSAGES.push('héllo €𝄞');

const serve = (): Promise<TestServer<Observed<WebSocket>>> =>
  TestServer.listen((...upgrade) => observed(echoing(new WebSocket(...upgrade, ['chat']))));

function received(peer: W3cPeer): Promise<unknown> {
  return new Promise((resolve) => (peer.onmessage = ({ data }) => resolve(data)));
}

function ended(peer: W3cPeer): Promise<{ code: number; reason: string }> {
  return new Promise((resolve) => {
    peer.onclose = ({ code, reason }) => resolve({ code, reason });
  });
}

/** Whether two messages are the same, in whatever class their bytes are. */
function areSame(left: unknown, right: string | Buffer): boolean {
  if (typeof left === 'string' || typeof right === 'string') return left === right;
  return right.equals(Buffer.from(left as ArrayBuffer));
}

describe.each(CLIENTS)('our server, client of $name', ({ dial }) => {
  test('echoes text and binary of all sizes', async () => {
    const { url } = await serve();
    const peer = dial(url, ['chat']);
    await new Promise<void>((resolve) => (peer.onopen = resolve));
    for (const message of MESSAGES) {
      const echo = received(peer);
      peer.send(message);
      expect(areSame(await echo, message)).toBe(true);
    }
    expect(peer.protocol).toBe('chat');
    const end = ended(peer);
    peer.close();
    await end;
  });

  test('closes with the client’s code and reason', async () => {
    const server = await serve();
    const peer = dial(server.url, ['chat']);
    await new Promise<void>((resolve) => (peer.onopen = resolve));
    peer.close(3456, 'änd');
    const { closed } = await server.next();
    expect(await closed).toEqual({ code: 3456, reason: 'änd', wasClean: true });
  });

  test('closes with the server’s code and reason', async () => {
    const server = await serve();
    const peer = dial(server.url, ['chat']);
    const end = ended(peer);
    await new Promise<void>((resolve) => (peer.onopen = resolve));
    const { ws, closed } = await server.next();
    ws.close(1001, 'änd');
    expect(await end).toEqual({ code: 1001, reason: 'änd' });
    expect(await closed).toMatchObject({ code: 1001, wasClean: true });
  });
});

describe.each(SERVERS)('our client, server of $name', ({ serve: serveWith }) => {
  async function connected(): Promise<{ ws: WebSocket; peer: W3cPeer }> {
    const accepted: W3cPeer[] = [];
    const port = await serveWith((peer) => accepted.push(peer));
    const ws = new WebSocket(`ws://127.0.0.1:${port}/`, ['chat', 'other']);
    await nextEvent(ws, 'open');
    return { ws, peer: accepted[0] };
  }

  test('echoes text and binary of all sizes', async () => {
    const { ws, peer } = await connected();
    peer.onmessage = ({ data }) => peer.send(data as string | Buffer);
    for (const message of MESSAGES) {
      const echo = messageOf(ws);
      ws.send(message);
      expect(areSame(await echo, message)).toBe(true);
    }
    expect(ws.protocol).toBe('chat');
    const ending = endingOf(ws);
    ws.close();
    await ending;
  });

  test('closes with the client’s code and reason', async () => {
    const { ws, peer } = await connected();
    const [end, ending] = [ended(peer), endingOf(ws)];
    ws.close(3456, 'änd');
    expect(await end).toEqual({ code: 3456, reason: 'änd' });
    expect(await ending).toMatchObject({ code: 3456, wasClean: true });
  });

  test('closes with the server’s code and reason', async () => {
    const { ws, peer } = await connected();
    const ending = endingOf(ws);
    peer.close(3456, 'änd');
    expect(await ending).toEqual({ code: 3456, reason: 'änd', wasClean: true });
  });
});

describe('pings', () => {
  test('of a ws client are answered and heard, with their payload', async () => {
    const server = await serve();
    const peer = new WsWebSocket(server.url);
    await once(peer, 'open');
    const { ws } = await server.next();
    const heard = nextEvent(ws, 'ping');
    const answered = once(peer, 'pong');
    peer.ping('payload');
    expect((await heard).data.toString()).toBe('payload');
    expect(String((await answered)[0])).toBe('payload');
    peer.terminate();
  });

  test('of a ws server are answered and heard, with their payload', async () => {
    const http = createServer();
    const server = new WebSocketServer({ server: http });
    const ws = new WebSocket(`ws://127.0.0.1:${await listen(http)}/`);
    const [peer] = (await once(server, 'connection')) as [WsWebSocket];
    if (ws.readyState !== WebSocket.OPEN) await nextEvent(ws, 'open');
    const heard = nextEvent(ws, 'ping');
    const answered = once(peer, 'pong');
    peer.ping('payload');
    expect((await heard).data.toString()).toBe('payload');
    expect(String((await answered)[0])).toBe('payload');
    const gone = endingOf(ws);
    peer.terminate();
    expect((await gone).code).toBe(1006);
  });
});
