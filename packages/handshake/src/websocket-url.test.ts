import { inspect } from 'node:util';
import { thrownBy } from '../test/thrown';
import { parseWebSocketUrl } from './websocket-url';

describe('parseWebSocketUrl', () => {
  test('takes a URL apart', () => {
    expect(parseWebSocketUrl('wss://example.com:8443/chat?room=1')).toEqual({
      href: 'wss://example.com:8443/chat?room=1',
      secure: true,
      hostname: 'example.com',
      port: 8443,
      host: 'example.com:8443',
      target: '/chat?room=1',
      username: '',
      password: '',
    });
  });

  test.each([
    // url,                        href,                       port, host,          target
    ['ws://a', 'ws://a/', 80, 'a', '/'],
    ['wss://a', 'wss://a/', 443, 'a', '/'],
    ['http://a', 'ws://a/', 80, 'a', '/'],
    ['https://a', 'wss://a/', 443, 'a', '/'],
    ['HTTPS://A/', 'wss://a/', 443, 'a', '/'],
    ['ws://a:80/', 'ws://a/', 80, 'a', '/'],
    ['wss://a:80/', 'wss://a:80/', 80, 'a:80', '/'],
    ['https://a:443/', 'wss://a/', 443, 'a', '/'],
    ['http://a:443/', 'ws://a:443/', 443, 'a:443', '/'],
    ['ws://a?', 'ws://a/?', 80, 'a', '/?'],
    ['ws://a/?b', 'ws://a/?b', 80, 'a', '/?b'],
    ['ws://a/b/../c', 'ws://a/c', 80, 'a', '/c'],
    ['ws://a/b c', 'ws://a/b%20c', 80, 'a', '/b%20c'],
    ['ws://a/%23', 'ws://a/%23', 80, 'a', '/%23'],
    ['ws://a//b', 'ws://a//b', 80, 'a', '//b'],
    ['  ws://a/\n', 'ws://a/', 80, 'a', '/'],
    ['ws://a/b\r\nc\td', 'ws://a/bcd', 80, 'a', '/bcd'],
    ['ws://a/\0b', 'ws://a/%00b', 80, 'a', '/%00b'],
    ['ws://a/ä', 'ws://a/%C3%A4', 80, 'a', '/%C3%A4'],
    ['ws://127.1/', 'ws://127.0.0.1/', 80, '127.0.0.1', '/'],
    ['ws://bücher.example/', 'ws://xn--bcher-kva.example/', 80, 'xn--bcher-kva.example', '/'],
    ['ws://u:p@a/b', 'ws://u:p@a/b', 80, 'a', '/b'],
  ])('%j', (url, href, port, host, target) => {
    expect(parseWebSocketUrl(url)).toMatchObject({ href, port, host, target });
    expect(parseWebSocketUrl(new URL(url))).toEqual(parseWebSocketUrl(url));
  });

  test('leaves a URL object alone', () => {
    const url = new URL('https://a/');
    parseWebSocketUrl(url);
    expect(url.href).toBe('https://a/');
  });

  test('takes the brackets off an address to dial, not off the Host header', () => {
    const url = parseWebSocketUrl('ws://[::1]:8080/');
    expect(url).toMatchObject({ hostname: '::1', host: '[::1]:8080', port: 8080 });
  });

  test.each([
    ['ws://user:secret@a/', 'user', 'secret'],
    ['ws://user@a/', 'user', ''],
    ['ws://:secret@a/', '', 'secret'],
    ['ws://us%40er:p%3Aw@a/', 'us@er', 'p:w'],
    ['ws://ü:ß@a/', 'ü', 'ß'],
    ['ws://a%2Fb:%C3%A9%e2%98%83@a/', 'a/b', 'é☃'],
    ['ws://100%:%zz@a/', '100%', '%zz'],
    ['ws://u:%ff%41@a/', 'u', '\ufffdA'],
    ['ws://u:%EF%BB%BFx@a/', 'u', '\ufeffx'],
  ])('decodes the credentials of %s', (url, username, password) => {
    expect(parseWebSocketUrl(url)).toMatchObject({ username, password });
  });

  test.each([
    ['nothing', ''],
    ['a relative path', '/chat'],
    ['a host without a scheme', 'example.com'],
    ['a scheme alone', 'ws://'],
    ['a space in the host', 'ws://foo bar.com/'],
    ['a port that is none', 'ws://a:x/'],
    ['a port beyond 65535', 'ws://a:65536/'],
    ['an unclosed bracket', 'ws://[::1/'],
    ['ftp:', 'ftp://a/'],
    ['mailto:', 'mailto:a@example.org'],
    ['about:', 'about:blank'],
    ['ws+unix:', 'ws+unix:///a'],
    ['file:', 'file:///a'],
    ['a fragment', 'ws://a/#b'],
    ['an empty fragment', 'ws://a/#'],
    ['a fragment on http:', 'http://a/#b'],
    ['a fragment alone', '#b'],
  ])('throws a SyntaxError on %s', (_, url) => {
    const error = thrownBy(() => parseWebSocketUrl(url));
    expect(error).toBeInstanceOf(DOMException);
    expect(error).toHaveProperty('name', 'SyntaxError');
  });

  test('says which schemes are allowed', () => {
    expect(() => parseWebSocketUrl('ftp://a/')).toThrow(
      'the URL\'s scheme must be ws, wss, http or https, not "ftp:"',
    );
  });

  test('keeps the parser’s reason as the cause', () => {
    const error = thrownBy(() => parseWebSocketUrl('nowhere'));
    expect(error).toHaveProperty('cause.code', 'ERR_INVALID_URL');
  });

  test.each(['ws://user:secret@a:99999/', 'ws://user:secret@ a/', '//user:secret@a/'])(
    'does not show a password: %s',
    (url) => {
      const error = thrownBy(() => parseWebSocketUrl(url));
      expect(error).toMatchObject({ name: 'SyntaxError' });
      expect(inspect(error)).not.toContain('secret');
    },
  );
});
