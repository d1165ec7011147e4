/** What `ping()` takes as its payload. */
import { pingPayload } from './ping-data';

const ping = (data: unknown): string => Buffer.from(pingPayload(data as string)).toString();

// prettier-ignore
test.each<[string, unknown, string]>([
  ['a string',      'text',             'text'],
  ['a number',      5,                  '5'],
  ['0',             0,                  '0'],
  ['a large number', 1e21,              '1e+21'],
  ['a bigint',      5n,                 '5'],
  ['null',          null,               ''],
  ['bytes',         Buffer.from('b'),   'b'],
])('%s is pinged with as its string', (_, data, text) => {
  expect(ping(data)).toBe(text);
});

test.each([true, false, {}, [1], new Date(0), Symbol('s'), { length: 3 }])(
  'refuses %p, and says what may be passed',
  (data) => {
    expect(() => ping(data)).toThrow(/^cannot ping with .*: pass a string or bytes$/);
  },
);

test.each(['x'.repeat(126), '€'.repeat(42), new Uint8Array(126)])(
  'refuses what is longer than 125 bytes: %#',
  (data) => {
    expect(() => ping(data)).toThrow(RangeError);
  },
);
