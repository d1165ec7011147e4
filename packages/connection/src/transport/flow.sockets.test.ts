/** Peers that do not read, on real sockets: what is kept for them stays within bounds. */
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { encodeFrame, MessageDecoder, OPCODE } from '@ws/frame-parser';
import { MemoryOpening } from '../../test/memory-opening';
import { connectionSettings } from '../options';
import type { CloseEvent } from '../api/events';
import type { ConnectionOptions } from '../options';
import { CLIENT, SERVER } from '../protocol/role';
import { connectionOf } from '../api/standard-websocket';
import { WebSocket } from '../api/websocket';

const LIMIT = 256 * 1024;
/** What may come on top: the answers to one chunk, or the closing frame. */
const ONE_CHUNK = 64 * 1024;

let listener: Server;
let sockets: Socket[];

beforeEach(async () => {
  sockets = [];
  listener = createServer({ allowHalfOpen: true }).listen(0, '127.0.0.1');
  await once(listener, 'listening');
});

afterEach(() => {
  for (const socket of sockets) socket.destroy();
  listener.close();
});

interface Connected {
  readonly ws: WebSocket;
  /** The WebSocket's end, and the end of its peer, who is paused. */
  readonly near: Socket;
  readonly far: Socket;
}

async function connected(options: ConnectionOptions = {}): Promise<Connected> {
  const accepted = once(listener, 'connection');
  const far = connect((listener.address() as AddressInfo).port, '127.0.0.1').pause();
  const [near] = (await accepted) as [Socket];
  sockets.push(near, far);
  far.on('error', () => {});
  const opening = new MemoryOpening(SERVER, { stream: near });
  const ws = new WebSocket(opening, connectionSettings(options));
  opening.open();
  return { ws, near, far };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Has the peer write `frames` over and over until the WebSocket's end has read `bytes`, or is gone. */
async function flood({ ws, near, far }: Connected, frames: Buffer, bytes: number): Promise<number> {
  let most = 0;
  while (near.bytesRead < bytes && !near.destroyed && !ws.isPaused) {
    if (far.writableLength < frames.byteLength) far.write(frames);
    await turn();
    most = Math.max(most, connectionOf(ws).sender.waiting);
  }
  return most;
}

const frames = (opcode: number, payload: string, count: number): Buffer =>
  Buffer.concat(Array.from({ length: count }, () => encodeFrame(CLIENT, { opcode, payload })));

test('a flood of pings, whose answers are never read: the answers do not pile up', async () => {
  const pair = await connected();
  const most = await flood(pair, frames(OPCODE.PING, 'x'.repeat(125), 500), 30_000_000);
  expect(pair.near.bytesRead).toBeGreaterThanOrEqual(30_000_000);
  expect(most).toBeGreaterThan(0);
  expect(most).toBeLessThanOrEqual(2 * ONE_CHUNK);
  expect(pair.ws.readyState).toBe(WebSocket.OPEN);
});

describe('messages whose echoes are never read', () => {
  const MESSAGES = frames(OPCODE.TEXT, 'x'.repeat(1000), 60);

  test.each(['drop', 'close'] as const)(
    '%s: no more than the limit is kept',
    async (slowReader) => {
      const pair = await connected({ maxBufferedAmount: LIMIT, slowReader, closeTimeout: 1 });
      const { ws } = pair;
      ws.onmessage = ({ data }) => ws.send(data);
      const closed = new Promise<CloseEvent>((resolve) => ws.once('close', resolve));
      const most = await flood(pair, MESSAGES, 30_000_000);
      expect(most).toBeGreaterThan(LIMIT / 2);
      expect(most).toBeLessThanOrEqual(LIMIT + 16);
      expect(ws.droppedMessages).toBeGreaterThan(0);
      if (slowReader === 'drop') return;
      const event = await closed;
      const cause = expect.objectContaining({ code: 'WS_ERR_SLOW_READER' }) as unknown;
      expect(event).toMatchObject({ code: 1006, sent: { code: 1013, reason: '' }, cause });
    },
  );

  test('an application that pauses until drain: the peer has to wait', async () => {
    const pair = await connected();
    const { ws } = pair;
    let answered = 0;
    ws.onmessage = ({ data }) => {
      answered++;
      if (ws.send(data)) return;
      ws.pause();
      ws.once('drain', () => ws.resume());
    };
    const most = await flood(pair, MESSAGES, Infinity);
    expect(most).toBeLessThanOrEqual(2 * ONE_CHUNK);
    expect([ws.isPaused, ws.droppedMessages]).toEqual([true, 0]);
    const before = answered;
    pair.far.resume();
    while (answered <= before) await turn();
  });
});

test('a broadcast to 200 peers, of which one is stuck', async () => {
  const COUNT = 50;
  const message = 'x'.repeat(10_000);
  const pairs: Connected[] = [];
  while (pairs.length < 200) {
    pairs.push(await connected({ maxBufferedAmount: LIMIT, slowReader: 'drop' }));
  }
  const [stuck, ...others] = pairs;
  while (stuck.ws.droppedMessages === 0) {
    stuck.ws.send(message);
    await turn();
  }
  const received = others.map(({ far }) => countMessages(far));
  for (let count = 0; count < COUNT; count++) {
    for (const { ws } of pairs) ws.send(message);
    await turn();
    expect(stuck.near.writableLength).toBeLessThanOrEqual(LIMIT + 16);
  }
  while (received.some((count) => count() < COUNT)) await turn();
  expect(others.every(({ ws }) => ws.droppedMessages === 0)).toBe(true);
});

/** Reads on, and says how many messages have come. */
function countMessages(socket: Socket): () => number {
  let messages = 0;
  const ignore = (): void => {};
  const decoder = new MessageDecoder(CLIENT, {
    onText: () => messages++,
    ...{ onBinary: ignore, onPing: ignore, onPong: ignore, onClose: ignore, onReserved: ignore },
    onViolation: (violation) => {
      throw new Error(violation);
    },
  });
  socket.on('data', (chunk: Buffer) => decoder.push(chunk)).resume();
  return () => messages;
}
