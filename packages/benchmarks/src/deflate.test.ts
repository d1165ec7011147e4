import { createInflateRaw } from 'node:zlib';
import { bombOf, deflated, inflated } from './deflate';
import { jsonMessage } from './json';

test('RFC 7692 §7.2.3.1 "Hello"', () => {
  expect(deflated(Buffer.from('Hello')).toString('hex')).toBe('f248cdc9c90700');
  expect(inflated(Buffer.from('f248cdc9c90700', 'hex')).toString()).toBe('Hello');
});

test('what was deflated is inflated', () => {
  const message = jsonMessage(1024, 0);
  const payload = deflated(message);
  expect(payload.length).toBeLessThan(600);
  expect(inflated(payload)).toEqual(message);
});

test('a bomb is a thousandth of what it becomes', async () => {
  const size = 2 ** 25;
  const bomb = bombOf(size);
  expect(bomb.length).toBeLessThan(size / 1000);
  let length = 0;
  for await (const piece of createInflateRaw().end(
    Buffer.concat([bomb, Buffer.of(0, 0, 255, 255, 3, 0)]),
  )) {
    length += (piece as Buffer).length;
  }
  expect(length).toBe(size);
});
