import { connectRequestHeaders } from './connect-request';
import type { HeaderInput } from './headers';

const NOBODY = { username: '', password: '' };
const authority = 'example.com:443';

test('without credentials there is Host and nothing more', () => {
  expect(connectRequestHeaders({ authority, credentials: NOBODY })).toEqual([['Host', authority]]);
});

test('credentials become Proxy-Authorization, in UTF-8', () => {
  const credentials = { username: 'usér', password: 'p@ss' };
  expect(connectRequestHeaders({ authority, credentials, headers: { 'X-A': ['1', '2'] } })).toEqual(
    [
      ['Host', authority],
      ['Proxy-Authorization', `Basic ${Buffer.from('usér:p@ss').toString('base64')}`],
      ['X-A', '1'],
      ['X-A', '2'],
    ],
  );
});

test('the caller’s Proxy-Authorization replaces the credentials', () => {
  const credentials = { username: 'a', password: 'b' };
  const headers = { 'proxy-AUTHORIZATION': 'Bearer x' };
  expect(connectRequestHeaders({ authority, credentials, headers })).toEqual([
    ['Host', authority],
    ['proxy-AUTHORIZATION', 'Bearer x'],
  ]);
});

test.each<[string, HeaderInput]>([
  ['Host', { host: 'a' }],
  ['Content-Length', { 'Content-Length': 0 }],
  ['Transfer-Encoding', { 'transfer-encoding': 'chunked' }],
  ['a name that is no token', { 'a b': 'c' }],
  ['CR LF in a value', { a: 'b\r\nc: d' }],
])('throws on %s', (_, headers) => {
  const connect = (): unknown => connectRequestHeaders({ authority, credentials: NOBODY, headers });
  expect(connect).toThrow(TypeError);
});

test('throws on an authority that would end the line', () => {
  const connect = (): unknown =>
    connectRequestHeaders({ authority: 'a\r\nb', credentials: NOBODY });
  expect(connect).toThrow(TypeError);
});
