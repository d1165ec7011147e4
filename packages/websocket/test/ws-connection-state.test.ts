/** What can be seen of a connection of `ws`, how it is held back and ended, and what here, as MIGRATING.md says. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Duplex } from 'node:stream';
import { inspect } from 'node:util';
import { WebSocketServer } from '@ws/server';
import type { ServerSocket } from '@ws/server';
import { createWebSocketStream, WebSocketServer as WsServer } from 'ws';
import type { WebSocket as WsSocket } from 'ws';
import WebSocket from '../src';
import { outcomeOf } from './support/faye-differences';
import { releaseLater } from './support/release';
import { listen } from './support/test-server';
import { argumentsOf, ClientOfWs, dial, pair, rawPair } from './support/ws-pairs';
import { answerTo, connectionTo, dialWs, testRows, withOurs, withWs } from './support/ws-rows';
import type { AnyServing } from './support/ws-rows';

const MIB = 1 << 20;

/** How a server's end is after it has sent so many MiB to a peer that reads nothing. */
async function unread(serving: AnyServing): Promise<unknown> {
  const { raw, server } = await rawPair(serving);
  server.on('error', () => undefined);
  raw.socket.pause();
  for (let sent = 0; sent < 32; sent++) server.send(Buffer.alloc(MIB));
  return server.readyState;
}

/** What follows the bytes that wait when a message behind them has lost its memory. */
async function transferred(serving: AnyServing): Promise<string> {
  const { raw, server } = await rawPair(serving);
  server.on('error', () => undefined);
  raw.socket.pause();
  server.send(Buffer.alloc(8 * MIB));
  const bytes = new Uint8Array(65_536).fill(7);
  server.send(bytes);
  structuredClone(null, { transfer: [bytes.buffer] });
  server.send('behind');
  raw.socket.resume();
  await raw.read(8 * MIB + 10);
  return (await raw.read(4)).toString('hex');
}

async function terminated(Client: typeof WebSocket, serving: AnyServing): Promise<unknown> {
  const { client, server } = await pair(Client, serving);
  const closed = argumentsOf(client, 'close');
  server.terminate();
  const [event] = await closed;
  return typeof event === 'number' ? event : (event as { code: number }).code;
}

async function paused(Client: typeof WebSocket, serving: AnyServing): Promise<boolean[]> {
  const { client, server } = await pair(Client, serving);
  client.pause();
  const seen = [client.isPaused];
  const message = argumentsOf(client, 'message');
  server.send('x');
  client.resume();
  await message;
  const early = dial(Client, serving.url);
  early.pause();
  return [...seen, client.isPaused, early.isPaused];
}

/** The bytes that wait behind those that the network has taken, for one message of 1 MiB. */
async function buffered(serving: AnyServing): Promise<number> {
  const { raw, server } = await rawPair(serving);
  raw.socket.pause();
  do {
    server.send(Buffer.alloc(MIB));
    await new Promise(setImmediate);
  } while (server.bufferedAmount === 0);
  const before = server.bufferedAmount;
  server.send(Buffer.alloc(MIB));
  return server.bufferedAmount - before;
}

/** What binary messages are, for each type. */
async function forms(
  Client: typeof WebSocket,
  serving: AnyServing,
  types: string[],
): Promise<unknown> {
  const { client, server } = await pair(Client, serving);
  const seen: string[] = [];
  for (const type of types) {
    client.binaryType = type as 'blob';
    const message = argumentsOf(client, 'message');
    server.send(Buffer.from('x'));
    const [argument] = await message;
    const data = client instanceof WebSocket ? (argument as { data: object }).data : argument;
    seen.push((data as object).constructor.name);
  }
  return seen;
}

/** Which of two ways an awaited `open` goes. */
async function awaited(Client: typeof WebSocket, { url }: AnyServing): Promise<unknown> {
  await once(dial(Client, url), 'open');
  const closed = createServer((_, response) => response.end());
  const failing = dial(Client, `ws://127.0.0.1:${await listen(closed)}/`);
  return once(failing, 'open').catch((error: unknown) => error instanceof Error);
}

async function attributes(Client: typeof WebSocket, serving: AnyServing): Promise<unknown> {
  const { client, server } = await pair(Client, serving);
  const { extensions, protocol, readyState, url } = client;
  return [extensions, protocol, readyState, url === serving.url, server.url === serving.url];
}

async function streamed(
  serving: AnyServing,
  streamOf: (ws: ServerSocket) => Duplex,
): Promise<string> {
  const connection = connectionTo(serving.wss);
  const client = dialWs(serving.url);
  await once(client, 'open');
  const stream = streamOf(await connection);
  releaseLater(() => stream.destroy());
  client.send('in parts, ');
  client.send('as they come');
  client.close();
  return text(stream);
}

/** Hands every upgrade of an HTTP server over twice; what is said of the second time. */
async function twice(handle: (...upgrade: [never, never, never]) => unknown): Promise<unknown> {
  const http = createServer();
  const said = new Promise((resolve) => {
    http.on('upgrade', (...upgrade) => {
      void handle(...(upgrade as unknown as [never, never, never]));
      try {
        handle(...(upgrade as unknown as [never, never, never]));
      } catch (error) {
        resolve((error as { code?: string }).code ?? (error as Error).message);
      }
    });
  });
  dialWs(`ws://127.0.0.1:${await listen(http)}`);
  return said;
}

const FORMS = ['nodebuffer', 'arraybuffer', 'blob'];

testRows([
  {
    what: 'what a peer does not read waits, without a limit',
    ws: [withWs(unread), WebSocket.OPEN],
    here: [withOurs(unread), WebSocket.CLOSING],
  },
  {
    what: '`console.log(ws)` shows everything inside',
    ws: [
      withWs(async (serving) => inspect((await rawPair(serving)).server).includes('_socket')),
      true,
    ],
    here: [
      withOurs(async (serving) => {
        const shown = inspect((await rawPair(serving)).server);
        return [shown.includes('readyState'), shown.includes('ocket:')];
      }),
      [true, false],
    ],
  },
  {
    what: 'a second `handleUpgrade` of a socket throws',
    ws: [
      () => {
        const wss = new WsServer({ noServer: true });
        return twice((...upgrade) => wss.handleUpgrade(...upgrade, () => undefined));
      },
      expect.stringMatching(/^server\.handleUpgrade\(\) was called more than once/) as string,
    ],
    here: [() => twice((...upgrade) => new WebSocket(...upgrade)), 'WS_ERR_SOCKET_TAKEN'],
  },
  {
    what: 'bytes that are transferred while they wait break the framing',
    // of ws a header that announces 65,536 bytes, none of which follow; here a closing frame with 1011
    ws: [withWs(transferred), '827f0000'],
    here: [withOurs(transferred), '880203f3'],
  },
  {
    what: '`ws.terminate()`',
    ws: [withWs((serving) => terminated(ClientOfWs, serving)), 1006],
    here: [withOurs((serving) => terminated(WebSocket, serving)), 1006],
  },
  {
    what: '`ws.pause()`, `ws.resume()`, `ws.isPaused`',
    ws: [withWs((serving) => paused(ClientOfWs, serving)), [true, false, false]],
    here: [withOurs((serving) => paused(WebSocket, serving)), [true, false, true]],
  },
  {
    what: '`ws.bufferedAmount`: framing included',
    ws: [withWs(buffered), MIB + 10],
    here: [withOurs(buffered), MIB],
  },
  {
    what: "`ws.binaryType`: `'nodebuffer'`, `'arraybuffer'`, `'blob'`, `'fragments'`",
    ws: [
      withWs((serving) => forms(ClientOfWs, serving, [...FORMS, 'fragments'])),
      ['Buffer', 'ArrayBuffer', 'Blob', 'Array'],
    ],
    here: [
      withOurs((serving) => forms(WebSocket, serving, [...FORMS, 'uint8array'])),
      ['Buffer', 'ArrayBuffer', 'Blob', 'Uint8Array'],
    ],
  },
  {
    what: "`await once(ws, 'open')`, of `node:events`",
    ws: [withWs((serving) => awaited(ClientOfWs, serving)), true],
    here: [withOurs((serving) => awaited(WebSocket, serving)), true],
  },
  {
    what: '`ws.extensions`, `ws.protocol`, `ws.readyState`, `ws.url`',
    ws: [withWs((serving) => attributes(ClientOfWs, serving)), ['', '', 1, true, false]],
    here: [withOurs((serving) => attributes(WebSocket, serving)), ['', '', 1, true, true]],
  },
  {
    what: '`createWebSocketStream(ws, options)`',
    ws: [
      withWs((serving) =>
        streamed(serving, (ws) => createWebSocketStream(ws as unknown as WsSocket)),
      ),
      'in parts, as they come',
    ],
    here: [withOurs((serving) => streamed(serving, (ws) => ws.stream())), 'in parts, as they come'],
  },
  {
    what: "`'upgrade'` (response), `'unexpected-response'`",
    ws: [
      withWs(async ({ wss, url }) => {
        const { statusCode } = await answerTo(dialWs(url));
        await outcomeOf(() => wss.close());
        return statusCode;
      }),
      101,
    ],
    here: [
      withOurs(async ({ url }) => {
        const opened = dial(WebSocket, url);
        await opened.opened;
        const refusing = new WebSocketServer({ port: 0, path: '/no' });
        releaseLater(() => refusing.close());
        await once(refusing, 'listening');
        const failed = dial(WebSocket, `ws://127.0.0.1:${refusing.address()!.port}/yes`);
        const seen = new Promise((resolve) => failed.on('error', () => resolve(failed.statusCode)));
        return [opened.statusCode, Object.keys(opened.headers!).includes('upgrade'), await seen];
      }),
      [101, true, 404],
    ],
  },
]);
