import { isUtf8 } from 'node:buffer';
import { clientFrame, compressedClientFrame, payloadOf, repeated, serverFrame } from './frames';

const HELLO = Buffer.from('Hello');

test('§5.7 a single-frame unmasked text message', () => {
  expect(serverFrame(HELLO, true).toString('hex')).toBe('810548656c6c6f');
});

test('§5.7 a single-frame masked text message', () => {
  expect(clientFrame(HELLO, true).toString('hex')).toBe('818537fa213d7f9f4d5158');
});

test('RFC 7692 §7.2.3.1 a masked compressed message has RSV1 set', () => {
  const compressed = Buffer.from('f248cdc9c90700', 'hex');
  expect(compressedClientFrame(compressed, true).toString('hex')).toBe(
    'c18737fa213dc5b2ecf4fefd21',
  );
});

test.each([
  [125, '827d'],
  [126, '827e007e'],
  [65_535, '827effff'],
  [65_536, '827f0000000000010000'],
])('§5.2 the shortest length field for %i bytes', (size, header) => {
  const frame = serverFrame(payloadOf(size, 'binary'), false);
  expect(frame.toString('hex', 0, header.length / 2)).toBe(header);
  expect(frame.length).toBe(header.length / 2 + size);
});

test('masking leaves the payload as it was', () => {
  const payload = payloadOf(64, 'binary');
  clientFrame(payload, false);
  expect(payload).toEqual(payloadOf(64, 'binary'));
});

test('text payloads are printable ASCII, binary ones hold every byte value', () => {
  expect(payloadOf(1000, 'text').every((byte) => byte >= 0x20 && byte < 0x7f)).toBe(true);
  expect(new Set(payloadOf(256, 'binary')).size).toBe(256);
});

test('UTF-8 text of any length is valid, and mostly of more than one byte a character', () => {
  for (let size = 0; size < 400; size++) {
    const payload = payloadOf(size, 'UTF-8 text');
    expect([payload.length, isUtf8(payload)]).toEqual([size, true]);
  }
  expect(payloadOf(1000, 'UTF-8 text').filter((byte) => byte >= 0x80).length).toBeGreaterThan(700);
});

test('repeated frames follow one another', () => {
  expect(repeated(HELLO, 3).toString()).toBe('HelloHelloHello');
});
