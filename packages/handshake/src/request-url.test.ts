import * as fc from 'fast-check';
import { anyText } from '../../common/test/any-text';
import { isSecureRequest, requestUrl } from './request-url';
import type { HeaderMap } from './heads';

const at = (url: string | undefined, headers: HeaderMap = { host: 'a.example' }) => ({
  url,
  headers,
});

describe('requestUrl', () => {
  test.each<[string, string | undefined, HeaderMap, string]>([
    ['a path', '/chat', { host: 'a.example' }, 'ws://a.example/chat'],
    ['a path and a query', '/chat?a=1&b=%20', { host: 'a' }, 'ws://a/chat?a=1&b=%20'],
    ['a port', '/', { host: 'a:8080' }, 'ws://a:8080/'],
    ['an address in brackets', '/', { host: '[::1]:8080' }, 'ws://[::1]:8080/'],
    ['no target', undefined, { host: 'a' }, 'ws://a/'],
    ['an empty target', '', { host: 'a' }, 'ws://a/'],
    ['an asterisk', '*', { host: 'a' }, 'ws://a/'],
    ['a query alone', '?a', { host: 'a' }, 'ws://a/?a'],
    ['a path that looks like a host', '//b/c', { host: 'a' }, 'ws://a//b/c'],
    ['absolute-form', 'http://b/c?d', { host: 'a' }, 'ws://b/c?d'],
    ['absolute-form with a port', 'ws://b:1/c', { host: 'a' }, 'ws://b:1/c'],
    ['absolute-form without a path', 'HTTPS://b', { host: 'a' }, 'ws://b/'],
    ['absolute-form with a query alone', 'http://b?c', { host: 'a' }, 'ws://b/?c'],
    ['absolute-form with credentials', 'http://u:p@b/c', { host: 'a' }, 'ws://b/c'],
    ['absolute-form without a host', 'http:///c', { host: 'a' }, 'ws://a/c'],
    ['no Host', '/', {}, 'ws://localhost/'],
    ['an empty Host', '/', { host: '' }, 'ws://localhost/'],
    ['a Host that is none', '/', { host: 'a/b' }, 'ws://localhost/'],
    ['a Host with CR and LF', '/', { host: 'a\r\nb' }, 'ws://localhost/'],
    ['a Host that makes no URL', '/', { host: 'a:99999' }, 'ws://localhost/'],
    ['absolute-form with a port that is none', 'ws://b:99999/c', { host: 'a' }, 'ws://a/c'],
    ['absolute-form with an address that is none', 'ws://[zz]/c', { host: 'a' }, 'ws://a/c'],
    ['two Hosts', '/', { host: ['a', 'b'] }, 'ws://localhost/'],
    ['octets beyond ASCII', '/\xc3\xa4', { host: 'a' }, 'ws://a/%C3%A4'],
    ['controls and spaces', '/\r\n\0\t x', { host: 'a' }, 'ws://a/%0D%0A%00%09%20x'],
    ['a fragment', '/a#b', { host: 'a' }, 'ws://a/a%23b'],
    ['no octets', '/\u2603', { host: 'a' }, 'ws://a/%EF%BF%BD'],
    ['X-Forwarded-Host, untrusted', '/', { host: 'a', 'x-forwarded-host': 'b' }, 'ws://a/'],
  ])('of %s', (_, url, headers, expected) => {
    expect(requestUrl(at(url, headers), { secure: false })).toBe(expected);
  });

  test('is wss: where the connection is secure', () => {
    expect(requestUrl(at('/'), { secure: true })).toBe('wss://a.example/');
  });

  test.each<[string, HeaderMap, string]>([
    ['nothing', {}, 'ws://a/'],
    ['a protocol', { 'x-forwarded-proto': 'https' }, 'wss://a/'],
    ['a host', { 'x-forwarded-host': 'b:1' }, 'ws://b:1/'],
    ['lists', { 'x-forwarded-host': 'b, c', 'x-forwarded-proto': 'wss, http' }, 'wss://b/'],
    ['a host that is none', { 'x-forwarded-host': 'b/c' }, 'ws://a/'],
    ['a host that makes no URL', { 'x-forwarded-host': '256.1.1.1' }, 'ws://a/'],
    ['empty values', { 'x-forwarded-host': '', 'x-forwarded-proto': '' }, 'ws://a/'],
    ['Forwarded', { forwarded: 'for=1.1.1.1;proto=https;host=b' }, 'wss://b/'],
    ['Forwarded in quotes', { forwarded: 'proto="HTTPS";host="b:1"' }, 'wss://b:1/'],
    ['Forwarded without either', { forwarded: 'for=1.1.1.1' }, 'ws://a/'],
    ['Forwarded with a host that is none', { forwarded: 'host="b/c"' }, 'ws://a/'],
    ['Forwarded with a protocol that is none', { forwarded: 'proto="wss:"' }, 'ws://a/'],
    ['Forwarded behind that of a client', { forwarded: 'host=x;proto=https, host=b' }, 'ws://b/'],
    ['Forwarded behind open quotes', { forwarded: 'host=", host=b;proto=https' }, 'wss://b/'],
    ['Forwarded that cannot be read', { forwarded: 'host=b;host=c;proto=https' }, 'ws://a/'],
  ])('believes a trusted proxy that forwards %s', (_, headers, expected) => {
    const context = { secure: false, trustProxy: true };
    expect(requestUrl(at('/', { host: 'a', ...headers }), context)).toBe(expected);
  });

  test.each<[number, string]>([
    [0, 'ws://a/'],
    [1, 'ws://inner/'],
    [2, 'wss://b/'],
    [3, 'ws://client/'],
    [9, 'ws://client/'],
  ])('believes the outermost of %i proxies that say Forwarded', (trustProxy, expected) => {
    const forwarded = 'host=client, host=b;proto=https, host=inner;proto=http';
    expect(requestUrl(at('/', { host: 'a', forwarded }), { secure: false, trustProxy })).toBe(
      expected,
    );
  });

  test.each<[string, HeaderMap, string]>([
    ['the same', { 'x-forwarded-host': 'b', 'x-forwarded-proto': 'https' }, 'wss://b/'],
    ['the same in capitals', { 'x-forwarded-host': 'B', 'x-forwarded-proto': 'HTTPS' }, 'wss://B/'],
    ['another host', { 'x-forwarded-host': 'c', 'x-forwarded-proto': 'https' }, 'wss://a/'],
    ['another protocol', { 'x-forwarded-host': 'b', 'x-forwarded-proto': 'http' }, 'ws://b/'],
    ['the host alone', { 'x-forwarded-host': 'b' }, 'ws://b/'],
    ['the protocol alone', { 'x-forwarded-proto': 'https' }, 'wss://a/'],
    ['the address alone', { 'x-forwarded-for': '1.1.1.1' }, 'ws://a/'],
  ])('Forwarded beside X-Forwarded headers that say %s', (_, headers, expected) => {
    const forwarded = 'for=1.1.1.1;host=b;proto=https';
    const request = at('/', { host: 'a', forwarded, ...headers });
    expect(requestUrl(request, { secure: false, trustProxy: true })).toBe(expected);
  });

  test('gives a URL, whatever is received, and never holds what could end a header', () => {
    const NO_URL = ['a:99999', '256.1.1.1', '[zz]', '[fe80::1%25eth0]', '%', 'xn--a', 'a.0x', '::'];
    const text = fc.oneof(
      anyText(),
      fc.string({ unit: fc.constantFrom(...Array.from('aZ019.:-_[]%~/?#@\\ ')) }),
      fc.constantFrom(...NO_URL),
      fc.webAuthority({ withIPv4: true, withIPv6: true, withPort: true, withUserInfo: true }),
    );
    const forwarded = text.map((host) => `host="${host}"`);
    const all = { host: text, 'x-forwarded-host': text, 'x-forwarded-proto': text, forwarded };
    const headers = fc.record(all, { requiredKeys: ['host'] });
    const target = fc.oneof(
      text,
      text.map((rest) => `http://${rest}`),
      fc.tuple(text, text).map(([authority, path]) => `wss://${authority}/${path}`),
    );
    const property = fc.property(target, headers, fc.boolean(), (url, received, trustProxy) => {
      const result = requestUrl(at(url, received), { secure: false, trustProxy });
      expect(result).toMatch(/^wss?:\/\/[\x21-\x7e]+$/);
      expect(() => new URL(result)).not.toThrow();
    });
    fc.assert(property, { numRuns: 2_000 });
  });

  test.each([15_000, 1_500_000])('reads a target of %i characters', (length) => {
    const target = `http://${'@'.repeat(length)}`;
    expect(requestUrl(at(target), { secure: false })).toBe('ws://a.example/');
    const spaces = requestUrl(at(`/${' '.repeat(length)}`), { secure: false });
    expect(spaces).toHaveLength('ws://a.example/'.length + 3 * length);
  });
});

describe('isSecureRequest', () => {
  test.each<[boolean, boolean | undefined, string | string[] | undefined, boolean]>([
    [false, undefined, undefined, false],
    [true, undefined, undefined, true],
    [false, undefined, 'https', false],
    [false, false, 'https', false],
    [true, false, 'http', true],
    [false, true, 'https', true],
    [false, true, 'WSS', true],
    [true, true, 'http', false],
    [true, true, 'ws', false],
    [true, true, undefined, true],
    [true, true, ' , ', true],
    [false, true, 'https, http', true],
    [false, true, ['http', 'https'], false],
  ])(
    'secure %s, trustProxy %s, X-Forwarded-Proto %j: %s',
    (secure, trustProxy, value, expected) => {
      const request = { headers: { 'x-forwarded-proto': value } };
      expect(isSecureRequest(request, { secure, trustProxy })).toBe(expected);
    },
  );
});
