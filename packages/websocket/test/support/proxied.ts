/** A client of ws, a proxy of ours, and a server of ws behind it. */
import { once } from 'node:events';
import { Client } from '@ws/client';
import { WebSocket as WsWebSocket, WebSocketServer as WsServer } from 'ws';
import type { PerMessageDeflateOptions } from 'ws';
import WebSocket, { proxy } from '../../src';
import type { ProxyEndings } from '../../src';
import { releaseLater } from './release';
import { TestServer } from './test-server';

/** The two in the middle, and what becomes of them. */
export interface Middle {
  readonly ws: WebSocket;
  readonly dialled: Client;
  readonly endings: Promise<ProxyEndings>;
}

export interface Chain extends Middle {
  readonly client: WsWebSocket;
  readonly upstream: WsWebSocket;
}

export interface ChainOptions {
  readonly ws?: WebSocket.ServerOptions;
  readonly dialled?: WebSocket.ClientOptions;
  readonly proxy?: WebSocket.SendOptions;
  /** Of both peers. */
  readonly deflate?: PerMessageDeflateOptions | false;
}

export interface Upstream {
  readonly url: string;
  readonly next: Promise<WsWebSocket>;
}

export async function upstreamServer(
  perMessageDeflate: PerMessageDeflateOptions | false = false,
): Promise<Upstream> {
  const server = new WsServer({ port: 0, host: '127.0.0.1', perMessageDeflate });
  releaseLater(() => {
    for (const client of server.clients) client.terminate();
    server.close();
  });
  await once(server, 'listening');
  const next = once(server, 'connection').then(([ws]) => ws as WsWebSocket);
  return { url: `ws://127.0.0.1:${(server.address() as { port: number }).port}/`, next };
}

/** A server that joins what it is asked for to a connection to `url`. */
export function proxyTo(url: string, options: ChainOptions = {}): Promise<TestServer<Middle>> {
  return TestServer.listen((...upgrade) => {
    const ws = new WebSocket(...upgrade, [], options.ws);
    const dialled = new Client(url, [], options.dialled);
    return { ws, dialled, endings: proxy(ws, dialled, options.proxy) };
  });
}

/** All of it, open. */
export async function chain(options: ChainOptions = {}): Promise<Chain> {
  const { url, next } = await upstreamServer(options.deflate);
  const server = await proxyTo(url, options);
  const client = new WsWebSocket(server.url, { perMessageDeflate: options.deflate ?? false });
  releaseLater(() => client.terminate());
  const [upstream, middle] = await Promise.all([next, server.next(), once(client, 'open')]);
  return { client, upstream, ...middle };
}

/** The next messages of a peer, each with whether it is binary. */
export function messagesOf(
  peer: WsWebSocket,
  count: number,
): Promise<[data: Buffer, isBinary: boolean][]> {
  return new Promise((resolve) => {
    const messages: [Buffer, boolean][] = [];
    peer.on('message', (data, isBinary) => {
      if (messages.push([data as Buffer, isBinary]) === count) resolve(messages);
    });
  });
}

/** That all of `messages`, and nothing else, is what `to` receives when `from` sends them. */
export async function expectPassage(
  from: WsWebSocket,
  to: WsWebSocket,
  messages: readonly (string | Buffer)[],
): Promise<void> {
  const received = messagesOf(to, messages.length);
  for (const message of messages) from.send(message);
  for (const [index, [data, isBinary]] of (await received).entries()) {
    const sent = messages[index];
    if (isBinary !== (typeof sent !== 'string'))
      throw new Error(`message ${index} is of the other type`);
    if (!data.equals(Buffer.from(sent))) throw new Error(`message ${index} is another`);
  }
}

/** Whether ws has begun to receive a message. */
export function isReceiving(peer: WsWebSocket): boolean {
  const { _receiver } = peer as unknown as { _receiver: { _fragments: unknown[] } };
  return _receiver._fragments.length > 0;
}
