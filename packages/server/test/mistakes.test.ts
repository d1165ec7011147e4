/** What an application can get wrong: it throws before a byte is written, and changes nothing. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { ServerWebSocket } from '../src';
import { RawClient } from '../../websocket/test/support/raw-client';
import { head, HYBI_13 } from '../../websocket/test/support/requests';
import { listen } from '../../websocket/test/support/test-server';
import type { Upgrade } from '../../websocket/test/support/test-server';

type Rest = [protocols: unknown, options?: unknown];

const HEADERS: [string, Rest, string][] = [
  ['CR', '\r'],
  ['LF', '\n'],
  ['NUL', '\0'],
].flatMap(([name, character]): [string, Rest, string][] => [
  [`${name} in a header value`, [[], { headers: { a: `x${character}y` } }], 'TypeError'],
  [`${name} in a header name`, [[], { headers: { [`a${character}`]: 'x' } }], 'TypeError'],
  [`${name} in a repeated header`, [[], { headers: { a: ['x', character] } }], 'TypeError'],
  [`${name} in a subprotocol`, [[`a${character}`]], 'SyntaxError'],
]);

const MISTAKES: [string, Rest, string][] = [
  ...HEADERS,
  ['a header of the handshake', [[], { headers: { 'Sec-WebSocket-Accept': 'x' } }], 'TypeError'],
  ['a header that is no text', [[], { headers: { a: {} } }], 'TypeError'],
  ['headers that are none', [[], { headers: 'a: b' }], 'TypeError'],
  ['a subprotocol twice', [['a', 'A']], 'SyntaxError'],
  ['an empty subprotocol', [['']], 'SyntaxError'],
  ['a subprotocol with a comma', ['a,b'], 'SyntaxError'],
  ['a subprotocol that is a number', [[7]], 'TypeError'],
  ['subprotocols that are a number', [7], 'TypeError'],
  ['an unknown option', [[], { maxlength: 1 }], 'TypeError'],
  ['options that are a string', [[], 'x'], 'TypeError'],
  ['options that are a number', [[], 0], 'TypeError'],
  ['a maxLength that is a string', [[], { maxLength: '1' }], 'TypeError'],
  ['a maxLength below 0', [[], { maxLength: -1 }], 'RangeError'],
  ['a closeTimeout of NaN', [[], { closeTimeout: NaN }], 'RangeError'],
  ['a handshakeTimeout of 0', [[], { handshakeTimeout: 0 }], 'RangeError'],
  ['a ping of milliseconds', [[], { ping: 30_000 }], 'RangeError'],
  ['a handshakeTimeout over 2³¹ − 1', [[], { handshakeTimeout: 2 ** 31 }], 'RangeError'],
  ['a handshakeTimeout that is false', [[], { handshakeTimeout: false }], 'TypeError'],
  ['a trustProxy that is a number', [[], { trustProxy: 1 }], 'TypeError'],
  ['a protocolVersions that is a string', [[], { protocolVersions: 'hybi-13' }], 'TypeError'],
  ['an unknown version', [[], { protocolVersions: ['hybi-17'] }], 'TypeError'],
  ['a list of versions with a hole', [[], { protocolVersions: new Array(1) }], 'TypeError'],
  ['a list of subprotocols with a hole', [new Array(1)], 'TypeError'],
];

test.each(MISTAKES)('%s', async (_, rest, name) => {
  const server = createServer();
  const client = await RawClient.connect(await listen(server), head({ ...HYBI_13 }));
  const [...upgrade] = (await once(server, 'upgrade')) as Upgrade;
  const construct = (): unknown => new ServerWebSocket(...upgrade, ...(rest as unknown as []));
  expect(construct).toThrow(expect.objectContaining({ name }) as Error);
  const [, socket] = upgrade;
  expect(socket.listenerCount('data')).toBe(0);
  socket.end();
  expect(await client.readRest()).toBe('');
});

/** An upgrade event that nobody has answered. */
async function upgradeEvent(): Promise<Upgrade> {
  const server = createServer();
  await RawClient.connect(await listen(server), head({ ...HYBI_13 }));
  return (await once(server, 'upgrade')) as Upgrade;
}

test.each([
  ['maxlenght', 'option maxlenght is not known; did you mean maxLength?'],
  [
    'protocolVersion',
    'option protocolVersion is not known here: it is an option of clients; that of servers is protocolVersions',
  ],
  ['proxy', 'option proxy is not known here: it is an option of clients'],
  ['cert', 'option cert is not known here: it belongs to https.createServer'],
  ['keepAlive', 'option keepAlive is not known'],
  ['level', 'option level is not known here: it belongs into deflate, as deflate.level'],
  ['port', 'option port is not known here: it is an option of WebSocketServer; see MIGRATING.md'],
  ['protocols', 'option protocols is not known here: subprotocols are the fourth argument'],
  ['followRedirects', 'option followRedirects is not known here: it is an option of clients'],
  ['colour', 'option colour is not known'],
])('the unknown option %s is told what was meant, if that is known', async (name, message) => {
  const upgrade = await upgradeEvent();
  const construct = (): unknown => new ServerWebSocket(...upgrade, [], { [name]: 1 });
  expect(construct).toThrow(new TypeError(message));
});

test('what the caller passes is never changed', async () => {
  const headers = Object.freeze({ 'X-A': Object.freeze(['1', '2']) });
  const protocolVersions = Object.freeze(['hybi-13'] as const);
  const options = Object.freeze({ headers, protocolVersions, maxLength: undefined });
  const protocols = Object.freeze(['chat']);
  const server = createServer().on('upgrade', (...upgrade: Upgrade) => {
    new ServerWebSocket(...upgrade, protocols, options);
  });
  const client = await RawClient.connect(await listen(server), head());
  expect(await client.readHead()).toContain('\r\nX-A: 1\r\nX-A: 2\r\n');
});
