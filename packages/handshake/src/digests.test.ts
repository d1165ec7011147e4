import * as fc from 'fast-check';
import { createHash } from 'node:crypto';
import { base64 } from './base64';
import { md5 } from './md5';
import { sha1 } from './sha1';

const MESSAGES = fc.uint8Array({ maxLength: 300 });

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

describe.each([
  ['md5', md5, 'RFC 1321 §A.5', '900150983cd24fb0d6963f7d28e17f72'],
  ['sha1', sha1, 'RFC 3174 §7.3', 'a9993e364706816aba3e25717850c26c9cd0d89d'],
] as const)('%s', (algorithm, digest, section, ofAbc) => {
  test(`digests "abc" as ${section} says`, () => {
    expect(hex(digest(Buffer.from('abc')))).toBe(ofAbc);
  });

  // One block holds at most 55 bytes; from 56 on, the length needs a block of its own.
  test.each([0, 1, 55, 56, 63, 64, 65, 119, 120, 300])('agrees with Node on %i bytes', (length) => {
    const message = new Uint8Array(length).fill(0x61);
    expect(hex(digest(message))).toBe(createHash(algorithm).update(message).digest('hex'));
  });

  test('agrees with Node on any bytes, and leaves them alone', () => {
    const property = fc.property(MESSAGES, (message) => {
      const copy = message.slice();
      expect(hex(digest(message))).toBe(createHash(algorithm).update(message).digest('hex'));
      expect(message).toEqual(copy);
    });
    fc.assert(property, { numRuns: 200 });
  });
});

describe('base64', () => {
  // RFC 4648 §10
  test.each([
    ['', ''],
    ['f', 'Zg=='],
    ['fo', 'Zm8='],
    ['foo', 'Zm9v'],
    ['foob', 'Zm9vYg=='],
    ['fooba', 'Zm9vYmE='],
    ['foobar', 'Zm9vYmFy'],
  ])('encodes "%s"', (text, encoded) => {
    expect(base64(Buffer.from(text))).toBe(encoded);
  });

  test('agrees with Node on any bytes', () => {
    const property = fc.property(MESSAGES, (bytes) => {
      expect(base64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
    });
    fc.assert(property, { numRuns: 200 });
  });
});
