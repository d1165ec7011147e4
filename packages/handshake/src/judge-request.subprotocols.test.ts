/** What a client offers to speak: a list of tokens, without empty elements. */
import { requestOf } from '../test/heads';
import type { HeaderMap, ProtocolVersion } from './heads';
import { judgeRequest } from './judge-request';

test.each<[ProtocolVersion, HeaderMap, string[]]>([
  ['hybi-13', { 'sec-websocket-protocol': 'b, a' }, ['b', 'a']],
  ['hybi-13', { 'sec-websocket-protocol': ['b', 'a, c'] }, ['b', 'a', 'c']],
  ['hybi-13', { 'sec-websocket-protocol': ',a,, b' }, ['a', 'b']],
  ['hybi-13', { 'sec-websocket-protocol': 'a,' }, ['a']],
  ['hybi-13', { 'sec-websocket-protocol': '' }, []],
  ['hybi-13', { 'sec-websocket-protocol': ',' }, []],
  ['hybi-13', { 'sec-websocket-protocol': ' ,\t, ' }, []],
  ['hybi-13', { 'sec-websocket-protocol': ['', ''] }, []],
  ['hixie-75', { 'websocket-protocol': '' }, []],
  ['hybi-13', { 'sec-websocket-protocol': 'a, A' }, ['a', 'A']],
  ['hixie-76', { 'sec-websocket-protocol': 'a' }, ['a']],
  ['hixie-75', { 'websocket-protocol': 'a' }, ['a']],
  [
    'hybi-13',
    { 'sec-websocket-protocol': 'constructor, __proto__, toString' },
    ['constructor', '__proto__', 'toString'],
  ],
])('%s with %j', (version, headers, protocols) => {
  expect(judgeRequest(requestOf(version, headers))).toMatchObject({ ok: true, protocols });
});

test.each(['a b', 'a/b', '"a"', 'a, a', 'a, b, a', '\xe4'])(
  'the subprotocols %j are malformed',
  (protocols) => {
    const headers = { 'sec-websocket-protocol': protocols };
    expect(judgeRequest(requestOf('hybi-13', headers))).toMatchObject({ refusal: { status: 400 } });
  },
);
