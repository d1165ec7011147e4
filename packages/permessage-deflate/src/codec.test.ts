import { ExtensionError } from '@ws/extensions';
import type { ExtensionFailure } from '@ws/extensions';
import fc from 'fast-check';
import { farthestReference } from '../test/farthest-reference';
import { CODECS, COMPRESSION, hex, noise, prose } from '../test/messages';
import { compressionFor } from './codec';
import type { Codec } from './codec';
import { History } from './history';
import { PublicZlib } from './public-zlib';

const HELLO = Buffer.from('Hello');

/** Every way of compressing, if not every combination of ways. */
const COMPRESSIONS = fc.record({
  level: fc.integer({ min: -1, max: 9 }),
  memLevel: fc.integer({ min: 1, max: 9 }),
  strategy: fc.integer({ min: 0, max: 4 }),
  windowBits: fc.integer({ min: 9, max: 15 }),
});

describe.each(CODECS)('$name', ({ codec }) => {
  test('RFC 7692 §7.2.3.1: a message in one block', () => {
    expect(codec.deflate(HELLO, COMPRESSION, null)).toEqual(hex('f2 48 cd c9 c9 07 00'));
    expect(codec.inflate(hex('f2 48 cd c9 c9 07 00'), 5, null)).toEqual(HELLO);
  });

  test('RFC 7692 §7.2.3.2: a message that refers to the one before it', () => {
    expect(codec.deflate(HELLO, COMPRESSION, HELLO)).toEqual(hex('f2 00 11 00 00'));
    expect(codec.inflate(hex('f2 00 11 00 00'), 5, historyOf(HELLO))).toEqual(HELLO);
  });

  test('RFC 7692 §7.2.3.3: a block that is not compressed', () => {
    expect(codec.inflate(hex('00 05 00 fa ff 48 65 6c 6c 6f 00'), 5, null)).toEqual(HELLO);
  });

  test('RFC 7692 §7.2.3.4: the final block is left to others', () => {
    expect(codec.inflate(hex('f3 48 cd c9 c9 07 00 00'), 5, null)).toBeNull();
  });

  test('RFC 7692 §7.2.3.5: a message in two blocks', () => {
    const blocks = hex('f2 48 05 00 00 00 ff ff ca c9 c9 07 00');
    expect(codec.inflate(blocks, 5, null)).toEqual(HELLO);
  });

  test('RFC 7692 §7.2.3.6: an empty message', () => {
    expect(codec.deflate(Buffer.alloc(0), COMPRESSION, null)).toEqual(Uint8Array.of(0));
    expect(codec.inflate(Uint8Array.of(0), 0, null)).toEqual(Buffer.alloc(0));
  });

  test.each([
    ['a message cut off inside a block', 'f2 48 cd c9'],
    ['nothing, not even an empty block', ''],
    ['a block of no known type', 'ff ff ff'],
    [
      'a stored block whose length is not what its complement says',
      '00 05 00 fa fe 48 65 6c 6c 6f 00',
    ],
    ['a stored block that is longer than the message', '00 0a 00 f5 ff 48'],
    ['a reference to what was never sent', 'f2 00 11 00 00'],
  ])('refuses %s', (_, octets) => {
    expect(failureOf(() => codec.inflate(hex(octets), 1000, null))).toBe('invalid-data');
  });

  test('works on after an error, and after a message that is too long', () => {
    const text = prose(3000);
    for (let round = 0; round < 3; round++) {
      expect(() => codec.inflate(hex('ff'), 10, null)).toThrow(ExtensionError);
      const deflated = codec.deflate(text, COMPRESSION, null);
      expect(codec.inflate(deflated, 2999, null)).toBeNull();
      expect(codec.inflate(deflated, 3000, null)).toEqual(text);
    }
  });

  test('refuses what refers to an earlier message of someone else', () => {
    const referring = new PublicZlib().deflate(HELLO, COMPRESSION, HELLO);
    expect(codec.inflate(codec.deflate(HELLO, COMPRESSION, null), 5, null)).toEqual(HELLO);
    expect(() => codec.inflate(referring, 5, null)).toThrow(ExtensionError);
  });

  test('gives bytes that later messages do not change', () => {
    const first = codec.deflate(prose(2000, 1), COMPRESSION, null);
    const copy = Buffer.from(first);
    const restored = codec.inflate(first, 2000, null);
    codec.inflate(codec.deflate(prose(2000, 2), COMPRESSION, null), 2000, null);
    expect(first).toEqual(copy);
    expect(restored).toEqual(prose(2000, 1));
  });

  test('restores what it has compressed, in every way, with and without history', () => {
    const lengths = fc.constantFrom(1, 2, 100, 255, 256, 257, 1000, 5000, 16_384, 40_000);
    const histories = fc.constantFrom(0, 1, 300, 32_768);
    const contents = fc.constantFrom(prose, noise);
    const law = fc.property(
      COMPRESSIONS,
      lengths,
      histories,
      contents,
      (compression, length, past, content) => {
        const history = past === 0 ? null : prose(Math.min(past, 2 ** compression.windowBits), 3);
        const message = content(length);
        const deflated = codec.deflate(message, compression, history);
        expect(inflated(codec, deflated, length, history).equals(message)).toBe(true);
      },
    );
    fc.assert(law, { numRuns: 150 });
  });

  test('of garbage, either makes something or says that it is invalid', () => {
    const law = fc.property(fc.uint8Array({ maxLength: 60 }), (garbage) => {
      expect([null, 'invalid-data']).toContain(
        failureOf(() => codec.inflate(garbage, 10_000, null)),
      );
    });
    fc.assert(law, { numRuns: 500 });
  });

  test('a window of 8 bits is kept to, whatever zlib is asked for', () => {
    const law = fc.property(COMPRESSIONS, fc.constantFrom(prose, noise), (wanted, content) => {
      const message = Buffer.concat([Buffer.alloc(300, 7), content(3000), Buffer.alloc(300, 8)]);
      const deflated = codec.deflate(message, compressionFor(wanted, 8), null);
      expect(farthestReference(deflated)).toBeLessThanOrEqual(256);
    });
    fc.assert(law, { numRuns: 50 });
  });
});

test('both codecs make the same of a message', () => {
  for (const length of [1, 100, 5000, 20_000]) {
    const [one, other] = CODECS.map(({ codec }) => codec.deflate(prose(length), COMPRESSION, null));
    expect(one).toEqual(other);
  }
});

test('windows of other sizes are used as far as they reach', () => {
  const message = Buffer.concat([noise(600), noise(600)]);
  const deflated = (windowBits: number): Uint8Array =>
    new PublicZlib().deflate(message, compressionFor(COMPRESSION, windowBits), null);
  expect(farthestReference(deflated(9))).toBeLessThanOrEqual(512);
  expect(farthestReference(deflated(15))).toBe(600);
});

function inflated(
  codec: Codec,
  data: Uint8Array,
  most: number,
  history: Uint8Array | null,
): Buffer {
  // Shared handles leave what is long to others.
  const past = history === null ? null : historyOf(history);
  const message = codec.inflate(data, most, past) ?? new PublicZlib().inflate(data, most, past);
  return Buffer.from(message!);
}

/** A history that has gone round once. */
function historyOf(bytes: Uint8Array): History {
  const history = new History(bytes.byteLength);
  history.append(bytes.subarray(-1));
  history.append(bytes);
  return history;
}

/** How the extension fails with what `action` throws; null when it throws nothing. */
function failureOf(action: () => unknown): ExtensionFailure | null {
  try {
    action();
    return null;
  } catch (error) {
    if (error instanceof ExtensionError) return error.failure;
    throw error;
  }
}
