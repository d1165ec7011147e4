import { requestOf } from '../test/heads';
import type { HeaderInput } from './headers';
import type { Refusal } from './heads';
import { judgeRequest } from './judge-request';
import type { AcceptedRequest } from './request-verdict';
import { refusalResponse, responseHead } from './server-response';

const LOCATION = 'ws://example.com/';

function verdictOn(...args: Parameters<typeof requestOf>): AcceptedRequest {
  const verdict = judgeRequest(requestOf(...args));
  if (!verdict.ok) throw new Error(verdict.refusal.body);
  return verdict;
}

const head = (...lines: string[]): string => [...lines, '', ''].join('\r\n');

describe('responseHead', () => {
  test.each(['hybi-13', 'hybi-08', 'hybi-07'] as const)('%s, with everything', (version) => {
    const verdict = verdictOn(version, { 'sec-websocket-protocol': 'chat', origin: 'http://a' });
    const headers = { 'Set-Cookie': ['a=1', 'b=2'] };
    const answer = { protocol: 'chat', extensions: 'x; y', location: LOCATION, headers };
    expect(responseHead(verdict, answer)).toBe(
      head(
        'HTTP/1.1 101 Switching Protocols',
        'Upgrade: websocket',
        'Connection: Upgrade',
        'Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=',
        'Sec-WebSocket-Protocol: chat',
        'Sec-WebSocket-Extensions: x; y',
        'Set-Cookie: a=1',
        'Set-Cookie: b=2',
      ),
    );
  });

  test('hixie-76, with everything', () => {
    const headers = { 'sec-websocket-protocol': 'chat', origin: 'http://a' };
    const verdict = verdictOn('hixie-76', headers);
    const answer = { protocol: 'chat', location: LOCATION, headers: { 'X-More': 1 } };
    expect(responseHead(verdict, answer)).toBe(
      head(
        'HTTP/1.1 101 WebSocket Protocol Handshake',
        'Upgrade: WebSocket',
        'Connection: Upgrade',
        'Sec-WebSocket-Origin: http://a',
        'Sec-WebSocket-Location: ws://example.com/',
        'Sec-WebSocket-Protocol: chat',
        'X-More: 1',
      ),
    );
  });

  test('hixie-75, with everything', () => {
    const verdict = verdictOn('hixie-75', { 'websocket-protocol': 'chat', origin: 'http://a' });
    expect(responseHead(verdict, { protocol: 'chat', location: LOCATION })).toBe(
      head(
        'HTTP/1.1 101 Web Socket Protocol Handshake',
        'Upgrade: WebSocket',
        'Connection: Upgrade',
        'WebSocket-Origin: http://a',
        'WebSocket-Location: ws://example.com/',
        'WebSocket-Protocol: chat',
      ),
    );
  });

  test('leaves out what there is none of, and extensions where the version has none', () => {
    expect(responseHead(verdictOn('hybi-13'), { location: LOCATION })).toBe(
      head(
        'HTTP/1.1 101 Switching Protocols',
        'Upgrade: websocket',
        'Connection: Upgrade',
        'Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=',
      ),
    );
    const hixie = responseHead(verdictOn('hixie-76'), { location: LOCATION, extensions: 'x' });
    expect(hixie).not.toMatch(/Origin|Protocol:|Extensions/);
  });

  test.each(['other', '', 'CHAT', 'chat\r\nX: y', '__proto__'])(
    'throws on the subprotocol %j, which was not offered',
    (protocol) => {
      const verdict = verdictOn('hybi-13', { 'sec-websocket-protocol': 'chat' });
      expect(() => responseHead(verdict, { protocol, location: LOCATION })).toThrow(TypeError);
    },
  );

  test.each([
    'Upgrade',
    'CONNECTION',
    'Sec-WebSocket-Accept',
    'Sec-WebSocket-Protocol',
    'Sec-WebSocket-Extensions',
    'Content-Length',
    'Transfer-Encoding',
  ])('throws on a header called %s', (name) => {
    const answer = { location: LOCATION, headers: { [name]: 'x' } };
    expect(() => responseHead(verdictOn('hybi-13'), answer)).toThrow(
      `handshake headers: header "${name}" cannot be set: `,
    );
  });

  test.each(['\r', '\n', '\0'])('throws on %j in any value', (control) => {
    const bad = `a${control}b`;
    const hybi = verdictOn('hybi-13');
    const hixie = verdictOn('hixie-76');
    expect(() => responseHead(hybi, { location: '', extensions: bad })).toThrow(TypeError);
    expect(() => responseHead(hybi, { location: '', headers: { A: bad } })).toThrow(TypeError);
    const badName: HeaderInput = { [bad]: 'a' };
    expect(() => responseHead(hybi, { location: '', headers: badName })).toThrow(TypeError);
    expect(() => responseHead(hixie, { location: bad })).toThrow(TypeError);
    const offered: AcceptedRequest = { ...hybi, protocols: [bad] };
    expect(() => responseHead(offered, { location: '', protocol: bad })).toThrow(TypeError);
    const origin: AcceptedRequest = { ...hixie, origin: bad };
    expect(() => responseHead(origin, { location: '' })).toThrow(TypeError);
  });
});

describe('refusalResponse', () => {
  const REFUSAL: Refusal = { status: 400, reason: 'Bad Request', headers: [], body: 'Why.' };

  test('is a whole response with a text', () => {
    expect(refusalResponse(REFUSAL)).toBe(
      head(
        'HTTP/1.1 400 Bad Request',
        'Connection: close',
        'Content-Length: 4',
        'Content-Type: text/plain; charset=utf-8',
      ) + 'Why.',
    );
  });

  test('tells the versions to try, and what it upgrades to', () => {
    const verdict = judgeRequest(requestOf('hybi-13', { 'sec-websocket-version': '14' }));
    if (verdict.ok) throw new Error('accepted');
    const response = refusalResponse(verdict.refusal);
    expect(response).toMatch(/^HTTP\/1.1 426 Upgrade Required\r\nConnection: close, Upgrade\r\n/);
    expect(response).toContain('\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13, 8, 7\r\n');
  });

  test('counts and writes the body in octets of UTF-8', () => {
    const response = refusalResponse({ ...REFUSAL, body: 'é💥' });
    expect(response).toContain('Content-Length: 6\r\n');
    expect(Buffer.from(response, 'latin1').toString()).toMatch(/\r\n\r\né💥$/);
  });

  test('takes a content type and a reason of one’s own, or an empty one', () => {
    const headers: Refusal['headers'] = [['content-type', 'application/json']];
    const response = refusalResponse({ status: 403, reason: '', headers, body: '{}' });
    expect(response).toBe(
      head(
        'HTTP/1.1 403 ',
        'Connection: close',
        'Content-Length: 2',
        'content-type: application/json',
      ) + '{}',
    );
  });

  test.each([0, 100, 101, 199, 204, 304, 600, 400.5, NaN, Infinity, '400' as unknown as number])(
    'throws on status %p',
    (status) => {
      expect(() => refusalResponse({ ...REFUSAL, status })).toThrow(RangeError);
    },
  );

  test.each([200, 302, 401, 503, 599])('takes status %i', (status) => {
    expect(refusalResponse({ ...REFUSAL, status })).toMatch(`HTTP/1.1 ${status} `);
  });

  test.each(['Connection', 'content-length', 'Transfer-Encoding'])(
    'throws on a header %s',
    (name) => {
      expect(() => refusalResponse({ ...REFUSAL, headers: [[name, '1']] })).toThrow(TypeError);
    },
  );

  test.each(['\r', '\n', '\0', '\u0100'])('throws on %j in the reason or a header', (control) => {
    expect(() => refusalResponse({ ...REFUSAL, reason: `a${control}` })).toThrow(TypeError);
    expect(() => refusalResponse({ ...REFUSAL, headers: [['a', control]] })).toThrow(TypeError);
    expect(() => refusalResponse({ ...REFUSAL, headers: [[control, 'a']] })).toThrow(TypeError);
  });
});
