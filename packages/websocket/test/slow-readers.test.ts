/** A client of an echo server that never reads, with nothing set: what is kept for it has an end. */
import WebSocket from '../src';
import type { CloseEvent, WebSocket as Connection } from '../src';
import { frame, BINARY, TEXT } from './support/frames';
import { echoing, nextEvent } from './support/observed';
import { RawClient } from './support/raw-client';
import { TestServer } from './support/test-server';
import type { Upgrade } from './support/test-server';

const MiB = 2 ** 20;
/** The default of maxBufferedAmount. */
const MOST = 16 * MiB;
/** Beside what waits: what the kernel has at both ends, and a chunk that is read at a time. */
const IN_KERNEL = 64 * MiB;

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

interface Stuck {
  readonly client: RawClient;
  readonly ws: Connection;
  readonly closed: Promise<CloseEvent>;
}

async function stuck(options: object): Promise<Stuck> {
  const server = await TestServer.listen((...upgrade: Upgrade) =>
    echoing(new WebSocket(...upgrade, [], options)),
  );
  const client = await RawClient.open(server.port);
  client.socket.pause();
  const ws = await server.next();
  return { client, ws, closed: nextEvent(ws, 'close') };
}

/** Has the client send `bytes` over and over, until it is closed or so many have been sent. */
async function flood({ client, ws }: Stuck, bytes: Buffer, limit: number): Promise<number> {
  let most = 0;
  for (let sent = 0; sent < limit && ws.readyState === WebSocket.OPEN;) {
    if (client.socket.writableLength < bytes.byteLength) {
      client.write(bytes);
      sent += bytes.byteLength;
    }
    await turn();
    most = Math.max(most, ws.bufferedAmount);
  }
  return most;
}

test.each([
  ['by default, 16 MiB', {}, MOST],
  ['maxBufferedAmount', { maxBufferedAmount: MiB }, MiB],
])('it is closed with 1013 at %s', async (_, options, limit) => {
  const connection = await stuck({ ...options, closeTimeout: 100 });
  const messages = Buffer.concat(Array.from({ length: 16 }, () => frame(TEXT, 'x'.repeat(65_536))));
  const most = await flood(connection, messages, limit + IN_KERNEL);
  expect(most).toBeGreaterThan(limit - 2 * 65_536);
  expect(most).toBeLessThanOrEqual(limit);
  expect(connection.ws.readyState).toBe(WebSocket.CLOSING);
  expect(connection.ws.droppedMessages).toBe(1);
  const { sent, cause } = await connection.closed;
  expect(sent).toEqual({ code: 1013, reason: '' });
  expect(cause).toMatchObject({ code: 'WS_ERR_SLOW_READER' });
});

test('one that reads in time is told 1013, behind all that was sent before', async () => {
  const connection = await stuck({ maxBufferedAmount: MiB });
  const message = 'x'.repeat(65_536);
  await flood(connection, Buffer.concat([frame(TEXT, message)]), MiB + IN_KERNEL);
  const { client } = connection;
  client.socket.resume();
  let received = await client.readFrame();
  while (received.opcode === TEXT) {
    expect(received.payload.byteLength).toBe(message.length);
    received = await client.readFrame();
  }
  expect([received.opcode, received.payload.readUInt16BE()]).toEqual([8, 1013]);
});

test('a larger message still goes when nothing waits, and only then', async () => {
  const { client, ws } = await stuck({ maxBufferedAmount: MiB });
  const large = Buffer.alloc(20 * MiB, 'x');
  client.write(frame(BINARY, large));
  while (ws.bufferedAmount === 0) await turn();
  expect([ws.readyState, ws.droppedMessages]).toEqual([WebSocket.OPEN, 0]);
  client.write(frame(TEXT, 'too much'));
  while (ws.readyState === WebSocket.OPEN) await turn();
  expect(ws.droppedMessages).toBe(1);
  client.socket.resume();
  expect((await client.readFrame()).payload.equals(large)).toBe(true);
  expect((await client.readFrame()).payload.readUInt16BE()).toBe(1013);
});
