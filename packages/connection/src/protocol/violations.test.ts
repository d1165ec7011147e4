/** Every mistake that a peer can make fails the connection with the code that the table has for it. */
import { VIOLATIONS } from '@ws/frame-parser';
import type { ViolationCode } from '@ws/frame-parser';
import { expectFailing, MAX_LENGTH, Pair } from '../../test/pair';

const MASK = [0, 0, 0, 0];

/** What a client sends to a server; a mask of zeros leaves the payload readable. */
const MISTAKES: [violation: ViolationCode, wire: number[]][] = [
  ['MASK_MISSING', [0x81, 0x00]],
  ['RSV_UNEXPECTED', [0xc1, 0x80, ...MASK]],
  ['RSV_2_3_UNEXPECTED', [0xa1, 0x80, ...MASK]],
  ['RSV_2_3_UNEXPECTED', [0x91, 0x80, ...MASK]],
  ['OPCODE_RESERVED', [0x83, 0x80, ...MASK]],
  ['OPCODE_RESERVED', [0x8f, 0x80, ...MASK]],
  ['LENGTH_NOT_MINIMAL', [0x82, 0xfe, 0, 125, ...MASK]],
  ['LENGTH_NOT_MINIMAL', [0x82, 0xff, 0, 0, 0, 0, 0, 0, 0xff, 0xff, ...MASK]],
  ['LENGTH_TOO_LARGE', [0x82, 0xff, 0, 0x20, 0, 0, 0, 0, 0, 0, ...MASK]],
  ['CONTROL_TOO_LONG', [0x89, 0xfe, 0, 126, ...MASK]],
  ['CONTROL_FRAGMENTED', [0x09, 0x80, ...MASK]],
  ['CONTINUATION_UNEXPECTED', [0x80, 0x80, ...MASK]],
  ['CONTINUATION_EXPECTED', [0x01, 0x80, ...MASK, 0x81, 0x80, ...MASK]],
  ['INVALID_UTF8', [0x81, 0x81, ...MASK, 0xff]],
  ['MESSAGE_TOO_BIG', [0x82, 0xff, 0, 0, 0, 0, ...uint32(MAX_LENGTH + 1), ...MASK]],
  ['CLOSE_PAYLOAD_TOO_SHORT', [0x88, 0x81, ...MASK, 3]],
  ['CLOSE_CODE_INVALID', [0x88, 0x82, ...MASK, 0x03, 0xed]],
  ['CLOSE_REASON_INVALID_UTF8', [0x88, 0x83, ...MASK, 0x03, 0xe8, 0xff]],
];

function uint32(value: number): number[] {
  return [value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff];
}

describe.each([Infinity, 1])('in chunks of %d', (size) => {
  test.each(MISTAKES)('%s', (violation, wire) => {
    const pair = new Pair();
    pair.server.inFlight = Buffer.from(wire);
    pair.carry(size);
    expect(pair.server.heard).toEqual([]);
    expectFailing(pair, pair.server, violation);
  });
});

test('MASK_UNEXPECTED', () => {
  const pair = new Pair();
  pair.client.inFlight = Buffer.from([0x81, 0x80, ...MASK]);
  pair.carry();
  expectFailing(pair, pair.client, 'MASK_UNEXPECTED');
});

test('TOO_MANY_FRAGMENTS', () => {
  const pair = new Pair();
  pair.client.inFlight = Buffer.alloc(2 ** 21 + 2);
  pair.client.inFlight[0] = 0x01;
  pair.carry();
  expectFailing(pair, pair.client, 'TOO_MANY_FRAGMENTS');
});

test.each(['hixie-76', 'hixie-75'] as const)('HIXIE_LENGTH_TOO_LARGE in %s', (version) => {
  const pair = new Pair(version);
  pair.server.inFlight = Buffer.of(0x80, 0xff, 0xff, 0xff, 0x7f);
  pair.carry();
  expectFailing(pair, pair.server, 'HIXIE_LENGTH_TOO_LARGE');
});

test('there is no other mistake that a peer without extensions can make', () => {
  const elsewhere = ['MASK_UNEXPECTED', 'TOO_MANY_FRAGMENTS', 'HIXIE_LENGTH_TOO_LARGE'];
  const tested = [...MISTAKES.map(([violation]) => violation), ...elsewhere, 'EXTENSION_FAILED'];
  expect([...new Set(tested)].sort()).toEqual(Object.keys(VIOLATIONS).sort());
});
