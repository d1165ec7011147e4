import fc from 'fast-check';
import {
  CLIENT,
  encodeClosePayload,
  encodeFragments,
  encodeHixieText,
  HIXIE_CLOSING_FRAME,
  isValidCloseCode,
  isValidUtf8,
  decodeUtf8,
  masked,
  maskInPlace,
  ProtocolError,
  randomMaskingKeys,
  SERVER,
  utf8Length,
} from '.';
import { hex } from '../test/bits';
import { toHex } from '../test/recording-sink';

test('masking is byte i XOR key byte i mod 4, at any alignment, phase and length', () => {
  const place = fc.record({
    memory: fc.uint8Array({ minLength: 1, maxLength: 300 }),
    offset: fc.nat({ max: 7 }),
    start: fc.nat({ max: 300 }),
    end: fc.nat({ max: 300 }),
    phase: fc.nat({ max: 1000 }),
    key: fc.integer(),
  });
  fc.assert(
    fc.property(place, ({ memory, offset, start, end, phase, key }) => {
      const bytes = memory.subarray(Math.min(offset, memory.length));
      const [from, to] = [Math.min(start, bytes.length), Math.min(end, bytes.length)];
      const expected = bytes.map((byte, i) => {
        const keyByte = (key >>> (24 - 8 * ((i - from + phase) % 4))) & 0xff;
        return i >= from && i < to ? byte ^ keyByte : byte;
      });
      maskInPlace(bytes, key, from, to, phase);
      expect(toHex(bytes)).toBe(toHex(expected));
    }),
    { numRuns: 1000 },
  );
});

test('masking works where memory is larger than 4 GiB', () => {
  const bytes = new Uint8Array(new ArrayBuffer(2 ** 32 + 256), 2 ** 32, 200);
  maskInPlace(bytes, 0x01020304);
  expect(bytes).toEqual(Uint8Array.from(bytes, (_, index) => (index % 4) + 1));
});

test('a masked copy leaves its argument alone, and masks back', () => {
  const bytes = new Uint8Array(300_000).map((_, i) => i);
  const copy = masked(bytes, 0x01020304);
  expect([...copy.subarray(0, 5)]).toEqual([1, 3, 1, 7, 5]);
  expect([...bytes.subarray(0, 5)]).toEqual([0, 1, 2, 3, 4]);
  expect(Buffer.compare(masked(copy, 0x01020304), bytes)).toBe(0);
});

test('masking keys come from the source of randomness, in batches, lazily', () => {
  let fills = 0;
  const next = randomMaskingKeys((bytes) => bytes.fill(++fills));
  expect(fills).toBe(0);
  const keys = Array.from({ length: 2049 }, next);
  expect([keys[0], keys[2047], keys[2048], fills]).toEqual([0x01010101, 0x01010101, 0x02020202, 2]);
});

test('masking keys vary though Math.random does not', () => {
  const random = jest.spyOn(Math, 'random').mockReturnValue(0.5);
  const keys = new Set(Array.from({ length: 100 }, randomMaskingKeys()));
  random.mockRestore();
  expect(keys.size).toBeGreaterThan(95);
});

test('fragments carry opcode and RSV bits on the first only, FIN on the last only', () => {
  const frames = encodeFragments(SERVER, { opcode: 1, rsv: 4, payload: 'abcde' }, 2);
  expect(frames.map(toHex)).toEqual(['41026162', '00026364', '800165']);
  expect(encodeFragments(SERVER, { opcode: 2, payload: new Uint8Array(0) }, 2).map(toHex)).toEqual([
    '8200',
  ]);
  expect(
    encodeFragments(CLIENT, { opcode: 2, payload: hex('0102') }, 1, () => 0).map(toHex),
  ).toEqual(['02810000000001', '80810000000002']);
});

test.each([0, -1, 1.5, NaN])('fragments of %d bytes are refused', (length) => {
  expect(() => encodeFragments(SERVER, { opcode: 1, payload: 'a' }, length)).toThrow(RangeError);
});

test.each([
  [undefined, undefined, ''],
  [1000, undefined, '03e8'],
  [4999, 'é', '1387c3a9'],
  [1000, '\ud800', '03e8efbfbd'],
  [1000, 'x'.repeat(123), `03e8${'78'.repeat(123)}`],
])('close payload of %p, %p', (code, reason, expected) => {
  expect(toHex(encodeClosePayload(code, reason))).toBe(expected);
});

test.each([
  [1000, 'x'.repeat(124)],
  [1000, 'é'.repeat(62)],
  [1005, ''],
  [999, ''],
  [5000, ''],
  [1000.5, ''],
  [undefined, 'why'],
])('close payload of %p, %p is refused', (code, reason) => {
  expect(() => encodeClosePayload(code, reason)).toThrow(RangeError);
});

test('close codes are integers', () => {
  expect([1000, 1014, 3000, 4999, 1004, 1015, NaN, 3000.5].map(isValidCloseCode)).toEqual([
    true,
    true,
    true,
    true,
    false,
    false,
    false,
    false,
  ]);
});

test('hixie text and its closing frame', () => {
  expect(toHex(encodeHixieText('é'))).toBe('00c3a9ff');
  expect(toHex(HIXIE_CLOSING_FRAME)).toBe('ff00');
});

test('UTF-8 helpers: length, validity, text', () => {
  expect(['a', 'é', '€', '😀', '\ud800'].map(utf8Length)).toEqual([1, 2, 3, 4, 3]);
  expect([hex('c3a9'), hex('c3')].map(isValidUtf8)).toEqual([true, false]);
  expect([hex('c3a9'), hex('efbfbd'), hex('c3')].map((bytes) => decodeUtf8(bytes))).toEqual([
    'é',
    '\ufffd',
    null,
  ]);
  expect(decodeUtf8(hex('41c3a942'), 1, 3)).toBe('é');
  expect(decodeUtf8(new Uint8Array(1000).fill(97))).toBe('a'.repeat(1000));
});

test('a ProtocolError says what its violation means', () => {
  const cause = new Error('deeper');
  const error = new ProtocolError('INVALID_UTF8', { cause });
  expect(error).toMatchObject({
    name: 'ProtocolError',
    code: 'WS_ERR_INVALID_UTF8',
    violation: 'INVALID_UTF8',
    closeCode: 1007,
    section: '8.1',
    message: 'text is not valid UTF-8',
    cause,
  });
});

test('a ProtocolError says what an extension had to say', () => {
  const cause = new Error('deeper');
  expect(new ProtocolError('EXTENSION_FAILED', { cause }).message).toBe(
    'an extension could not decode the message: deeper',
  );
  expect(new ProtocolError('EXTENSION_FAILED').message).toBe(
    'an extension could not decode the message',
  );
});
