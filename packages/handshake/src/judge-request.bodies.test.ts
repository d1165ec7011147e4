/** Handshakes with a body: refused, but for the one that hixie-76 may announce. */
import { requestOf } from '../test/heads';
import { PROTOCOL_VERSIONS } from './heads';
import type { HeaderMap } from './heads';
import { judgeRequest } from './judge-request';

test.each<[string, HeaderMap, number, number]>([
  // what there is,         the headers,                 others, hixie-76
  ['no body', {}, 101, 101],
  ['a body of no length', { 'content-length': '0' }, 101, 101],
  ['a body of no length, in several digits', { 'content-length': '00' }, 101, 101],
  ['a body of 1 byte', { 'content-length': '1' }, 400, 400],
  ['a body of 8 bytes, which key3 is', { 'content-length': '8' }, 400, 101],
  ['a body of 10 bytes', { 'content-length': '10' }, 400, 400],
  ['a length that is none', { 'content-length': 'x' }, 400, 400],
  ['an empty length', { 'content-length': '' }, 400, 400],
  ['two lengths', { 'content-length': ['8', '8'] }, 400, 400],
  ['a chunked body', { 'transfer-encoding': 'chunked' }, 400, 400],
  ['any coding', { 'transfer-encoding': ['identity'] }, 400, 400],
  ['both', { 'content-length': '8', 'transfer-encoding': 'chunked' }, 400, 400],
])('%s', (_, headers, others, hixie76) => {
  for (const version of PROTOCOL_VERSIONS) {
    const status = version === 'hixie-76' ? hixie76 : others;
    const verdict = judgeRequest(requestOf(version, headers));
    expect([version, verdict.ok ? 101 : verdict.refusal.status]).toEqual([version, status]);
  }
});
