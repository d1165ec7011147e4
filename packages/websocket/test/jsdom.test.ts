/**
 * @jest-environment jsdom
 *
 * A browser's globals over Node, as in tests of front ends: some of Node's are missing, some are a
 * DOM's, and Buffers are instances of another realm's Uint8Array.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import WebSocket from '../src';
import type { CloseEvent, MessageEvent } from '../src';

let server: Server;
let url: string;

beforeAll(async () => {
  server = createServer();
  server.on('upgrade', (request, socket, head) => {
    if (request.url === '/refused') {
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    const ws = new WebSocket(request, socket, head, [], { deflate: true });
    ws.on('message', ({ data }) => ws.send(data));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});

afterAll(() => new Promise((resolve) => server.close(resolve)));

/** The code units of a string or the bytes of anything else, in this realm's array. */
const unitsOf = (data: unknown): unknown =>
  typeof data === 'string' ? data : Array.from(Buffer.from(data as Buffer));

/** Sends, and gives the echo and the end, of a connection. */
async function echoed(ws: WebSocket, message: Parameters<WebSocket['send']>[0]): Promise<unknown> {
  await new Promise((resolve) => ws.on('open', resolve));
  ws.send(message);
  const { data } = await new Promise<MessageEvent>((resolve) => ws.once('message', resolve));
  ws.close(1000, 'x');
  const { code, reason, wasClean } = await new Promise<CloseEvent>((resolve) => {
    ws.on('close', resolve);
  });
  expect([code, reason, wasClean]).toEqual([1000, 'x', true]);
  return data;
}

test('the globals are not those of Node', () => {
  expect(Buffer.of(1) instanceof Uint8Array).toBe(false);
  expect(typeof setTimeout(() => {}, 0)).toBe('number');
  expect([typeof TextDecoder, typeof setImmediate]).toEqual(['undefined', 'undefined']);
});

test.each([
  ['text', 'text €', 'text €'],
  ['a long text, compressed', 'long '.repeat(2000), 'long '.repeat(2000)],
  ['a Buffer', Buffer.of(1, 2), [1, 2]],
  ['a Uint8Array', Uint8Array.of(3, 4), [3, 4]],
  ['an ArrayBuffer', Uint8Array.of(5, 6).buffer, [5, 6]],
  ['a DataView', new DataView(Uint8Array.of(7, 8, 9).buffer, 1), [8, 9]],
])('%s goes to the server and back', async (_, message, expected) => {
  const ws = new WebSocket(url, [], { deflate: true, headers: { 'X-A': '1' } });
  expect(unitsOf(await echoed(ws, message))).toEqual(expected);
});

test.each(['nodebuffer', 'uint8array', 'arraybuffer'] as const)('%s', async (binaryType) => {
  const ws = new WebSocket(url);
  Object.assign(ws, { binaryType });
  expect(unitsOf(await echoed(ws, Uint8Array.of(1)))).toEqual([1]);
});

test('blob: what is received is one of Node', async () => {
  const ws = new WebSocket(url);
  Object.assign(ws, { binaryType: 'blob' });
  const blob = (await echoed(ws, Uint8Array.of(1))) as Blob;
  expect(unitsOf(await blob.arrayBuffer())).toEqual([1]);
});

test('a URL, a signal and an event of the DOM', async () => {
  const controller = new AbortController();
  const ws = new WebSocket(new URL(url), [], { signal: controller.signal });
  const errors: unknown[] = [];
  const heard: string[] = [];
  ws.on('other', ({ type }: Event) => heard.push(type));
  ws.dispatchEvent(new Event('other'));
  ws.on('error', ({ error }) => errors.push((error as Error & { code: string }).code));
  ws.on('open', () => controller.abort());
  const { code } = await new Promise<CloseEvent>((resolve) => ws.on('close', resolve));
  expect([code, heard]).toEqual([1006, ['other']]);
});

test('an opening handshake that fails', async () => {
  const ws = new WebSocket(`${url}refused`);
  const event = await new Promise<Event>((resolve) => ws.addEventListener('error', resolve));
  expect(event).toBeInstanceOf(Event);
});

test('subprotocols, credentials, ping and roundTrip', async () => {
  const ws = new WebSocket(url.replace('//', '//ü:p@'));
  await new Promise((resolve) => ws.on('open', resolve));
  expect(await ws.roundTrip()).toBeGreaterThan(0);
  expect(() => new WebSocket(url, 'a b')).toThrow(DOMException);
  expect(() => ws.close(1)).toThrow(DOMException);
  ws.close();
  await new Promise((resolve) => ws.on('close', resolve));
});

test('fake timers, which are numbers here, move the deadlines', async () => {
  jest.useFakeTimers();
  try {
    const ws = await new WebSocket(url, [], { idleTimeout: 600_000 }).opened;
    await jest.advanceTimersByTimeAsync(600_000);
    expect((await ws.closed).cause?.code).toBe('WS_ERR_IDLE_TIMEOUT');
  } finally {
    jest.useRealTimers();
  }
});
