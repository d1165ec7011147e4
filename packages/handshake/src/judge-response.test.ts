import * as fc from 'fast-check';
import { anyText } from '../../common/test/any-text';
import { ACCEPT, KEY, responseHeaders } from '../test/heads';
import { HANDSHAKE_ERRORS, HandshakeError } from './handshake-error';
import type { HandshakeErrorCode } from './handshake-error';
import type { HeaderMap } from './heads';
import { judgeResponse } from './judge-response';
import type { ExpectedResponse, FailedResponse } from './judge-response';

const PLAIN: ExpectedResponse = { key: KEY, protocols: [], extensionsOffered: false };
const CHAT: ExpectedResponse = { ...PLAIN, protocols: ['chat', 'superchat'] };
const EXTENDED: ExpectedResponse = { ...PLAIN, extensionsOffered: true };

function judge(headers: HeaderMap, expected = PLAIN, status = 101) {
  return judgeResponse({ status, headers: responseHeaders(headers) }, expected);
}

describe('judgeResponse', () => {
  test.each<[string, HeaderMap, ExpectedResponse, string, string | undefined]>([
    ['the plainest answer', {}, PLAIN, '', undefined],
    ['Upgrade in any case', { upgrade: 'WebSocket' }, PLAIN, '', undefined],
    ['Connection in any case', { connection: 'upgrade' }, PLAIN, '', undefined],
    [
      'Connection: keep-alive, Upgrade',
      { connection: 'keep-alive, Upgrade' },
      PLAIN,
      '',
      undefined,
    ],
    ['blanks around the digest', { 'sec-websocket-accept': ` \t${ACCEPT} ` }, PLAIN, '', undefined],
    ['a subprotocol', { 'sec-websocket-protocol': 'chat' }, CHAT, 'chat', undefined],
    ['the other one', { 'sec-websocket-protocol': 'superchat' }, CHAT, 'superchat', undefined],
    ['extensions', { 'sec-websocket-extensions': 'x; y' }, EXTENDED, '', 'x; y'],
    ['several lines', { 'sec-websocket-extensions': ['x', 'y'] }, EXTENDED, '', 'x, y'],
    ['an empty list of extensions', { 'sec-websocket-extensions': '' }, PLAIN, '', undefined],
    ['declined extensions', {}, EXTENDED, '', undefined],
  ])('accepts %s', (_, headers, expected, protocol, extensions) => {
    expect(judge(headers, expected)).toEqual({ ok: true, protocol, extensions });
  });

  const LOWER = ACCEPT.toLowerCase();

  test.each<[HandshakeErrorCode, string, HeaderMap, ExpectedResponse]>([
    ['WS_ERR_INVALID_UPGRADE', 'no Upgrade', { upgrade: undefined }, PLAIN],
    ['WS_ERR_INVALID_UPGRADE', 'an empty Upgrade', { upgrade: '' }, PLAIN],
    ['WS_ERR_INVALID_UPGRADE', 'another Upgrade', { upgrade: 'h2c' }, PLAIN],
    ['WS_ERR_INVALID_UPGRADE', 'Upgrade to several', { upgrade: 'websocket, h2c' }, PLAIN],
    ['WS_ERR_INVALID_CONNECTION', 'no Connection', { connection: undefined }, PLAIN],
    ['WS_ERR_INVALID_CONNECTION', 'another Connection', { connection: 'keep-alive' }, PLAIN],
    ['WS_ERR_INVALID_ACCEPT', 'no digest', { 'sec-websocket-accept': undefined }, PLAIN],
    ['WS_ERR_INVALID_ACCEPT', 'an empty digest', { 'sec-websocket-accept': '' }, PLAIN],
    ['WS_ERR_INVALID_ACCEPT', 'the key itself', { 'sec-websocket-accept': KEY }, PLAIN],
    ['WS_ERR_INVALID_ACCEPT', 'another case', { 'sec-websocket-accept': LOWER }, PLAIN],
    ['WS_ERR_INVALID_ACCEPT', 'twice', { 'sec-websocket-accept': `${ACCEPT}, ${ACCEPT}` }, PLAIN],
    ['WS_ERR_INVALID_ACCEPT', 'two lines', { 'sec-websocket-accept': [ACCEPT, ACCEPT] }, PLAIN],
    ['WS_ERR_INVALID_ACCEPT', 'a newline', { 'sec-websocket-accept': `${ACCEPT}\n` }, PLAIN],
    ['WS_ERR_INVALID_SUBPROTOCOL', 'unrequested', { 'sec-websocket-protocol': 'chat' }, PLAIN],
    ['WS_ERR_INVALID_SUBPROTOCOL', 'another', { 'sec-websocket-protocol': 'other' }, CHAT],
    ['WS_ERR_INVALID_SUBPROTOCOL', 'another case', { 'sec-websocket-protocol': 'Chat' }, CHAT],
    ['WS_ERR_INVALID_SUBPROTOCOL', 'two', { 'sec-websocket-protocol': 'chat, superchat' }, CHAT],
    ['WS_ERR_INVALID_SUBPROTOCOL', 'lines', { 'sec-websocket-protocol': ['chat', 'chat'] }, CHAT],
    ['WS_ERR_INVALID_SUBPROTOCOL', 'empty', { 'sec-websocket-protocol': '' }, CHAT],
    ['WS_ERR_INVALID_SUBPROTOCOL', 'empty, unrequested', { 'sec-websocket-protocol': '' }, PLAIN],
    ['WS_ERR_INVALID_SUBPROTOCOL', '__proto__', { 'sec-websocket-protocol': '__proto__' }, CHAT],
    ['WS_ERR_MISSING_SUBPROTOCOL', 'none', {}, CHAT],
    ['WS_ERR_UNEXPECTED_EXTENSION', 'unrequested', { 'sec-websocket-extensions': 'x' }, PLAIN],
  ])('%s: %s', (code, _, headers, expected) => {
    const message = expect.stringContaining(HANDSHAKE_ERRORS[code].text) as string;
    expect(judge(headers, expected)).toEqual({ ok: false, code, message });
  });

  test('a wrong subprotocol is named, and those that were offered', () => {
    const said = (protocol?: string): string =>
      (judge({ 'sec-websocket-protocol': protocol }, CHAT) as FailedResponse).message;
    expect(said()).toMatch(/offered: "chat[^"]*"$/);
    expect(said('x')).toMatch(/not offered: "x"$/);
    expect(said('x'.repeat(5000)).length).toBeLessThan(150);
  });

  test.each([0, 100, 102, 200, 301, 401, 500, NaN])('fails on status %p, and says so', (status) => {
    expect(judge({}, PLAIN, status)).toEqual({
      ok: false,
      code: 'WS_ERR_UNEXPECTED_STATUS',
      message: `the server answered with status ${status}, not with 101`,
    });
  });

  const PARSED = ['upgrade', 'connection', 'sec-websocket-accept', 'sec-websocket-protocol'];

  test.each([15_000, 1_500_000])('reads runs of %i separators', (length) => {
    for (const name of PARSED) {
      for (const unit of [' ', '\t', '"', '\\', ',', 'a,']) {
        expect(judge({ [name]: unit.repeat(length / unit.length) }).ok).toBe(false);
      }
    }
  });

  test('garbage gets a verdict, and no exception', () => {
    const value = fc.oneof(anyText(), fc.array(fc.string(), { maxLength: 3 }));
    const garbage = fc.dictionary(fc.constantFrom(...PARSED, 'sec-websocket-extensions'), value);
    const property = fc.property(garbage, fc.integer(), (headers, status) => {
      const verdict = judge(headers, CHAT, status);
      expect(verdict.ok || verdict.code in HANDSHAKE_ERRORS).toBe(true);
    });
    fc.assert(property, { numRuns: 500 });
  });
});

describe('HandshakeError', () => {
  test.each(Object.keys(HANDSHAKE_ERRORS) as HandshakeErrorCode[])('%s knows its rule', (code) => {
    const error = new HandshakeError(code);
    expect(error).toMatchObject({ name: 'HandshakeError', code, ...textAndSection(code) });
    expect(error).toBeInstanceOf(Error);
  });

  test('takes a message and a cause of one’s own', () => {
    const cause = new Error('why');
    const error = new HandshakeError('WS_ERR_INVALID_UPGRADE', 'what', { cause });
    expect(error).toMatchObject({ message: 'what', cause, section: '4.1' });
  });

  function textAndSection(code: HandshakeErrorCode) {
    const { text, section } = HANDSHAKE_ERRORS[code];
    return { message: text, section };
  }
});
