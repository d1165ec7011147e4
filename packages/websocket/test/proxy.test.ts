/** proxy(): a client of ws, our proxy, and a server of ws behind it. */
import { once } from 'node:events';
import { Client } from '@ws/client';
import type { WebSocket as WsWebSocket } from 'ws';
import WebSocket, { proxy } from '../src';
import { chain, expectPassage, isReceiving, messagesOf, upstreamServer } from './support/proxied';
import type { Chain } from './support/proxied';
import { TestServer } from './support/test-server';

const LARGE = Buffer.alloc(1_000_000, 'a');
const MESSAGES: [name: string, messages: (string | Buffer)[]][] = [
  ['text and bytes', ['héllo', Buffer.from([0, 255]), '', Buffer.alloc(0), '😀']],
  ['long ones between short ones', ['a', LARGE, 'b', LARGE.toString(), Buffer.from('c'), 'd']],
  ['very many', Array.from({ length: 20_000 }, (_, i) => `message ${i}`)],
];

describe.each(['to the upstream', 'from the upstream'])('%s', (direction) => {
  const ends = ({ client, upstream }: Chain): [WsWebSocket, WsWebSocket] =>
    direction === 'to the upstream' ? [client, upstream] : [upstream, client];

  test.each(MESSAGES)('%s arrive as they were sent, in order', async (_, messages) => {
    const [from, to] = ends(await chain());
    await expectPassage(from, to, messages);
  });

  test('a message in fragments arrives in parts, before its end', async () => {
    const [from, to] = ends(await chain());
    const received = messagesOf(to, 2);
    from.send('one, ', { fin: false });
    while (!isReceiving(to)) await new Promise(setImmediate);
    from.send('two', { fin: true });
    from.send('next');
    expect((await received).map(([data]) => data.toString())).toEqual(['one, two', 'next']);
  });

  test.each<[string, (peer: WsWebSocket) => void, number, string]>([
    ['a code and a reason', (peer) => peer.close(4001, 'why'), 4001, 'why'],
    ['a code that applications of clients may not pass', (peer) => peer.close(1011), 1011, ''],
    ['another one', (peer) => peer.close(1001, 'bye'), 1001, 'bye'],
    ['no code', (peer) => peer.close(), 1005, ''],
    ['no closing frame', (peer) => peer.terminate(), 1006, ''],
  ])('ends with %s', async (_, end, code, reason) => {
    const made = await chain();
    const [from, to] = ends(made);
    const closed = once(to, 'close') as Promise<[number, Buffer]>;
    const received = messagesOf(to, 1);
    from.send('last');
    if (code === 1006) await received;
    end(from);
    const [toldCode, toldReason] = await closed;
    expect([toldCode, toldReason.toString()]).toEqual([code, reason]);
    expect((await received)[0][0].toString()).toBe('last');
    const { ws, upstream } = await made.endings;
    expect(direction === 'to the upstream' ? ws : upstream).toMatchObject({ code, reason });
  });

  test('a slow reader holds the sender back, and not the memory', async () => {
    const made = await chain();
    const [from, to] = ends(made);
    const exit = direction === 'to the upstream' ? made.dialled : made.ws;
    to.pause();
    const chunk = Buffer.alloc(100_000);
    const count = 300;
    let most = 0;
    for (let i = 0; i < count; i++) from.send(i % 2 === 0 ? chunk : chunk.subarray(0, 1000));
    while (from.bufferedAmount === 0 || exit.bufferedAmount === 0) await new Promise(setImmediate);
    for (let turn = 0; turn < 100; turn++) {
      most = Math.max(most, exit.bufferedAmount);
      await new Promise(setImmediate);
    }
    expect(from.bufferedAmount).toBeGreaterThan(0);
    const received = messagesOf(to, count);
    to.resume();
    await received;
    expect(most).toBeLessThan(400_000);
  });
});

test('an upstream that cannot be reached ends the client, too', async () => {
  const server = await TestServer.listen((...upgrade) => {
    const dialled = new Client('ws://127.0.0.1:1/');
    return proxy(new WebSocket(...upgrade), dialled);
  });
  const client = new WebSocket(server.url);
  const { ws, upstream } = await server.next();
  expect([ws.code, upstream.code]).toEqual([1006, 1006]);
  expect(upstream.cause).toMatchObject({ code: 'ECONNREFUSED' });
  expect((await client.closed).code).toBe(1006);
});

test('one that has ended already ends the other', async () => {
  const { dialled } = await chain();
  const { url, next } = await upstreamServer();
  const other = new Client(url);
  const peer = await next;
  const closed = once(peer, 'close');
  dialled.close(4000, 'before');
  await dialled.closed;
  const endings = await proxy(dialled, other);
  expect(endings.ws.code).toBe(4000);
  expect((await closed)[0]).toBe(4000);
});

test('what is broken off within a message closes with 1011', async () => {
  const { client, upstream } = await chain();
  const closed = once(upstream, 'close');
  client.send('begun', { fin: false });
  while (!isReceiving(upstream)) await new Promise(setImmediate);
  client.close(1000);
  expect((await closed)[0]).toBe(1011);
});

test('what is no pair of WebSockets is refused, and changes nothing', async () => {
  const { url, next } = await upstreamServer();
  const ws = new WebSocket(url);
  const other = new Client(url);
  const peer = await next;
  type Side = Parameters<typeof proxy>[0];
  expect(() => proxy(ws, ws)).toThrow('proxy: there is one WebSocket, given twice');
  expect(() => proxy(ws, peer as unknown as Side)).toThrow('is no WebSocket of this library');
  expect(() => proxy(ws, other, { compres: true } as object)).toThrow('did you mean compress?');
  expect(() => proxy(ws, Object.assign(other, { binaryType: 'blob' }))).toThrow(TypeError);
  const iterator = other[Symbol.asyncIterator]();
  Object.assign(other, { binaryType: 'nodebuffer' });
  expect(() => proxy(ws, other)).toThrow('the messages are already being read by an iterator');
  peer.send('still here');
  expect((await once(ws, 'message'))[0]).toMatchObject({ data: 'still here' });
  void iterator.return?.();
  ws.terminate();
});
