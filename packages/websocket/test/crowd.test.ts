/** Many connections that end at once over TCP, and an application that throws in every handler. */
import WebSocket from '../src';
import type { WebSocketEventMap } from '../src';
import { uncaughtFrom } from '../../connection/test/listening';
import { closeFrame, frame, PING, PONG, TEXT } from './support/frames';
import { echoing, endingOf, messageOf, nextEvent, observed } from './support/observed';
import type { Observed } from './support/observed';
import { RawClient } from './support/raw-client';
import { releaseLater } from './support/release';
import { TestServer } from './support/test-server';

const CROWD = 1000;
/** How many connections are being opened at the same time. */
const BATCH = 100;

// One second is enough on an idle machine.
jest.setTimeout(30_000);

function serve(): Promise<TestServer<Observed<WebSocket>>> {
  return TestServer.listen((...upgrade) => observed(echoing(new WebSocket(...upgrade))));
}

async function dial(url: string): Promise<Observed<WebSocket>> {
  const ws = new WebSocket(url);
  releaseLater(() => ws.terminate());
  const seen = observed(ws);
  await nextEvent(ws, 'open');
  return seen;
}

async function crowd(url: string): Promise<Observed<WebSocket>[]> {
  const all: Observed<WebSocket>[] = [];
  while (all.length < CROWD) {
    all.push(...(await Promise.all(Array.from({ length: BATCH }, () => dial(url)))));
  }
  return all;
}

async function takeAll<Made>(server: TestServer<Made>): Promise<Made[]> {
  const all: Made[] = [];
  while (all.length < CROWD) all.push(await server.next());
  return all;
}

describe('1,000 connections at once', () => {
  test('that close: every one is clean, on both sides, and the next client is served', async () => {
    const server = await serve();
    const clients = await crowd(server.url);
    const sides = [...clients, ...(await takeAll(server))];
    for (const { ws } of clients) ws.close(1000, 'all');
    const endings = await Promise.all(sides.map(({ closed }) => closed));
    const clean = { code: 1000, reason: 'all', wasClean: true };
    expect(endings).toEqual(sides.map(() => clean));
    expect(sides.flatMap(({ events }) => events).filter((event) => event === 'open')).toHaveLength(
      sides.length,
    );
    expect(sides.flatMap(({ errors }) => errors)).toEqual([]);
    await expectService(server.url);
  });

  test('that are lost: one close each, one error at most, and the next client is served', async () => {
    const server = await serve();
    const clients = await crowd(server.url);
    const ends = await takeAll(server);
    for (const { ws } of clients) ws.terminate();
    const endings = await Promise.all(ends.map(({ closed }) => closed));
    expect(new Set(endings.map(({ code }) => code))).toEqual(new Set([1006]));
    expect(ends.filter(({ errors }) => errors.length > 1)).toEqual([]);
    await expectService(server.url);
  });
});

async function expectService(url: string): Promise<void> {
  const { ws } = await dial(url);
  const answer = messageOf(ws);
  ws.send('still there?');
  expect(await answer).toBe('still there?');
}

test('an application that throws in every handler: reported, and nobody else notices', async () => {
  const server = await TestServer.listen((...upgrade) => new WebSocket(...upgrade));
  const TYPES: readonly (keyof WebSocketEventMap)[] = ['open', 'message', 'ping', 'pong', 'close'];
  const thrown: unknown[] = [];
  const uncaught = await uncaughtFrom(async () => {
    const client = await RawClient.open(server.port);
    const ws = await server.next();
    const other = await RawClient.open(server.port);
    const neighbour = echoing(await server.next());
    for (const type of TYPES) ws.on(type, () => throwing(type, thrown));
    const closed = endingOf(ws);
    client.write(Buffer.concat([frame(TEXT, 'x'), frame(PING), frame(PONG), closeFrame(1000)]));
    expect(await closed).toEqual({ code: 1000, reason: '', wasClean: true });
    other.write(frame(TEXT, 'served'));
    expect((await other.readFrame()).payload.toString()).toBe('served');
    expect(neighbour.readyState).toBe(WebSocket.OPEN);
  });
  expect(thrown.length).toBeGreaterThanOrEqual(4);
  expect(uncaught).toEqual(thrown);
});

function throwing(type: string, thrown: unknown[]): never {
  const error = new Error(type);
  thrown.push(error);
  throw error;
}
