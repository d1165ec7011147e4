/** proxy() when something is wrong with one of the two: what the peer of the other is told. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { WebSocket as WsWebSocket, WebSocketServer as WsServer } from 'ws';
import { closeFrame, frame, TEXT } from './support/frames';
import { isReceiving, messagesOf, proxyTo, upstreamServer } from './support/proxied';
import type { ChainOptions, Middle } from './support/proxied';
import { RawClient } from './support/raw-client';
import { listen } from './support/test-server';
import type { Upgrade } from './support/test-server';

interface RawChain extends Middle {
  readonly client: RawClient;
  readonly upstream: WsWebSocket;
}

async function rawChain(options?: ChainOptions): Promise<RawChain> {
  const { url, next } = await upstreamServer();
  const server = await proxyTo(url, options);
  const client = await RawClient.open(server.port);
  return { client, upstream: await next, ...(await server.next()) };
}

async function closeOf(peer: WsWebSocket): Promise<[number, string]> {
  const [code, reason] = (await once(peer, 'close')) as [number, Buffer];
  return [code, reason.toString()];
}

const INVALID_UTF8 = Buffer.of(0xff);

describe('what a client does wrong is told to the upstream, whatever the client answers', () => {
  test.each([
    ['text that is no UTF-8', frame(TEXT, INVALID_UTF8), [1007, 'text is not valid UTF-8']],
    ['no mask', frame(TEXT, 'x', { masked: false }), [1002, 'client frame is not masked']],
  ])('%s', async (_, bytes, told) => {
    for (const answer of ['an echo', 'another code', 'nothing'] as const) {
      const { client, upstream } = await rawChain();
      const closed = closeOf(upstream);
      client.write(bytes);
      const { payload } = await client.readFrame();
      if (answer === 'an echo') client.write(frame(8, payload));
      if (answer === 'another code') client.write(closeFrame(1000));
      client.socket.end();
      expect(await closed).toEqual(told);
    }
  });

  test('a message longer than maxStreamedLength, whatever maxLength is', async () => {
    const ws = { maxLength: 10, maxStreamedLength: 100 };
    const { client, upstream } = await rawChain({ ws });
    const received = messagesOf(upstream, 1);
    client.write(frame(TEXT, 'a'.repeat(100)));
    expect((await received)[0][0]).toHaveLength(100);
    const closed = closeOf(upstream);
    client.write(frame(TEXT, 'a'.repeat(101)));
    expect((await closed)[0]).toBe(1009);
  });

  test('too long a message, of which a part has been passed on, is broken off', async () => {
    const { client, upstream } = await rawChain({ ws: { maxStreamedLength: 100 } });
    const closed = closeOf(upstream);
    client.write(frame(TEXT, 'a'.repeat(60), { fin: false }));
    while (!isReceiving(upstream)) await new Promise(setImmediate);
    client.write(frame(0, 'a'.repeat(60)));
    expect((await closed)[0]).toBe(1011);
  });
});

test('the end of a stream without a closing frame ends the upstream in the same way', async () => {
  const { client, upstream, endings } = await rawChain();
  const received = messagesOf(upstream, 1);
  const closed = closeOf(upstream);
  client.write(frame(TEXT, 'last'));
  client.socket.end();
  expect((await received)[0][0].toString()).toBe('last');
  expect(await closed).toEqual([1006, '']);
  const { ws, upstream: other } = await endings;
  expect(ws.cause).toMatchObject({ code: 'WS_ERR_NO_CLOSING_FRAME' });
  expect(other.cause).toMatchObject({ code: 'WS_ERR_TERMINATED' });
});

test('terminate() of one ends the other', async () => {
  const { client, upstream, dialled } = await rawChain();
  const closed = closeOf(upstream);
  dialled.terminate();
  expect(await client.readRest()).toBe('');
  expect(await closed).toEqual([1006, '']);
});

describe('while the upstream has not answered', () => {
  interface Silent {
    readonly url: string;
    readonly asked: Promise<Upgrade>;
  }

  async function silent(): Promise<Silent> {
    const server = createServer();
    const asked = once(server, 'upgrade') as Promise<unknown[]> as Promise<Upgrade>;
    return { url: `ws://127.0.0.1:${await listen(server)}/`, asked };
  }

  function answer(upgrade: Upgrade): Promise<WsWebSocket> {
    const server = new WsServer({ noServer: true });
    return new Promise((resolve) => server.handleUpgrade(...upgrade, resolve));
  }

  test('a client that vanishes ends the attempt', async () => {
    const { url, asked } = await silent();
    const server = await proxyTo(url);
    const client = await RawClient.open(server.port);
    const [, socket] = await asked;
    client.reset();
    await once(socket.resume(), 'end');
    const { ws, upstream } = await (await server.next()).endings;
    expect([ws.code, upstream.code]).toEqual([1006, 1006]);
  });

  test('handshakeTimeout ends the client, too', async () => {
    const { url } = await silent();
    const server = await proxyTo(url, { dialled: { handshakeTimeout: 1 } });
    const client = await RawClient.open(server.port);
    expect(await client.readRest()).toBe('');
    const { upstream } = await (await server.next()).endings;
    expect(upstream.cause).toMatchObject({ code: 'WS_ERR_HANDSHAKE_TIMEOUT' });
  });

  test('what a client has sent before it closed is passed on, with its code', async () => {
    const { url, asked } = await silent();
    const server = await proxyTo(url);
    const client = new WsWebSocket(server.url);
    await once(client, 'open');
    const upgrade = await asked;
    client.send('last');
    client.close(4001, 'why');
    const { ws, endings } = await server.next();
    await ws.closed;
    const peer = await answer(upgrade);
    const received = messagesOf(peer, 1);
    const closed = closeOf(peer);
    expect((await received)[0][0].toString()).toBe('last');
    expect(await closed).toEqual([4001, 'why']);
    expect(await endings).toMatchObject({ ws: { code: 4001 }, upstream: { code: 4001 } });
  });
});
