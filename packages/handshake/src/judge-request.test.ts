import * as fc from 'fast-check';
import { anyText } from '../../common/test/any-text';
import { KEY, KEY1, KEY2, requestOf } from '../test/heads';
import { PROTOCOL_VERSIONS } from './heads';
import type { HeaderMap, ProtocolVersion, RequestHead } from './heads';
import { isWebSocketRequest, judgeRequest } from './judge-request';
import type { AcceptedRequest, RequestVerdict } from './request-verdict';

function accepted(verdict: RequestVerdict): AcceptedRequest {
  if (!verdict.ok) throw new Error(`refused: ${verdict.refusal.body}`);
  return verdict;
}

function refusal(verdict: RequestVerdict) {
  if (verdict.ok) throw new Error(`accepted as ${verdict.version}`);
  return verdict.refusal;
}

/** The status of a refusal, and 101 for a request that is accepted. */
function statusFor(request: RequestHead): number {
  const verdict = judgeRequest(request);
  return verdict.ok ? 101 : verdict.refusal.status;
}

describe('isWebSocketRequest', () => {
  test.each<[string, Partial<RequestHead>, HeaderMap, boolean]>([
    ['a handshake', {}, {}, true],
    ['any case', {}, { upgrade: 'WebSocket', connection: 'UPGRADE' }, true],
    ['lists', {}, { upgrade: 'h2c, websocket', connection: 'keep-alive, Upgrade' }, true],
    ['another method', { method: 'POST' }, {}, false],
    ['a method in lower case', { method: 'get' }, {}, false],
    ['no method', { method: undefined }, {}, false],
    ['no Upgrade', {}, { upgrade: undefined }, false],
    ['another Upgrade', {}, { upgrade: 'h2c' }, false],
    ['no Connection', {}, { connection: undefined }, false],
    ['another Connection', {}, { connection: 'keep-alive' }, false],
    ['no Sec-WebSocket-Key, which is judged later', {}, { 'sec-websocket-key': undefined }, true],
  ])('%s', (_, head, headers, verdict) => {
    expect(isWebSocketRequest({ ...requestOf('hybi-13', headers), ...head })).toBe(verdict);
  });
});

test.each([undefined, null, 'ws://localhost/'])('isWebSocketRequest throws on %p', (request) => {
  const error = new TypeError(`request: ${request} is not a request`);
  expect(() => isWebSocketRequest(request as never)).toThrow(error);
});

describe('judgeRequest, HTTP', () => {
  test.each<[string, Partial<RequestHead>, HeaderMap, number]>([
    ['a good request', {}, {}, 101],
    ['no HTTP version', { httpVersion: undefined }, {}, 101],
    ['HTTP/2.0', { httpVersion: '2.0' }, {}, 101],
    ['HTTP/1.0', { httpVersion: '1.0' }, {}, 400],
    ['HTTP/0.9', { httpVersion: '0.9' }, {}, 400],
    ['an HTTP version that is none', { httpVersion: 'x' }, {}, 400],
    ['an empty HTTP version', { httpVersion: '' }, {}, 400],
    ['POST', { method: 'POST' }, {}, 405],
    ['get', { method: 'get' }, {}, 405],
    ['no method', { method: undefined }, {}, 405],
    ['no Upgrade', {}, { upgrade: undefined }, 400],
    ['another Upgrade', {}, { upgrade: 'h2c' }, 400],
    ['Upgrade with another word beside', {}, { upgrade: 'websocket foo' }, 400],
    ['Upgrade among others', {}, { upgrade: 'h2c, WebSocket' }, 101],
    ['no Connection', {}, { connection: undefined }, 400],
    ['another Connection', {}, { connection: 'close' }, 400],
    ['Connection: keep-alive, Upgrade', {}, { connection: 'keep-alive, Upgrade' }, 101],
    ['no Host', {}, { host: undefined }, 400],
    ['an empty Host', {}, { host: '' }, 400],
    ['two Hosts', {}, { host: ['a', 'b'] }, 400],
    ['a Host with a path', {}, { host: 'a/b' }, 400],
    ['a Host in brackets', {}, { host: '[::1]:80' }, 101],
    ['a Host of non-ASCII octets', {}, { host: '\xc3\xa4' }, 400],
    ['a Host that makes no URL', {}, { host: 'a:99999' }, 400],
    ['an absolute-form target', { url: 'http://example.com/' }, {}, 101],
    ['an absolute-form target without Host', { url: 'http://a/' }, { host: undefined }, 400],
    ['no target', { url: undefined }, {}, 101],
    ['a malformed origin', {}, { origin: 'http://a\r\nX: y' }, 400],
    ['an origin of non-ASCII octets', {}, { origin: 'http://\xc3\xa4' }, 101],
    ['the origin null', {}, { origin: 'null' }, 101],
  ])('%s', (_, head, headers, status) => {
    const request = { ...requestOf('hybi-13', headers), ...head };
    expect(statusFor(request)).toBe(status);
  });

  test('405 names the method to use', () => {
    const { headers, reason } = refusal(judgeRequest({ ...requestOf('hybi-13'), method: 'PUT' }));
    expect(headers).toEqual([['Allow', 'GET']]);
    expect(reason).toBe('Method Not Allowed');
  });
});

describe('judgeRequest, versions', () => {
  test.each(PROTOCOL_VERSIONS)('%s is told by its headers', (version) => {
    expect(accepted(judgeRequest(requestOf(version)))).toEqual({
      ok: true,
      version,
      key: version.startsWith('hybi') ? KEY : '',
      protocols: [],
      extensions: undefined,
      origin: undefined,
    });
  });

  test.each(['', '0', '6', '9', '12', '14', '013', '13 ', ' 13', '+13', '13.0', '1e1', '0x0d'])(
    'Sec-WebSocket-Version %j is answered with 426',
    (version) => {
      expect(statusFor(requestOf('hybi-13', { 'sec-websocket-version': version }))).toBe(426);
    },
  );

  test.each(['13, 8', '13, 13', '13,8,7', '99999999999', '-13', 'constructor', '__proto__'])(
    'Sec-WebSocket-Version %j is answered with 426, too',
    (version) => {
      const verdict = judgeRequest(requestOf('hybi-13', { 'sec-websocket-version': version }));
      expect(refusal(verdict)).toMatchObject({
        status: 426,
        reason: 'Upgrade Required',
        headers: [
          ['Upgrade', 'websocket'],
          ['Sec-WebSocket-Version', '13, 8, 7'],
        ],
      });
    },
  );

  test('a repeated Sec-WebSocket-Version is answered with 426', () => {
    const headers = { 'sec-websocket-version': ['13', '13'] };
    expect(statusFor(requestOf('hybi-13', headers))).toBe(426);
  });

  test('a Sec-WebSocket-Key without a version is malformed', () => {
    const headers = { 'sec-websocket-version': undefined };
    expect(statusFor(requestOf('hybi-13', headers))).toBe(400);
  });

  const HYBI_ONLY: readonly ProtocolVersion[] = ['hybi-08', 'hybi-13'];
  const HIXIE_ONLY: readonly ProtocolVersion[] = ['hixie-75', 'hixie-76'];

  test.each<[ProtocolVersion, readonly ProtocolVersion[], number, string | undefined]>([
    ['hybi-13', HYBI_ONLY, 101, undefined],
    ['hybi-08', HYBI_ONLY, 101, undefined],
    ['hybi-07', HYBI_ONLY, 426, '13, 8'],
    ['hixie-76', HYBI_ONLY, 426, '13, 8'],
    ['hixie-75', HYBI_ONLY, 426, '13, 8'],
    ['hixie-76', ['hybi-13'], 426, '13'],
    ['hixie-76', HIXIE_ONLY, 101, undefined],
    ['hybi-13', HIXIE_ONLY, 400, undefined],
    ['hixie-75', ['hixie-76'], 400, undefined],
    ['hybi-13', [], 400, undefined],
  ])('%s where only %j are accepted: %i', (version, protocolVersions, status, listed) => {
    const verdict = judgeRequest(requestOf(version), { protocolVersions });
    expect(verdict.ok ? 101 : verdict.refusal.status).toBe(status);
    const headers = verdict.ok ? [] : verdict.refusal.headers;
    expect(new Map(headers).get('Sec-WebSocket-Version')).toBe(listed);
  });
});

describe('judgeRequest, keys', () => {
  const A = 'A';
  test.each<[string, string | string[] | undefined, number, number]>([
    // what the key is,                          the key,                13,  8 and 7
    ['16 octets', KEY, 101, 101],
    ['16 octets without padding', KEY.slice(0, 22), 400, 101],
    ['21 characters', A.repeat(21), 400, 101],
    ['22 characters', A.repeat(22), 400, 101],
    ['23 characters', `${A.repeat(22)}=`, 400, 101],
    ['24 characters that are 18 octets', A.repeat(24), 400, 101],
    ['24 characters that are 17 octets', `${A.repeat(23)}=`, 400, 101],
    ['25 characters', `${A.repeat(23)}==`, 400, 101],
    ['bits after the last octet', `${A.repeat(21)}B==`, 101, 101],
    ['the example of RFC 6455 §4.1', 'AQIDBAUGBwgJCgsMDQ4PEC==', 101, 101],
    ['no base64', `${A.repeat(21)}!==`, 400, 400],
    ['base64url', `${A.repeat(20)}-A==`, 400, 400],
    ['padding only', '==', 400, 400],
    ['padding inside', 'A=A=', 400, 400],
    ['three characters of padding', 'A===', 400, 400],
    ['empty', '', 400, 400],
    ['missing', undefined, 400, 400],
    ['doubled', `${KEY}, ${KEY}`, 400, 400],
    ['doubled as a list', [KEY, KEY], 400, 400],
    ['spaced', `${KEY} `, 400, 400],
    ['ended by a newline', `${KEY}\n`, 400, 400],
    ['non-ASCII', '\xff'.repeat(24), 400, 400],
  ])('%s', (_, key, in13, before) => {
    const headers = { 'sec-websocket-key': key };
    expect(statusFor(requestOf('hybi-13', headers))).toBe(in13);
    expect(statusFor(requestOf('hybi-08', headers))).toBe(before);
    expect(statusFor(requestOf('hybi-07', headers))).toBe(before);
  });

  test.each<[string, string | string[] | undefined]>([
    ['missing', undefined],
    ['empty', ''],
    ['without digits', 'a b'],
    ['without spaces', '123'],
    ['zero', '0 '],
    ['not divisible', '1 2 3 4 5'],
    ['too great', '4294967296 '],
    ['doubled', [KEY1, `${KEY2}1`]],
  ])('a hixie-76 key that is %s is malformed', (_, key) => {
    expect(statusFor(requestOf('hixie-76', { 'sec-websocket-key1': key }))).toBe(400);
    expect(statusFor(requestOf('hixie-76', { 'sec-websocket-key2': key }))).toBe(400);
  });

  test('the body names the header that is wrong', () => {
    const verdict = judgeRequest(requestOf('hixie-76', { 'sec-websocket-key2': 'x' }));
    expect(refusal(verdict).body).toBe('The Sec-WebSocket-Key2 header hides no number.');
  });
});

describe('judgeRequest, choices', () => {
  test.each<[ProtocolVersion, HeaderMap, Partial<AcceptedRequest>]>([
    ['hybi-13', { origin: 'http://a', 'sec-websocket-origin': 'http://b' }, { origin: 'http://a' }],
    ['hybi-08', { origin: 'http://a', 'sec-websocket-origin': 'http://b' }, { origin: 'http://b' }],
    ['hybi-07', { 'sec-websocket-origin': 'http://b' }, { origin: 'http://b' }],
    ['hixie-76', { origin: 'http://a' }, { origin: 'http://a' }],
    ['hixie-75', { origin: 'http://a' }, { origin: 'http://a' }],
    ['hybi-13', { 'sec-websocket-extensions': 'x; y="z' }, { extensions: 'x; y="z' }],
    ['hybi-13', { 'sec-websocket-extensions': ['x', 'y'] }, { extensions: 'x, y' }],
    ['hixie-76', { 'sec-websocket-extensions': 'x' }, { extensions: undefined }],
  ])('%s with %j', (version, headers, expected) => {
    expect(accepted(judgeRequest(requestOf(version, headers)))).toMatchObject(expected);
  });
});

describe('judgeRequest, hostile', () => {
  const PARSED = [
    'host',
    'upgrade',
    'connection',
    'sec-websocket-version',
    'sec-websocket-key',
    'sec-websocket-key1',
    'sec-websocket-protocol',
    'sec-websocket-extensions',
    'origin',
    'content-length',
  ];
  const UNITS = [' ', '\t', '"', '\\', ',', 'a,', '[', '='];

  // A scanner that looks back, or tries again, would not come to an end with the larger size.
  test.each([15_000, 1_500_000])('runs of %i separators in every header it parses', (length) => {
    for (const name of PARSED) {
      for (const unit of UNITS) {
        const headers = { [name]: unit.repeat(length / unit.length) };
        const base = requestOf(name === 'sec-websocket-key1' ? 'hixie-76' : 'hybi-13', headers);
        // A registered name may consist of commas and equals signs, RFC 3986 §3.2.2.
        const opaque =
          name === 'origin' ||
          name === 'sec-websocket-extensions' ||
          // empty elements of a list are none, RFC 9110 §5.6.1
          (name === 'sec-websocket-protocol' && [' ', '\t', ','].includes(unit)) ||
          (name === 'host' && /[,=]/.test(unit));
        const status = name === 'sec-websocket-version' ? 426 : opaque ? 101 : 400;
        expect([name, unit, statusFor(base)]).toEqual([name, unit, status]);
      }
    }
  });

  test('5,000 headers besides', () => {
    const many = Array.from({ length: 5_000 }, (_, i) => [`x-${i}`, 'y']);
    const headers = Object.fromEntries(many) as HeaderMap;
    expect(statusFor(requestOf('hybi-13', headers))).toBe(101);
  });

  test('no headers at all', () => {
    expect(statusFor({ method: 'GET', headers: {} })).toBe(400);
  });

  test('garbage gets a documented verdict, and no exception', () => {
    const text = fc.oneof(anyText(), fc.constantFrom('websocket', 'upgrade'));
    const value = fc.oneof(text, fc.array(text, { maxLength: 3 }));
    const garbage = fc.dictionary(fc.constantFrom(...PARSED), value);
    const version = fc.constantFrom(...PROTOCOL_VERSIONS);
    const property = fc.property(version, garbage, (base, headers) => {
      expect([101, 400, 426]).toContain(statusFor(requestOf(base, headers)));
    });
    fc.assert(property, { numRuns: 500 });
  });

  test('nothing that it reads is changed', () => {
    const request = requestOf('hybi-13', { 'sec-websocket-protocol': ['a', 'b'] });
    const copy = structuredClone(request);
    judgeRequest(request);
    expect(request).toEqual(copy);
  });
});
