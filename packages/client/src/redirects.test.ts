import type { ConnectError } from './connect-error';
import { isRedirect, redirected } from './redirects';
import { parseTarget } from './target';

const STRICT = { most: 10, allowInsecure: false };
const HEADERS = { AUTHORIZATION: 'a', cookie: ['b', 'c'], Host: 'd', 'X-E': 'e' };
const TLS = { ca: 'a', cert: 'b', key: 'c', pfx: 'd', passphrase: 'e', servername: 'f' };

const from = (url: string) => ({ target: parseTarget(url), headers: HEADERS, tls: TLS });
const to = (location?: string) => ({ statusCode: 302, headers: { location } });

test('the statuses that are followed', () => {
  const followed = Array.from({ length: 500 }, (_, at) => at + 100).filter(isRedirect);
  expect(followed).toEqual([301, 302, 303, 307, 308]);
});

test.each([
  // from,                location,              to,                    the same host
  ['ws://a/b/c?d', 'e', 'ws://a/b/e', true],
  ['ws://a/b/c?d', '?e', 'ws://a/b/c?e', true],
  ['ws://a/b/c?d', '', 'ws://a/b/c?d', true],
  ['ws://a/b', '/c#d', 'ws://a/c', true],
  ['ws://a/', '//a/b', 'ws://a/b', true],
  ['ws://a/', '//b/', 'ws://b/', false],
  ['wss://a/', '//b/', 'wss://b/', false],
  ['ws://a/', 'http://a:80/b', 'ws://a/b', true],
  ['wss://a/', 'https://A/b', 'wss://a/b', true],
  ['ws://a/', 'ws://a:81/', 'ws://a:81/', false],
  ['ws://a/', 'wss://a/', 'wss://a/', false],
  ['ws://a:443/', 'wss://a/', 'wss://a/', true],
  ['ws://a/', 'ws://b.a/', 'ws://b.a/', false],
  ['ws://[::1]:80/', 'http://[::1]/b', 'ws://[::1]/b', true],
  ['ws://a/', '/\u00c3\u00bc', 'ws://a/%C3%BC', true],
])('from %s, %j leads to %s', (url, location, href, same) => {
  const next = redirected(from(url), to(location), 1, STRICT);
  expect(next.target.href).toBe(href);
  expect(next.headers).toEqual(same ? HEADERS : { 'X-E': 'e' });
  expect(next.tls).toEqual(same ? TLS : { ca: 'a' });
});

test.each([
  ['ws://u:p@a/', '/b', 'u:p'],
  ['ws://u:p@a/', 'ws://a/b', 'u:p'],
  ['ws://u:p@a/', 'ws://v:q@a/b', 'v:q'],
  ['ws://u:p@a/', 'ws://b/', ':'],
  ['ws://u:p@a/', 'ws://v:q@b/', 'v:q'],
])('from %s, with the Location %s, the credentials are %s', (url, location, credentials) => {
  const { username, password } = redirected(from(url), to(location), 1, STRICT).target;
  expect(`${username}:${password}`).toBe(credentials);
});

test.each([
  ['/next', '/sockets/a.sock', true],
  ['http://localhost/next', '/sockets/a.sock', true],
  ['http://localhost:81/next', undefined, false],
  ['http://a/next', undefined, false],
])('from a Unix socket, %s', (location, socketPath, same) => {
  const next = redirected(from('ws+unix:/sockets/a.sock:/first'), to(location), 1, STRICT);
  expect(next.target.socketPath).toBe(socketPath);
  expect(next.target.target).toBe('/next');
  expect('Host' in next.headers).toBe(same);
});

test.each<[string | undefined, number, ConnectError['code']]>([
  [undefined, 1, 'WS_ERR_INVALID_REDIRECT'],
  ['ftp://b/', 1, 'WS_ERR_INVALID_REDIRECT'],
  ['javascript:alert(1)', 1, 'WS_ERR_INVALID_REDIRECT'],
  ['ws+unix:/b', 1, 'WS_ERR_INVALID_REDIRECT'],
  ['wss://', 1, 'WS_ERR_INVALID_REDIRECT'],
  ['ws://a/', 1, 'WS_ERR_INSECURE_REDIRECT'],
  ['http://b/', 1, 'WS_ERR_INSECURE_REDIRECT'],
  ['/b', 11, 'WS_ERR_TOO_MANY_REDIRECTS'],
])('from wss:, the Location %s, being number %d: %s', (location, count, code) => {
  const redirect = (): unknown => redirected(from('wss://a/'), to(location), count, STRICT);
  expect(redirect).toThrow(
    expect.objectContaining<Partial<ConnectError>>({ code, statusCode: 302 }) as Error,
  );
});

test('nothing of what comes in is changed', () => {
  const origin = from('wss://u:p@a/');
  Object.freeze(origin.headers);
  Object.freeze(origin.tls);
  const next = redirected(Object.freeze(origin), to('ws://a/'), 1, {
    most: 1,
    allowInsecure: true,
  });
  expect(next.headers).toEqual({ 'X-E': 'e' });
  expect(next.target).toMatchObject({ secure: false, username: '', password: '' });
});
