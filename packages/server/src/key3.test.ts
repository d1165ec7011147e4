/** Newer versions of Node deliver announced bytes as the request's body; this one imitates them. */
import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import { Key3Reader } from './key3';

const KEY3 = Buffer.from('12345678');
const FRAMES = Buffer.from('\0a frame\xff', 'latin1');

function reading(body: Uint8Array, head: Uint8Array): { request: PassThrough; read: string[] } {
  const request = new PassThrough();
  request.write(body);
  const read: string[] = [];
  const done = (...bytes: Uint8Array[]): void => {
    for (const part of bytes) read.push(Buffer.from(part).toString('latin1'));
  };
  const incoming = request as unknown as IncomingMessage;
  new Key3Reader(incoming, new PassThrough(), head, done).start();
  return { request, read };
}

test('a body comes before head', () => {
  expect(reading(KEY3, FRAMES).read).toEqual(['12345678', FRAMES.toString('latin1')]);
});

test('a body that comes late is waited for', async () => {
  const { request, read } = reading(KEY3.subarray(0, 3), Buffer.alloc(0));
  expect(read).toEqual([]);
  request.write(KEY3.subarray(3));
  await new Promise(setImmediate);
  expect(read).toEqual(['12345678', '']);
});

test('a key that is complete leaves the request alone', () => {
  expect(reading(Buffer.alloc(0), KEY3).request.listenerCount('data')).toBe(0);
});
