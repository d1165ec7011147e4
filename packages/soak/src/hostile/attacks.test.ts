/** The bytes of the attacks are what their titles say, and nothing that a server must refuse. */
import { constants, inflateRawSync } from 'node:zlib';
import { ATTACKS, attackNamed, type Flood } from './attacks';
import { compressedText } from './frames';

const FLOODS = new Map<string, Flood>();
for (const [name, { make }] of ATTACKS) {
  const plan = make();
  if (plan.kind === 'flood') FLOODS.set(name, plan);
}

interface Frame {
  readonly firstByte: number;
  readonly payload: Buffer;
}

/** Frames of RFC 6455 §5.2. @throws {Error} when the last is not whole. */
function framesOf(bytes: Buffer): Frame[] {
  const frames: Frame[] = [];
  let at = 0;
  while (at < bytes.length) {
    const { start, length } = extentOf(bytes, at);
    frames.push({ firstByte: bytes[at], payload: bytes.subarray(start, start + length) });
    at = start + length;
  }
  if (at > bytes.length) throw new Error('the last frame is not whole');
  return frames;
}

function extentOf(bytes: Buffer, at: number): { start: number; length: number } {
  const length = bytes[at + 1] & 0x7f;
  if (length < 126) return { start: at + 6, length };
  if (length === 126) return { start: at + 8, length: bytes.readUInt16BE(at + 2) };
  return { start: at + 14, length: Number(bytes.readBigUInt64BE(at + 2)) };
}

function floodOf(name: string): Flood {
  return FLOODS.get(name)!;
}

test.each([...FLOODS.keys()].filter((name) => name !== 'hixie-skipped'))(
  '%s consists of whole frames',
  (name) => {
    const { first, burst, last } = floodOf(name);
    for (const bytes of [first, burst, last]) {
      expect(() => framesOf(bytes ?? Buffer.alloc(0))).not.toThrow();
    }
  },
);

test.each([
  [131_072, 150],
  [60_000_000, 65_000],
  [66_000_000, 66_000],
])('a text of %d bytes is compressed to %d or so', (size, most) => {
  const [{ firstByte, payload }] = framesOf(compressedText(size));
  expect(firstByte).toBe(0xc1);
  expect(payload.length).toBeLessThanOrEqual(most);
  const whole = Buffer.concat([payload, Buffer.of(0, 0, 0xff, 0xff)]);
  expect(inflateRawSync(whole, { finishFlush: constants.Z_SYNC_FLUSH }).length).toBe(size);
});

test.each([
  ['empty-fragments', 0],
  ['byte-fragments', 1],
])('%s: a message is a million fragments of %d bytes', (name, length) => {
  const { first, burst, times, last } = floodOf(name);
  const parts = framesOf(burst);
  expect(parts.length * times!).toBe(1_000_000);
  expect(new Set(parts.map(({ firstByte }) => firstByte))).toEqual(new Set([0x00]));
  expect(new Set(parts.map(({ payload }) => payload.length))).toEqual(new Set([length]));
  expect(framesOf(first!).map(({ firstByte }) => firstByte)).toEqual([0x01]);
  expect(framesOf(last!).map(({ firstByte }) => firstByte)).toEqual([0x80]);
});

test('text-then-bytes is one text and many', () => {
  const { burst } = floodOf('text-then-bytes');
  const [text, ...bytes] = framesOf(burst).map(({ payload }) => payload.length);
  expect(text).toBeGreaterThan(50_000);
  expect(bytes).toEqual(Array(200_000).fill(1));
});

test('without an attack there are no attackers', () => {
  expect(attackNamed('nobody').connections).toBe(0);
});
