import { KEY } from '../test/heads';
import { clientRequestHead, clientRequestHeaders } from './client-request';
import type { ClientRequest } from './client-request';
import type { HeaderInput } from './headers';
import { parseWebSocketUrl } from './websocket-url';

const url = parseWebSocketUrl('ws://example.com:8080/chat?a=1');

const requestWith = (more: Partial<ClientRequest> = {}): ClientRequest => ({
  url,
  key: KEY,
  ...more,
});
const head = (...lines: string[]): string => [...lines, '', ''].join('\r\n');

describe('clientRequestHead', () => {
  test('is the handshake of RFC 6455 §4.1 and nothing more', () => {
    expect(clientRequestHead(requestWith())).toBe(
      head(
        'GET /chat?a=1 HTTP/1.1',
        'Host: example.com:8080',
        'Upgrade: websocket',
        'Connection: Upgrade',
        `Sec-WebSocket-Key: ${KEY}`,
        'Sec-WebSocket-Version: 13',
      ),
    );
  });

  test('with everything', () => {
    const request = requestWith({
      url: parseWebSocketUrl('wss://user:p%40ss@[::1]/'),
      protocols: ['chat', 'superchat'],
      extensions: 'x; y',
      origin: 'http://a',
      headers: { Cookie: 'a=1', 'X-Two': ['b', 'c'], 'X-Number': 1 },
    });
    expect(clientRequestHead(request)).toBe(
      head(
        'GET / HTTP/1.1',
        'Host: [::1]',
        'Upgrade: websocket',
        'Connection: Upgrade',
        `Sec-WebSocket-Key: ${KEY}`,
        'Sec-WebSocket-Version: 13',
        'Sec-WebSocket-Protocol: chat, superchat',
        'Sec-WebSocket-Extensions: x; y',
        'Origin: http://a',
        'Authorization: Basic dXNlcjpwQHNz',
        'Cookie: a=1',
        'X-Two: b',
        'X-Two: c',
        'X-Number: 1',
      ),
    );
  });

  test.each(['/a b', '/\r\nX: y', '/\0', '/ä'])('throws on the target %j', (target) => {
    expect(() => clientRequestHead(requestWith({ url: { ...url, target } }))).toThrow(TypeError);
  });
});

describe('clientRequestHeaders', () => {
  const headersOf = (request: ClientRequest) => new Map(clientRequestHeaders(request));

  test('speaks hybi-08, whose origin has another name', () => {
    const headers = headersOf(requestWith({ version: 8, origin: 'http://a' }));
    expect(headers.get('Sec-WebSocket-Version')).toBe('8');
    expect(headers.get('Sec-WebSocket-Origin')).toBe('http://a');
    expect(headers.has('Origin')).toBe(false);
  });

  test('puts a Host of the caller’s where its own would be', () => {
    const entries = clientRequestHeaders(requestWith({ headers: { Cookie: 'a=1', hOsT: 'b' } }));
    expect(entries[0]).toEqual(['hOsT', 'b']);
    expect(entries.filter(([name]) => /^host$/i.test(name))).toHaveLength(1);
    expect(entries.at(-1)).toEqual(['Cookie', 'a=1']);
  });

  test('lets the caller set Origin and Authorization', () => {
    const headers = { origin: 'http://b', AUTHORIZATION: 'Bearer x' };
    const withCredentials = parseWebSocketUrl('ws://user:pass@a/');
    const request = requestWith({ url: withCredentials, origin: 'http://a', headers });
    const lines = clientRequestHeaders(request).map(([name, value]) => `${name}: ${value}`);
    expect(lines).toEqual(expect.arrayContaining(['origin: http://b', 'AUTHORIZATION: Bearer x']));
    expect(lines.filter((line) => /^(origin|authorization):/i.test(line))).toHaveLength(2);
  });

  test.each<[HeaderInput, string[]]>([
    [{ Cookie: ['a=1', 'b=2'] }, ['Cookie: a=1; b=2']],
    [{ cookie: ['a=1'], 'X-A': '1', COOKIE: ['b=2', 'c=3'] }, ['cookie: a=1; b=2; c=3', 'X-A: 1']],
    [{ Cookie: [], 'X-A': ['1', '2'] }, ['X-A: 1', 'X-A: 2']],
    [{ Cookie: 'a=1; b=2' }, ['Cookie: a=1; b=2']],
  ])('of the headers %j several cookies make one line', (headers, expected) => {
    const lines = clientRequestHeaders(requestWith({ headers })).map((entry) => entry.join(': '));
    expect(lines.slice(5)).toEqual(expected);
  });

  test.each([
    ['ws://user@a/', 'user:'],
    ['ws://:pass@a/', ':pass'],
    ['ws://%C3%BC:%E2%98%83@a/', 'ü:☃'],
    ['ws://a%0D%0A:b@a/', 'a\r\n:b'],
  ])('sends the credentials of %s', (text, credentials) => {
    const value = headersOf(requestWith({ url: parseWebSocketUrl(text) })).get('Authorization');
    expect(value).toBe(`Basic ${Buffer.from(credentials).toString('base64')}`);
  });

  test.each([
    'Upgrade',
    'connection',
    'Sec-WebSocket-Key',
    'Sec-WebSocket-Version',
    'SEC-WEBSOCKET-ACCEPT',
    'Sec-WebSocket-Protocol',
    'Sec-WebSocket-Extensions',
    'Content-Length',
    'Transfer-Encoding',
  ])('throws when the caller sets %s', (name) => {
    expect(() => clientRequestHeaders(requestWith({ headers: { [name]: 'x' } }))).toThrow(
      `headers: header "${name}" cannot be set: `,
    );
  });

  test.each<[string, HeaderInput]>([
    ['Host in a list', { Host: ['a', 'b'] }],
    ['Host in two cases', { Host: 'a', host: 'b' }],
    ['Origin', { Origin: ['a', 'b'] }],
    ['Authorization', { authorization: 'a', Authorization: 'b' }],
  ])('throws on a repeated %s', (_, headers) => {
    expect(() => clientRequestHeaders(requestWith({ headers }))).toThrow('may be given once');
  });

  test.each(['\r', '\n', '\0'])('throws on %j in any value', (control) => {
    const bad = `a${control}b`;
    const requests: Partial<ClientRequest>[] = [
      { key: bad },
      { origin: bad },
      { extensions: bad },
      { protocols: [bad] },
      { headers: { Cookie: bad } },
      { headers: { Host: bad } },
      { headers: { [bad]: 'x' } },
      { url: { ...url, host: bad } },
    ];
    for (const request of requests) {
      expect(() => clientRequestHeaders(requestWith(request))).toThrow(TypeError);
    }
  });

  test('leaves the caller’s objects alone', () => {
    const headers = Object.freeze({ Cookie: Object.freeze(['a', 'b']) });
    const request = Object.freeze(requestWith({ headers, protocols: Object.freeze(['a']) }));
    expect(clientRequestHeaders(request)).not.toBe(clientRequestHeaders(request));
  });
});
