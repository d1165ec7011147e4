import fc from 'fast-check';
import {
  CLIENT,
  encodeClosePayload,
  encodeFragments,
  encodeFrame,
  encodeHixieText,
  masked,
  MessageDecoder,
  OPCODE,
  randomMaskingKeys,
  SERVER,
  type OutgoingFrame,
} from '.';
import { encodeAnyFrame } from '../test/any-frame';
import { RecordingSink } from '../test/recording-sink';

/** Takes what the types refuse. */
type Untyped = (...given: unknown[]) => unknown;

const encode = encodeFrame as Untyped;
const fragments = encodeFragments as Untyped;
const closing = encodeClosePayload as Untyped;

const PING_126 = { opcode: 9, payload: 'x'.repeat(126) };
const CLOSE_1005 = { opcode: 8, payload: Uint8Array.of(3, 237) };
const BAD_REASON = { opcode: 8, payload: Uint8Array.of(3, 232, 0xff) };

const ENCODERS: [string, () => unknown, ErrorConstructor, string][] = [
  [
    'a role by its name',
    () => encode('client', { opcode: 1, payload: '' }),
    TypeError,
    'role must be CLIENT or SERVER, not "client"',
  ],
  [
    'fragments for no role',
    () => fragments(null, { opcode: 1, payload: '' }, 1),
    TypeError,
    'role must be CLIENT or SERVER, not null',
  ],
  [
    'opcode 99',
    () => encode(SERVER, { opcode: 99, payload: '' }),
    RangeError,
    'opcode must be 0, 1, 2, 8, 9 or 10, not 99',
  ],
  [
    'a reserved opcode',
    () => encode(SERVER, { opcode: 3, payload: '' }),
    RangeError,
    'opcode must be 0, 1, 2, 8, 9 or 10, not 3',
  ],
  [
    'an opcode in text',
    () => encode(SERVER, { opcode: 'text', payload: '' }),
    RangeError,
    'opcode must be 0, 1, 2, 8, 9 or 10, not "text"',
  ],
  [
    'no payload',
    () => encode(SERVER, { opcode: 1 }),
    TypeError,
    'payload must be a Uint8Array, not undefined',
  ],
  [
    'an ArrayBuffer as payload',
    () => encode(SERVER, { opcode: 2, payload: new ArrayBuffer(1) }),
    TypeError,
    'payload must be a Uint8Array, not [object ArrayBuffer]',
  ],
  [
    'fin: 0',
    () => encode(SERVER, { fin: 0, opcode: 1, payload: '' }),
    TypeError,
    'fin must be a boolean, not 0',
  ],
  [
    'rsv: 8',
    () => encode(SERVER, { rsv: 8, opcode: 1, payload: '' }),
    RangeError,
    'rsv must be an integer from 0 to 7, not 8',
  ],
  [
    'RSV bits on a ping',
    () => encode(SERVER, { rsv: 4, opcode: 9, payload: '' }),
    RangeError,
    'rsv must be 0 on a frame with opcode 9',
  ],
  [
    'RSV bits on a continuation',
    () => encode(SERVER, { rsv: 4, opcode: 0, payload: '' }),
    RangeError,
    'rsv must be 0 on a frame with opcode 0',
  ],
  [
    'a ping of 126 bytes',
    () => encode(SERVER, PING_126),
    RangeError,
    'payload of a control frame is at most 125 bytes, not 126',
  ],
  [
    'a ping in fragments',
    () => encode(SERVER, { fin: false, opcode: 9, payload: '' }),
    RangeError,
    'fin must be true: control frames are never in fragments',
  ],
  [
    'half a close code',
    () => encode(SERVER, { opcode: 8, payload: Uint8Array.of(3) }),
    RangeError,
    'payload of a closing frame begins with a close code, not NaN',
  ],
  [
    'close code 1005',
    () => encode(SERVER, CLOSE_1005),
    RangeError,
    'payload of a closing frame begins with a close code, not 1005',
  ],
  [
    'a reason that is no UTF-8',
    () => encode(SERVER, BAD_REASON),
    RangeError,
    'payload of a closing frame: the reason is not valid UTF-8',
  ],
  [
    'a reason alone',
    () => encode(SERVER, { opcode: 8, payload: 'why' }),
    TypeError,
    'payload of a closing frame is a code and a reason: see encodeClosePayload',
  ],
  [
    'a ping as a message',
    () => fragments(SERVER, { opcode: 9, payload: '' }, 1),
    RangeError,
    'opcode of a message must be 1 or 2, not 9',
  ],
  [
    'a number as a message',
    () => fragments(SERVER, { opcode: 1, payload: 5 }, 1),
    TypeError,
    'payload must be a Uint8Array, not 5',
  ],
  ['a close code in text', () => closing('1000'), RangeError, 'close code "1000" may not be sent'],
  ['a number as reason', () => closing(1000, 5), TypeError, 'reason must be a string, not 5'],
  [
    'hixie bytes',
    () => (encodeHixieText as Untyped)(Buffer.of(1)),
    TypeError,
    'text must be a string, not [object Uint8Array]',
  ],
  [
    'text to mask',
    () => (masked as Untyped)('abc', 1),
    TypeError,
    'bytes must be a Uint8Array, not "abc"',
  ],
  ['a seed', () => (randomMaskingKeys as Untyped)(5), TypeError, 'fill must be a function, not 5'],
];

test.each(ENCODERS)('%s: refused', (_, wrong, type, text) => {
  expect(wrong).toThrow(new type(text));
});

test('encodeFrame makes what a decoder can take, and nothing else', () => {
  const shape = fc.record({
    fin: fc.boolean(),
    rsv: fc.nat(7),
    opcode: fc.nat(15),
    payload: fc.oneof(
      fc.uint8Array({ maxLength: 130 }),
      fc.integer({ min: 990, max: 1020 }).map((code) => Uint8Array.of(code >>> 8, code & 0xff)),
    ),
  });
  const verdict = (given: OutgoingFrame, wire: Uint8Array): boolean => {
    const taken = new RecordingSink();
    const decoder = new MessageDecoder(CLIENT, taken, { allowedRsv: 7, reservesAll: true });
    const first = { opcode: 1, fin: false, payload: '' };
    if (given.opcode === OPCODE.CONTINUATION) decoder.push(encodeFrame(SERVER, first));
    decoder.push(wire);
    return !taken.told.some(([kind]) => kind === 'violation');
  };
  fc.assert(
    fc.property(shape, (given) => {
      let encoded: Uint8Array | null = null;
      try {
        encoded = encodeFrame(SERVER, given);
      } catch {
        // refused
      }
      const any = encodeAnyFrame(SERVER, given);
      if (encoded !== null) expect(Buffer.compare(encoded, any)).toBe(0);
      expect(encoded !== null).toBe(verdict(given, any));
    }),
    { numRuns: 2000 },
  );
});
