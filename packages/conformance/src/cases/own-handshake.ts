/**
 * Group H: opening handshakes that are wrong, or unusual and right (RFC 6455 §4). A server refuses
 * with a status that says why; a client that gets a wrong answer never takes the connection for open.
 */
import { exactly, pause, send, text, textEvent } from '../model/builders';
import type { Case, HeadChange, Opening, Refusal } from '../model/case';
import { failing, NORMAL } from '../model/closing-rules';

const HELLO = 'Hello, world!';
const BAD_REQUEST: Refusal = { statuses: [400] };
/** "an appropriate HTTP error code (such as 426 Upgrade Required) and a |Sec-WebSocket-Version| header" §4.4 */
const OTHER_VERSION: Refusal = {
  statuses: [426, 400],
  header: { name: 'Sec-WebSocket-Version', value: /\b13\b/ },
};
/** A version that is missing, or no number of RFC 6455's grammar, may be called malformed. */
const MALFORMED_VERSION: Refusal = { statuses: [426, 400] };
/** Where no WebSocket is asked for, the HTTP server may answer as it likes but for 101. */
const NOT_AN_UPGRADE: Refusal = { statuses: [200, 400, 404, 426, 501] };

type Headers = NonNullable<HeadChange['headers']>;

const REFUSED: readonly (readonly [title: string, refused: Refusal, request: HeadChange])[] = [
  ['A POST request', { statuses: [400, 405] }, { startLine: 'POST / HTTP/1.1' }],
  ['A HEAD request', { statuses: [400, 405] }, { startLine: 'HEAD / HTTP/1.1' }],
  ['HTTP/1.0', { statuses: [400, 505] }, { startLine: 'GET / HTTP/1.0' }],
  ['No Host', BAD_REQUEST, without('Host')],
  ['No key', BAD_REQUEST, without('Sec-WebSocket-Key')],
  ['An empty key', BAD_REQUEST, key('')],
  ['A key of 15 octets', BAD_REQUEST, key(Buffer.alloc(15, 1).toString('base64'))],
  ['A key of 17 octets', BAD_REQUEST, key(Buffer.alloc(17, 1).toString('base64'))],
  ['A key without padding', BAD_REQUEST, key('AQEBAQEBAQEBAQEBAQEBAQ')],
  ['A key that is not base64', BAD_REQUEST, key('AQEBAQEB*QEBAQEBAQEBAQ==')],
  ['Two keys', BAD_REQUEST, key(['AQEBAQEBAQEBAQEBAQEBAQ==', 'AgICAgICAgICAgICAgICAg=='])],
  ['No version', MALFORMED_VERSION, without('Sec-WebSocket-Version')],
  ['Version 9', OTHER_VERSION, version('9')],
  ['Version 12', OTHER_VERSION, version('12')],
  ['Version 14', OTHER_VERSION, version('14')],
  ['Version 013', MALFORMED_VERSION, version('013')],
  ['Version 99999999999', MALFORMED_VERSION, version('99999999999')],
  ['Version “13, 8”', MALFORMED_VERSION, version('13, 8')],
  ['Version “thirteen”', MALFORMED_VERSION, version('thirteen')],
  ['An Upgrade to something else', NOT_AN_UPGRADE, headers({ Upgrade: 'h2c' })],
  ['An Upgrade to “websockets”', NOT_AN_UPGRADE, headers({ Upgrade: 'websockets' })],
  ['No Upgrade', NOT_AN_UPGRADE, headers({ Upgrade: null, Connection: 'close' })],
  ['A Connection that does not upgrade', NOT_AN_UPGRADE, headers({ Connection: 'close' })],
];

const ACCEPTED: readonly (readonly [title: string, request: HeadChange])[] = [
  ['Connection: keep-alive, Upgrade', headers({ Connection: 'keep-alive, Upgrade' })],
  ['Upgrade in capitals', headers({ Upgrade: 'WEBSOCKET', Connection: 'UPGRADE' })],
  ['A list of upgrades', headers({ Upgrade: 'h2c, websocket' })],
  ['Headers in lower case', headers({ Connection: null, connection: 'upgrade' })],
  ['No Origin', without('Origin')],
  ['Space around the version', version('  13  ')],
  [
    'Headers named like members of objects',
    headers({ constructor: 'x', ['__proto__']: 'y', toString: 'z' }),
  ],
  ['A header of 8,000 spaces between quotes', headers({ 'X-Padding': `"${' '.repeat(8000)}"` })],
  ['Sixty more headers', headers(manyHeaders(60))],
  ['A target with scheme and host', { startLine: 'GET http://localhost/ HTTP/1.1' }],
  ['A Host of version 6 of IP', headers({ Host: '[::1]:8080' })],
  ['Octets beyond ASCII in a header', headers({ 'X-Name': 'J\u00fcrgen' })],
];

const BAD_ANSWERS: readonly (readonly [title: string, answer: HeadChange])[] = [
  [
    'An accept key for another key',
    headers({ 'Sec-WebSocket-Accept': 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=' }),
  ],
  ['No accept key', without('Sec-WebSocket-Accept')],
  ['An empty accept key', headers({ 'Sec-WebSocket-Accept': '' })],
  ['Status 200', { startLine: 'HTTP/1.1 200 OK', headers: { 'Content-Length': '0' } }],
  ['Status 403', { startLine: 'HTTP/1.1 403 Forbidden', headers: { 'Content-Length': '0' } }],
  ['No Upgrade', without('Upgrade')],
  ['An Upgrade to something else', headers({ Upgrade: 'h2c' })],
  ['No Connection', without('Connection')],
  ['A Connection that does not upgrade', headers({ Connection: 'close' })],
  ['A subprotocol that was not asked for', headers({ 'Sec-WebSocket-Protocol': 'chat' })],
  ['An extension that was not offered', headers({ 'Sec-WebSocket-Extensions': 'x-unheard-of' })],
  [
    'Two accept keys',
    headers({
      'Sec-WebSocket-Accept': ['s3pPLMBiTxaQ9kYGzzhZRbK+xOo=', 's3pPLMBiTxaQ9kYGzzhZRbK+xOo='],
    }),
  ],
];

const GOOD_ANSWERS: readonly (readonly [title: string, answer: HeadChange])[] = [
  ['Connection: keep-alive, Upgrade', headers({ Connection: 'keep-alive, Upgrade' })],
  ['Upgrade in capitals', headers({ Upgrade: 'WEBSOCKET', Connection: 'UPGRADE' })],
  ['Another reason phrase', { startLine: 'HTTP/1.1 101 Now we talk' }],
  ['Headers in lower case', headers({ Upgrade: null, upgrade: 'websocket' })],
  ['Headers that mean nothing to it', headers({ Server: 'suite', 'X-One': ['a', 'b'] })],
  [
    'Status 100 first',
    { startLine: 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 101 Switching Protocols' },
  ],
];

export const HANDSHAKE: readonly Case[] = [
  ...REFUSED.map(([title, refused, request], i): Case => ({
    ...base(`H.1.${i + 1}`, title),
    expects: `The server refuses with status ${refused.statuses.join(' or ')}, and ends the connection.`,
    roles: ['server'],
    opening: { refused, request },
  })),
  ...ACCEPTED.map(([title, request], i): Case => ({
    ...echoing(`H.2.${i + 1}`, title, { request }),
    roles: ['server'],
  })),
  {
    ...base('H.3.1', 'A frame in one write with the handshake'),
    expects: 'It waits until the connection is open; the message comes back.',
    opening: { early: [text(HELLO)] },
    script: () => ({ steps: [], outcomes: exactly(textEvent(HELLO)) }),
  },
  echoing('H.3.2', 'The handshake octet by octet', { chop: 1 }),
  ...BAD_ANSWERS.map(([title, answer], i): Case => ({
    ...base(`H.4.${i + 1}`, title),
    expects: 'The client does not take the connection for open: it ends it, and sends nothing.',
    roles: ['client'],
    closing: failing([], true),
    opening: { answer },
    script: () => ({ steps: [pause(100, 100), send(text(HELLO))], outcomes: exactly() }),
  })),
  ...GOOD_ANSWERS.map(([title, answer], i): Case => ({
    ...echoing(`H.5.${i + 1}`, title, { answer }),
    roles: ['client'],
  })),
];

function base(id: string, title: string): Omit<Case, 'expects'> {
  return { id, title, closing: NORMAL, script: () => ({ steps: [], outcomes: exactly() }) };
}

function echoing(id: string, title: string, opening: Opening): Case {
  return {
    ...base(id, title),
    expects: 'The handshake succeeds, and a message comes back.',
    opening,
    script: () => ({ steps: [send(text(HELLO))], outcomes: exactly(textEvent(HELLO)) }),
  };
}

function headers(changes: Headers): HeadChange {
  return { headers: changes };
}

function without(name: string): HeadChange {
  return headers({ [name]: null });
}

function key(value: string | string[]): HeadChange {
  return headers({ 'Sec-WebSocket-Key': value });
}

function version(value: string): HeadChange {
  return headers({ 'Sec-WebSocket-Version': value });
}

function manyHeaders(count: number): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, i) => [`X-Header-${i}`, 'value']));
}
