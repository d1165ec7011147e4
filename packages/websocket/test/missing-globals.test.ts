/** A loader that gives modules none of the web's globals: the library takes from Node what it needs. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type WebSocketClass from '../src';
import { releaseLater } from './support/release';

const MISSING = [
  'TextDecoder',
  'TextEncoder',
  'structuredClone',
  'setTimeout',
  'clearTimeout',
  'setImmediate',
  'clearImmediate',
  'queueMicrotask',
  'performance',
  'Blob',
  'Event',
  'EventTarget',
  'MessageEvent',
  'crypto',
  'SharedArrayBuffer',
] as const;

let kept: [string, PropertyDescriptor | undefined][];
let WebSocket: typeof WebSocketClass;

beforeAll(() => {
  kept = MISSING.map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)]);
  for (const name of MISSING) Reflect.deleteProperty(globalThis, name);
  WebSocket = jest.requireActual<typeof WebSocketClass>('../src');
});

afterAll(() => {
  for (const [name, descriptor] of kept) Object.defineProperty(globalThis, name, descriptor!);
});

test('they are missing', () => {
  expect(MISSING.filter((name) => name in globalThis)).toEqual([]);
});

test.each(['nodebuffer', 'uint8array', 'arraybuffer', 'blob'] as const)(
  'an echo, compressed, of a text and of bytes as %s',
  async (binaryType) => {
    const server = createServer();
    releaseLater(() => server.close());
    server.on('upgrade', (request, socket, head) => {
      const ws = new WebSocket(request, socket, head, [], { deflate: true });
      ws.on('message', ({ data }) => ws.send(data));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const ws = new WebSocket(`ws://ü:p@127.0.0.1:${port}/`, [], { deflate: true, ping: 1 });
    Object.assign(ws, { binaryType });
    const heard: unknown[] = [];
    const end = new Promise((resolve) => {
      ws.on('message', ({ data }) => {
        if (heard.push(data) === 2) ws.close(1000, 'x');
      });
      ws.on('close', ({ code, reason, wasClean }) => resolve([code, reason, wasClean]));
    });
    ws.send('text '.repeat(1000));
    ws.send(Uint8Array.of(1, 2, 3));
    expect(await end).toEqual([1000, 'x', true]);
    expect(heard[0]).toBe('text '.repeat(1000));
    const bytes = binaryType === 'blob' ? await (heard[1] as Blob).arrayBuffer() : heard[1];
    expect([...Buffer.from(bytes as ArrayBuffer)]).toEqual([1, 2, 3]);
  },
);
