import type { HeaderInput } from './headers';
import { headersToSend } from './headers-to-send';

/** As a browser's request arrives at a proxy. */
const REQUEST = {
  host: 'front.example.com',
  connection: 'keep-alive, Upgrade',
  upgrade: 'websocket',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
  'sec-websocket-version': '13',
  'sec-websocket-extensions': 'permessage-deflate',
  'sec-websocket-protocol': 'chat',
};
const OTHERS = { cookie: 'a=1', origin: 'https://a', 'x-list': ['1', '2'], 'x-none': undefined };

const warningsOf = (names: string[]): string[] =>
  names.map(
    (name) =>
      `here: header "${name.toLowerCase()}" is not sent: what belongs to one connection is not passed on to another`,
  );

test('of a request that is passed on, what was the handshake’s is left out', () => {
  const sent = headersToSend({ ...REQUEST, ...OTHERS }, 'handshake', 'here');
  expect(sent).toEqual({ headers: OTHERS, warnings: warningsOf(Object.keys(REQUEST)) });
});

test.each(['handshake', 'tunnel'] as const)('of a whole list for a %s, too', (use) => {
  const names = ['Connection', 'UPGRADE', 'Keep-Alive', 'Proxy-Connection', 'TE', 'Trailer'];
  names.push('Host', 'Content-Length', 'Transfer-Encoding', 'Sec-WebSocket-Accept');
  names.push('Sec-WebSocket-Key1', 'Sec-WebSocket-Key2', 'Sec-WebSocket-Origin');
  names.push('Sec-WebSocket-Location', 'WebSocket-Origin', 'WebSocket-Location');
  names.push('WebSocket-Protocol');
  const headers = Object.fromEntries(names.map((name) => [name, 'x']));
  expect(headersToSend({ ...headers, 'X-A': '1' }, use, 'here')).toEqual({
    headers: { 'X-A': '1' },
    warnings: warningsOf(names),
  });
});

test.each(['Connection', 'keep-alive', 'Proxy-Connection', 'TE', 'trailer'])(
  '%s is always left out of a handshake, and told once',
  (name) => {
    const headers = { [name]: 'x', [name.toUpperCase()]: ['y', 'z'], Cookie: 'a=1' };
    expect(headersToSend(headers, 'handshake', 'here')).toEqual({
      headers: { Cookie: 'a=1' },
      warnings: warningsOf([name]),
    });
  },
);

test.each([
  'Host',
  'Content-Length',
  'Transfer-Encoding',
  'Sec-WebSocket-Key',
  'Sec-WebSocket-Version',
  'Sec-WebSocket-Accept',
  'Sec-WebSocket-Protocol',
  'Sec-WebSocket-Extensions',
])('%s alone is the application’s own, and stays', (name) => {
  const headers = { [name]: 'x' };
  expect(headersToSend({ ...headers, Upgrade: null }, 'handshake', 'here')).toEqual({
    headers,
    warnings: [],
  });
});

test('a request for a tunnel has a Host of its own, and may say how long it stays', () => {
  const headers = { Host: 'a', 'Proxy-Connection': 'keep-alive', Connection: 'close' };
  expect(headersToSend(headers, 'tunnel', 'here')).toEqual({
    headers: { 'Proxy-Connection': 'keep-alive', Connection: 'close' },
    warnings: warningsOf(['host']),
  });
});

test('what is left out has no value to be told of', () => {
  const headers = { Connection: undefined, TE: null, Trailer: [] };
  expect(headersToSend(headers, 'handshake', 'here').warnings).toEqual([]);
});

test('the copy shares nothing with what was passed', () => {
  const headers = { 'X-A': ['1'], 'X-B': '2' };
  const { headers: copy } = headersToSend(headers, 'handshake', 'here');
  headers['X-A'].push('3');
  headers['X-B'] = '4';
  expect(copy).toEqual({ 'X-A': ['1'], 'X-B': '2' });
});

test.each<[string, unknown]>([
  ['a line break', { a: 'b\r\nc: d' }],
  ['a line break in what is left out', { Connection: 'b\r\nc: d' }],
  ['a name that is no token', { 'a b': 'c' }],
  ['an object', { a: {} }],
  ['no object', 'a: b'],
])('%s throws', (_, headers) => {
  expect(() => headersToSend(headers as HeaderInput, 'handshake', 'here')).toThrow(TypeError);
});
