/** Heads of requests and responses: good ones of every version, with any number of things wrong. */
import fc from 'fast-check';
import type { HeaderMap, ProtocolVersion } from '@ws/handshake';

/** The key and the digest of RFC 6455 §1.3. */
export const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';
export const ACCEPT = 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=';

const HTTP = { host: 'example.com', upgrade: 'websocket', connection: 'Upgrade' };

export const REQUEST_HEADERS: Readonly<Record<ProtocolVersion, HeaderMap>> = {
  'hybi-13': { ...HTTP, 'sec-websocket-version': '13', 'sec-websocket-key': KEY },
  'hybi-08': { ...HTTP, 'sec-websocket-version': '8', 'sec-websocket-key': KEY },
  'hybi-07': { ...HTTP, 'sec-websocket-version': '7', 'sec-websocket-key': KEY },
  'hixie-76': {
    ...HTTP,
    'sec-websocket-key1': '4 @1  46546xW%0l 1 5',
    'sec-websocket-key2': '12998 5 Y3 1  .P00',
  },
  'hixie-75': HTTP,
};

export const RESPONSE_HEADERS: HeaderMap = {
  upgrade: 'websocket',
  connection: 'Upgrade',
  'sec-websocket-accept': ACCEPT,
};

const NAMES = [
  ...Object.keys({ ...REQUEST_HEADERS['hybi-13'], ...REQUEST_HEADERS['hixie-76'] }),
  'sec-websocket-accept',
  'sec-websocket-protocol',
  'sec-websocket-extensions',
  'sec-websocket-origin',
  'websocket-protocol',
  'origin',
  'x-forwarded-proto',
  'x-forwarded-host',
];

/** Names that objects have of themselves. */
const PROTOTYPE_NAMES = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];

const VALUES = [
  ...[
    '',
    ' ',
    ',',
    ', ,',
    '\t',
    '"',
    '\\',
    '\r\n',
    'a\r\nb: c',
    '\0',
    'é',
    '\u2028',
    '%',
    '[::1]:80',
  ],
  ...['websocket', 'WebSocket', 'Upgrade', 'keep-alive, Upgrade', 'upgrade,upgrade', 'close'],
  ...['13', '8', '7', '013', '13 ', '13, 8', '-13', '99999999999', '0', '1.3e1'],
  ...[KEY, KEY.slice(1), KEY.replace('==', '='), `${KEY}, ${KEY}`, ACCEPT, ACCEPT.toLowerCase()],
  ...['chat', 'chat, superchat', 'chat, chat', 'a,,b', 'chat;', 'permessage-deflate; x="y,z'],
  ...['1 1', '1', ' 4294967296', '18446744073709551616 9', 'example.com:443', 'a b', 'http://x/'],
];

/** What a tokenizer might look at twice. */
const RUN_UNITS = [
  ' ',
  '\t',
  ',',
  '"',
  '\\',
  ';',
  '=',
  'a,',
  ' ,',
  '"\\',
  '\t;',
  '1 ',
  '[',
  ':',
  '=',
];
/** The longest head that Node takes by default has 16 KiB. */
const LONGEST_RUN = 15_000;

const run = fc
  .tuple(fc.constantFrom(...RUN_UNITS), fc.integer({ min: 1, max: LONGEST_RUN }))
  .map(([unit, length]) => unit.repeat(length / unit.length));
const single = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...VALUES) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 1, arbitrary: run },
  { weight: 1, arbitrary: fc.constantFrom(...PROTOTYPE_NAMES) },
);
const value = fc.oneof(
  { weight: 2, arbitrary: fc.constant(undefined) },
  { weight: 6, arbitrary: single },
  { weight: 1, arbitrary: fc.array(single, { maxLength: 4 }) },
);
const name = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(...NAMES) },
  { weight: 1, arbitrary: fc.constantFrom(...PROTOTYPE_NAMES) },
);
const changes = fc.array(fc.tuple(name, value), { maxLength: 4 });

/** Headers with some added, replaced or removed. */
export function changed(headers: fc.Arbitrary<HeaderMap>): fc.Arbitrary<HeaderMap> {
  return fc
    .tuple(headers, changes)
    .map(([good, edits]) => Object.fromEntries([...Object.entries(good), ...edits]));
}

export const anyText: fc.Arbitrary<string> = single;
