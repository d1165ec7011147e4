/** What the rows on differences to faye-websocket have in common, and the running of them. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { join } from 'node:path';
import type { WebSocket } from '@ws/connection';
import { MODULES } from './faye-modules';
import type { WebSocketModule } from './faye-modules';
import { nextEvent } from './observed';
import { RawClient } from './raw-client';
import { releaseLater } from './release';
import { acceptFor, responseHead } from './requests';
import type { Headers } from './requests';
import { listen, TestServer } from './test-server';

export interface Pair {
  readonly client: WebSocket;
  readonly server: WebSocket;
}

export interface RawPair {
  readonly client: RawClient;
  readonly server: WebSocket;
}

/** Both ends of an open connection. */
export async function connect(WebSocket: WebSocketModule): Promise<Pair> {
  const server = await TestServer.listen((...upgrade) => new WebSocket(...upgrade));
  const client = new WebSocket.Client(server.url);
  const accepted = await server.next();
  await nextEvent(client, 'open');
  return { client, server: accepted };
}

/** A server's end, and a peer that sends what bytes it likes. */
export async function connectRaw(WebSocket: WebSocketModule): Promise<RawPair> {
  const server = await TestServer.listen((...upgrade) => new WebSocket(...upgrade));
  const client = await RawClient.open(server.port);
  return { client, server: await server.next() };
}

/** The URL of a server that answers every upgrade with these headers, and then sends `frames`. */
export async function answering(
  headers: Headers,
  frames: Uint8Array = Buffer.alloc(0),
): Promise<string> {
  const server = createServer();
  server.on('upgrade', (request, socket) => {
    const key = String(request.headers['sec-websocket-key']);
    const answer = { Upgrade: 'websocket', 'Sec-WebSocket-Accept': acceptFor(key), ...headers };
    socket.write(responseHead('101 Switching Protocols', answer));
    socket.write(frames);
  });
  return urlOf(server);
}

export async function urlOf(server: Server): Promise<string> {
  return `ws://127.0.0.1:${await listen(server)}/`;
}

/** What `action` throws, by its name; its result if it throws nothing. */
export function outcomeOf(action: () => unknown): unknown {
  try {
    return action();
  } catch (error) {
    return `throws ${(error as Error).name}`;
  }
}

/** What a client comes to: `open`, or the code of its `close`. */
export function fateOf(ws: WebSocket): Promise<unknown> {
  releaseLater(() => ws.close());
  return Promise.race([
    nextEvent(ws, 'open').then(() => 'open'),
    nextEvent(ws, 'close').then(({ code }) => code),
  ]);
}

export interface Difference {
  /** As in the heading. */
  readonly what: string;
  readonly faye: unknown;
  readonly ours: unknown;
  readonly run: (WebSocket: WebSocketModule) => Promise<unknown>;
}

const MIGRATING = readFileSync(join(__dirname, '../../MIGRATING.md'), 'utf8');

/** Tests every row with both modules, and that the guide has an entry for it. */
export function testDifferences(differences: readonly Difference[]): void {
  const cells = MODULES.flatMap(({ name, WebSocket }) =>
    differences.map((row) => ({
      name,
      what: row.what,
      outcome: () => row.run(WebSocket),
      expected: name === 'faye-websocket' ? row.faye : row.ours,
    })),
  );

  test.each(cells)('$name: $what', async ({ outcome, expected }) => {
    expect(await outcome()).toEqual(expected);
  });

  test.each(differences)('MIGRATING.md has an entry: $what', ({ what }) => {
    expect(MIGRATING).toContain(`\n#### ${what}\n`);
  });
}
