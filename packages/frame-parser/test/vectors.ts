/**
 * What the decoders must say of which bytes, drawn in bits and named by the rule. Plain data and no
 * test framework, so that any runtime can run them (see run-vectors.ts).
 */
import { bits, concat, hex, repeat } from './bits';
import type { Told } from './recording-sink';
import { INVALID_UTF8, VALID_UTF8 } from './utf8-cases';

export interface Vector {
  readonly name: string;
  /** The decoder: this end's role, or the draft. */
  readonly at: 'client' | 'server' | 'hixie-75' | 'hixie-76';
  readonly wire: Uint8Array;
  readonly told: readonly Told[];
  readonly allowedRsv?: number;
  readonly reservesAll?: boolean;
  readonly maxLength?: number;
  readonly maxFragments?: number;
}

const KEY = hex('37fa213d');
const HELLO = '48656c6c6f';
const hexOf = (byte: string, length: number): string => byte.repeat(length);
const refused = (violation: Extract<Told, ['violation', unknown]>[1]): Told[] => [
  ['violation', violation],
];

// prettier-ignore
const FRAMES: Vector[] = [
  //                                                        fin rsv opcode mask length
  { name: '§5.7 "Hello"',                    at: 'client', wire: bits('1 000 0001 0 0000101', 'Hello'), told: [['text', 'Hello']] },
  { name: '§5.7 "Hello", masked',            at: 'server', wire: bits('1 000 0001 1 0000101', KEY, hex('7f9f4d5158')), told: [['text', 'Hello']] },
  { name: '§5.7 "Hello" in two fragments',   at: 'client', wire: bits('0 000 0001 0 0000011', 'Hel', bits('1 000 0000 0 0000010', 'lo')), told: [['text', 'Hello']] },
  { name: '§5.7 ping',                       at: 'client', wire: bits('1 000 1001 0 0000101', 'Hello'), told: [['ping', HELLO]] },
  { name: '§5.7 masked pong',                at: 'server', wire: bits('1 000 1010 1 0000101', KEY, hex('7f9f4d5158')), told: [['pong', HELLO]] },
  { name: '§5.7 256 bytes',                  at: 'client', wire: bits('1 000 0010 0 1111110 00000001 00000000', repeat(7, 256)), told: [['binary', hexOf('07', 256)]] },
  { name: '§5.7 64 KiB',                     at: 'client', wire: bits('1 000 0010 0 1111111', hex('0000000000010000'), repeat(7, 65536)), told: [['binary', hexOf('07', 65536)]] },
  { name: 'empty text',                      at: 'client', wire: bits('1 000 0001 0 0000000'), told: [['text', '']] },
  { name: 'empty binary',                    at: 'client', wire: bits('1 000 0010 0 0000000'), told: [['binary', '']] },
  { name: 'empty masked text',               at: 'server', wire: bits('1 000 0001 1 0000000', KEY), told: [['text', '']] },
  { name: 'a masking key of zeros',          at: 'server', wire: bits('1 000 0001 1 0000101', hex('00000000'), 'Hello'), told: [['text', 'Hello']] },
  { name: '125 bytes, the longest short',    at: 'client', wire: bits('1 000 0010 0 1111101', repeat(1, 125)), told: [['binary', hexOf('01', 125)]] },
  { name: '126 bytes, the shortest 16-bit',  at: 'client', wire: bits('1 000 0010 0 1111110', hex('007e'), repeat(1, 126)), told: [['binary', hexOf('01', 126)]] },
  { name: '65535 bytes, the longest 16-bit', at: 'client', wire: bits('1 000 0010 0 1111110', hex('ffff'), repeat(1, 65535)), told: [['binary', hexOf('01', 65535)]] },
  { name: '§5.2 125 in 16 bits',             at: 'client', wire: bits('1 000 0010 0 1111110', hex('007d')), told: refused('LENGTH_NOT_MINIMAL') },
  { name: '§5.2 0 in 16 bits',               at: 'client', wire: bits('1 000 0010 0 1111110', hex('0000')), told: refused('LENGTH_NOT_MINIMAL') },
  { name: '§5.2 65535 in 64 bits',           at: 'client', wire: bits('1 000 0010 0 1111111', hex('000000000000ffff')), told: refused('LENGTH_NOT_MINIMAL') },
  { name: '§5.2 top bit of 64 set',          at: 'client', wire: bits('1 000 0010 0 1111111', hex('8000000000000000')), told: refused('LENGTH_TOO_LARGE') },
  { name: '2^53',                            at: 'client', wire: bits('1 000 0010 0 1111111', hex('0020000000000000')), told: refused('LENGTH_TOO_LARGE') },
  { name: '2^53 - 1 is over the limit only', at: 'client', wire: bits('1 000 0010 0 1111111', hex('001fffffffffffff')), told: refused('MESSAGE_TOO_BIG') },
  { name: '2^31 is over the limit',          at: 'client', wire: bits('1 000 0010 0 1111111', hex('0000000080000000')), told: refused('MESSAGE_TOO_BIG') },
  { name: '§5.1 unmasked to a server',       at: 'server', wire: bits('1 000 0001 0 0000101', 'Hello'), told: refused('MASK_MISSING') },
  { name: '§5.1 masked to a client',         at: 'client', wire: bits('1 000 0001 1 0000101', KEY, hex('7f9f4d5158')), told: refused('MASK_UNEXPECTED') },
];

// prettier-ignore
const FRAGMENTS: Vector[] = [
  { name: 'ping inside a message',           at: 'client', wire: bits('0 000 0001 0 0000001', 'a', bits('1 000 1001 0 0000001', 'p'), bits('1 000 0000 0 0000001', 'b')), told: [['ping', '70'], ['text', 'ab']] },
  { name: 'three empty fragments',           at: 'client', wire: bits('00000001 00000000 00000000 00000000 10000000 00000000'), told: [['text', '']] },
  { name: 'empty around something',          at: 'client', wire: bits('00000010 00000000 00000000 00000001', 'x', bits('10000000 00000000')), told: [['binary', '78']] },
  { name: 'a character cut between frames',  at: 'client', wire: bits('0 000 0001 0 0000001', hex('c3'), bits('1 000 0000 0 0000001', hex('a9'))), told: [['text', 'é']] },
  { name: 'a message after a fragmented one', at: 'client', wire: bits('00000010 00000000 10000000 00000000 10000001 00000000'), told: [['binary', ''], ['text', '']] },
  { name: 'continuation of nothing',         at: 'client', wire: bits('1 000 0000 0 0000000'), told: refused('CONTINUATION_UNEXPECTED') },
  { name: 'unfinished continuation of nothing', at: 'client', wire: bits('0 000 0000 0 0000000'), told: refused('CONTINUATION_UNEXPECTED') },
  { name: 'continuation of a whole message', at: 'client', wire: bits('10000001 00000000 10000000 00000000'), told: [['text', ''], ...refused('CONTINUATION_UNEXPECTED')] },
  { name: 'text inside a message',           at: 'client', wire: bits('00000001 00000000 10000001 00000000'), told: refused('CONTINUATION_EXPECTED') },
  { name: 'binary inside a message',         at: 'client', wire: bits('00000001 00000000 00000010 00000000'), told: refused('CONTINUATION_EXPECTED') },
  { name: '§5.5 fragmented ping',            at: 'client', wire: bits('0 000 1001 0 0000000'), told: refused('CONTROL_FRAGMENTED') },
  { name: '§5.5 fragmented pong',            at: 'client', wire: bits('0 000 1010 0 0000000'), told: refused('CONTROL_FRAGMENTED') },
  { name: '§5.5 fragmented close',           at: 'client', wire: bits('0 000 1000 0 0000000'), told: refused('CONTROL_FRAGMENTED') },
  { name: '§5.5 ping of 125 bytes',          at: 'client', wire: bits('1 000 1001 0 1111101', repeat(0xfe, 125)), told: [['ping', hexOf('fe', 125)]] },
  { name: '§5.5 ping of 126 bytes',          at: 'client', wire: bits('1 000 1001 0 1111110', hex('007e')), told: refused('CONTROL_TOO_LONG') },
  { name: '§5.5 close of 126 bytes',         at: 'client', wire: bits('1 000 1000 0 1111110', hex('007e')), told: refused('CONTROL_TOO_LONG') },
  { name: '§5.5 ping in 64 bits',            at: 'client', wire: bits('1 000 1001 0 1111111', hex('8000000000000000')), told: refused('CONTROL_TOO_LONG') },
  { name: 'exactly the fragments allowed',   at: 'client', maxFragments: 3, wire: bits('00000010 00000000 00000000 00000000 10000000 00000000'), told: [['binary', '']] },
  { name: 'one fragment too many',           at: 'client', maxFragments: 2, wire: bits('00000010 00000000 00000000 00000000 10000000 00000000'), told: refused('TOO_MANY_FRAGMENTS') },
  { name: 'exactly the length allowed',      at: 'client', maxLength: 3, wire: bits('1 000 0010 0 0000011', 'abc'), told: [['binary', '616263']] },
  { name: 'one byte over it, by the header', at: 'client', maxLength: 3, wire: bits('1 000 0010 0 0000100'), told: refused('MESSAGE_TOO_BIG') },
  { name: 'fragments of the length allowed', at: 'client', maxLength: 3, wire: bits('0 000 0010 0 0000010', 'ab', bits('1 000 0000 0 0000001', 'c')), told: [['binary', '616263']] },
  { name: 'fragments over it together',      at: 'client', maxLength: 3, wire: bits('0 000 0010 0 0000010', 'ab', bits('1 000 0000 0 0000010')), told: refused('MESSAGE_TOO_BIG') },
  { name: 'a sum that overflows 32 bits',    at: 'client', wire: bits('0 000 0010 0 0000010', 'ab', bits('1 000 0000 0 1111111', hex('00000000ffffffff'))), told: refused('MESSAGE_TOO_BIG') },
];

// prettier-ignore
const RESERVED: Vector[] = [
  { name: 'allowed RSV1 on text is not decoded', at: 'client', allowedRsv: 4, wire: bits('1 100 0001 0 0000010', hex('ff80')), told: [['reserved', 1, 4, 'ff80']] },
  { name: 'allowed RSV1 on fragmented binary', at: 'client', allowedRsv: 4, wire: bits('0 100 0010 0 0000001', 'a', bits('1 000 0000 0 0000001', 'b')), told: [['reserved', 2, 4, '6162']] },
  { name: 'an empty message with all of them', at: 'client', allowedRsv: 7, wire: bits('1 111 0010 0 0000000'), told: [['reserved', 2, 7, '']] },
  { name: 'allowed but not set',              at: 'client', allowedRsv: 7, wire: bits('1 000 0001 0 0000001', 'a'), told: [['text', 'a']] },
  { name: 'RSV1 on a continuation',           at: 'client', allowedRsv: 4, wire: bits('0 100 0001 0 0000001', 'a', bits('1 100 0000 0 0000001')), told: refused('RSV_UNEXPECTED') },
  { name: 'RSV1 on a control frame',          at: 'client', allowedRsv: 4, wire: bits('1 100 1001 0 0000000'), told: refused('RSV_UNEXPECTED') },
  { name: 'RSV3 where RSV1 is allowed',       at: 'client', allowedRsv: 4, wire: bits('1 101 0001 0 0000000'), told: refused('RSV_2_3_UNEXPECTED') },
  { name: 'what compressed may weigh',        at: 'client', allowedRsv: 4, maxLength: 512, wire: bits('1 100 0010 0 1111110', hex('0242'), repeat(0, 578)), told: [['reserved', 2, 4, hexOf('00', 578)]] },
  { name: 'one byte over that',               at: 'client', allowedRsv: 4, maxLength: 512, wire: bits('1 100 0010 0 1111110', hex('0243')), told: refused('MESSAGE_TOO_BIG') },
  { name: 'text where all is reserved',       at: 'client', reservesAll: true, wire: bits('1 000 0001 0 0000010', hex('ff80')), told: [['reserved', 1, 0, 'ff80']] },
  { name: 'fragments where all is reserved',  at: 'client', reservesAll: true, wire: bits('0 000 0001 0 0000001', hex('ff'), bits('1 000 0000 0 0000001', 'b')), told: [['reserved', 1, 0, 'ff62']] },
  { name: 'binary where all is reserved',     at: 'client', reservesAll: true, wire: bits('1 000 0010 0 0000000'), told: [['reserved', 2, 0, '']] },
  { name: 'a ping where all is reserved',     at: 'client', reservesAll: true, wire: bits('1 000 1001 0 0000000'), told: [['ping', '']] },
  { name: 'RSV1 where all is reserved',       at: 'client', reservesAll: true, wire: bits('1 100 0001 0 0000000'), told: refused('RSV_UNEXPECTED') },
  { name: 'over that in fragments',           at: 'client', allowedRsv: 4, maxLength: 0, wire: bits('0 100 0010 0 0111111', repeat(0, 63), bits('1 000 0000 0 0000010')), told: refused('MESSAGE_TOO_BIG') },
];

/** §5.2: every pair of RSV bits and opcode, where no extension has given them a meaning. */
const EVERY_PAIR: Vector[] = Array.from({ length: 128 }, (_, pair) => ({
  name: `rsv ${pair >>> 4} with opcode ${pair & 15}`,
  at: 'client' as const,
  wire: Uint8Array.of(0x80 | pair, 0),
  told: toldOfPair(pair >>> 4, pair & 15),
}));

function toldOfPair(rsv: number, opcode: number): Told[] {
  if ((rsv & 3) !== 0) return refused('RSV_2_3_UNEXPECTED');
  if (rsv !== 0) return refused('RSV_UNEXPECTED');
  const lawful: Record<number, Told> = {
    0: ['violation', 'CONTINUATION_UNEXPECTED'],
    1: ['text', ''],
    2: ['binary', ''],
    8: ['close', 1005, ''],
    9: ['ping', ''],
    10: ['pong', ''],
  };
  return [lawful[opcode] ?? ['violation', 'OPCODE_RESERVED']];
}

/** §7.4: every close code from 0 to 5000, and the largest. */
const CLOSE_CODES: Vector[] = [...Array(5001).keys(), 65535].map((code) => ({
  name: `close code ${code}`,
  at: 'client',
  wire: bits('1 000 1000 0 0000010', Uint8Array.of(code >>> 8, code)),
  told: maySend(code) ? [['close', code, '']] : refused('CLOSE_CODE_INVALID'),
}));

function maySend(code: number): boolean {
  const standard = [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014];
  return standard.includes(code) || (code >= 3000 && code < 5000);
}

// prettier-ignore
const CLOSES: Vector[] = [
  { name: 'close without payload',           at: 'client', wire: bits('1 000 1000 0 0000000'), told: [['close', 1005, '']] },
  { name: 'close of one byte',               at: 'client', wire: bits('1 000 1000 0 0000001', 'a'), told: refused('CLOSE_PAYLOAD_TOO_SHORT') },
  { name: 'close with a reason',             at: 'client', wire: bits('1 000 1000 0 0000110', hex('03e8'), 'done'), told: [['close', 1000, 'done']] },
  { name: 'close with the longest reason',   at: 'client', wire: bits('1 000 1000 0 1111101', hex('03e8'), repeat(0x2a, 123)), told: [['close', 1000, '*'.repeat(123)]] },
  { name: 'close with a bad reason',         at: 'client', wire: bits('1 000 1000 0 0000101', hex('03e8eda080')), told: refused('CLOSE_REASON_INVALID_UTF8') },
  { name: 'masked close',                    at: 'server', wire: bits('1 000 1000 1 0000010', KEY, hex('3412')), told: [['close', 1000, '']] },
  { name: 'frames after close',              at: 'client', wire: bits('10001000 00000000 10001001 00000000 10000001 00000000'), told: [['close', 1005, '']] },
  { name: 'a second close',                  at: 'client', wire: bits('10001000 00000000 10001000 00000000'), told: [['close', 1005, '']] },
  { name: 'close inside a message',          at: 'client', wire: bits('0 000 0001 0 0000001', 'a', bits('1 000 1000 0 0000000 1 000 0000 0 0000001', 'b')), told: [['close', 1005, '']] },
  { name: 'frames after a violation',        at: 'client', wire: bits('1 000 0011 0 0000000 1 000 1001 0 0000000'), told: refused('OPCODE_RESERVED') },
];

// prettier-ignore
const HIXIE: Vector[] = [
  { name: 'text',                            at: 'hixie-76', wire: hex('00 48c3a9 ff'), told: [['text', 'Hé']] },
  { name: 'empty text',                      at: 'hixie-75', wire: hex('00 ff'), told: [['text', '']] },
  { name: 'text of any type under 80',       at: 'hixie-76', wire: hex('01 41 ff 7f 42 ff'), told: [['text', 'A'], ['text', 'B']] },
  { name: 'a skipped frame',                 at: 'hixie-76', wire: hex('80 03 00ff00 00 41 ff'), told: [['text', 'A']] },
  { name: 'skipped frames of any type',      at: 'hixie-76', wire: hex('81 01 00 fe 01 ff 00 41 ff'), told: [['text', 'A']] },
  { name: 'a skipped frame of no length',    at: 'hixie-76', wire: hex('80 00 00 41 ff'), told: [['text', 'A']] },
  { name: 'a length in two groups',          at: 'hixie-76', wire: concat([hex('80 81 00'), repeat(0xff, 128), hex('00 41 ff')]), told: [['text', 'A']] },
  { name: 'the closing frame',               at: 'hixie-76', wire: hex('ff 00 00 41 ff'), told: [['close', 1000, '']] },
  { name: 'FF 00 means nothing in 75',       at: 'hixie-75', wire: hex('ff 00 00 41 ff'), told: [['text', 'A']] },
  { name: 'FF with a length does not close', at: 'hixie-76', wire: hex('ff 01 aa 00 41 ff'), told: [['text', 'A']] },
  { name: 'FF 00 inside text ends the text', at: 'hixie-76', wire: hex('00 41 ff 00 42 ff'), told: [['text', 'A'], ['text', 'B']] },
  { name: 'a length without end',            at: 'hixie-76', wire: concat([hex('80'), repeat(0xff, 100)]), told: refused('HIXIE_LENGTH_TOO_LARGE') },
  { name: 'a length of zeros without end',   at: 'hixie-76', wire: concat([hex('80'), repeat(0x80, 100)]), told: refused('HIXIE_LENGTH_TOO_LARGE') },
  { name: 'a length over the limit',         at: 'hixie-76', maxLength: 3, wire: hex('80 04'), told: refused('HIXIE_LENGTH_TOO_LARGE') },
  { name: 'text of the limit',               at: 'hixie-76', maxLength: 3, wire: hex('00 414243 ff'), told: [['text', 'ABC']] },
  { name: 'text over the limit, without end', at: 'hixie-76', maxLength: 3, wire: hex('00 41424344'), told: refused('MESSAGE_TOO_BIG') },
  { name: 'text that is not UTF-8',          at: 'hixie-76', wire: hex('00 41 80 ff'), told: refused('INVALID_UTF8') },
  { name: 'text cut inside a character',     at: 'hixie-76', wire: hex('00 41 c3 ff'), told: refused('INVALID_UTF8') },
];

function textVectors(cases: Record<string, string[]>, valid: boolean): Vector[] {
  return Object.entries(cases).flatMap(([kind, sequences]) =>
    sequences.map((digits) => {
      const bytes = hex(digits);
      const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
      return {
        name: `UTF-8: ${kind}: ${digits}`,
        at: 'client',
        wire: concat([Uint8Array.of(0x81, bytes.length), bytes]),
        told: valid ? [['text', text]] : refused('INVALID_UTF8'),
      } satisfies Vector;
    }),
  );
}

export const VECTORS: readonly Vector[] = [
  ...FRAMES,
  ...FRAGMENTS,
  ...RESERVED,
  ...EVERY_PAIR,
  ...CLOSES,
  ...CLOSE_CODES,
  ...HIXIE,
  ...textVectors(VALID_UTF8, true),
  ...textVectors(INVALID_UTF8, false),
];
