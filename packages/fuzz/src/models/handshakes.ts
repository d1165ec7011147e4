/** Opening handshakes: whatever a head holds, the answer is a verdict that can be acted upon. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  chooseSubprotocol,
  HANDSHAKE_ERRORS,
  hixie76Challenge,
  isToken,
  isWebSocketRequest,
  judgeRequest,
  judgeResponse,
  PROTOCOL_VERSIONS,
  refusalResponse,
  requestUrl,
  responseHead,
  type AcceptedRequest,
  type ExpectedResponse,
  type RequestHead,
  type ResponseHead,
} from '@ws/handshake';
import { ACCEPT, anyText, changed, KEY, REQUEST_HEADERS, RESPONSE_HEADERS } from '../bytes/heads';
import type { Model } from '../model';

/** CPU time, in microseconds, that no head may take: what is not linear takes many times as much. */
const TOO_LONG = 1_000_000;
const REFUSALS = [400, 405, 426];
const HEAD = /^HTTP\/1\.1 \d{3} [ -~]+\r\n(?:[!-9;-~]+: [\t\x20-\x7e\x80-\xff]*\r\n)+\r\n/;
const LOCATION = /^wss?:\/\/[\x21-\x7e]+$/;

const request: fc.Arbitrary<RequestHead> = fc.record({
  method: fc.oneof({ weight: 9, arbitrary: fc.constant('GET') }, anyText),
  httpVersion: fc.oneof({ weight: 9, arbitrary: fc.constantFrom('1.1', '2.0') }, anyText),
  url: fc.oneof({ weight: 3, arbitrary: fc.constantFrom('/', 'http://a@b/c?d#e', '*') }, anyText),
  headers: changed(
    fc.constantFrom(...PROTOCOL_VERSIONS).map((version) => REQUEST_HEADERS[version]),
  ),
});

export const requests: Model = {
  name: 'requests',
  law: 'any request gets an answer that is one head, in linear time',
  runs: 600,
  property: fc.property(request, fc.nat(3), (head, trustProxy) =>
    inTime(() => {
      const location = requestUrl(head, { secure: false, trustProxy });
      assert.match(location, LOCATION);
      const verdict = judgeRequest(head);
      if (verdict.ok) checkAccepted(head, verdict, location);
      else {
        assert.ok(REFUSALS.includes(verdict.refusal.status), `status ${verdict.refusal.status}`);
        assert.match(refusalResponse(verdict.refusal), HEAD);
      }
    }),
  ),
};

function checkAccepted(head: RequestHead, verdict: AcceptedRequest, location: string): void {
  const { version, protocols } = verdict;
  assert.ok(isWebSocketRequest(head), 'accepted, but does not ask for a WebSocket');
  assert.ok(protocols.every(isToken), 'a subprotocol is not a token');
  assert.equal(new Set(protocols).size, protocols.length, 'a subprotocol is there twice');
  const protocol = chooseSubprotocol(protocols, [...protocols].reverse());
  const answer = responseHead(verdict, { location, protocol });
  assert.equal(HEAD.exec(answer)?.[0], answer);
  if (version !== 'hixie-76') return;
  const { 'sec-websocket-key1': key1, 'sec-websocket-key2': key2 } = head.headers;
  const keys = [key1, key2].map((value) => [value].flat().join(', ')) as [string, string];
  assert.equal(hixie76Challenge(...keys, new Uint8Array(8)).length, 16);
}

const response: fc.Arbitrary<ResponseHead> = fc.record({
  status: fc.oneof({ weight: 9, arbitrary: fc.constant(101) }, fc.nat(999)),
  headers: changed(fc.constant(RESPONSE_HEADERS)),
});
const expected: fc.Arbitrary<ExpectedResponse> = fc.record({
  key: fc.constant(KEY),
  protocols: fc.constantFrom([], ['chat'], ['superchat', 'chat'], ['__proto__', 'toString']),
  extensionsOffered: fc.boolean(),
});

export const responses: Model = {
  name: 'responses',
  law: 'any response completes the handshake that was begun, or breaks it for a documented reason',
  runs: 600,
  property: fc.property(response, expected, (head, asked) =>
    inTime(() => {
      const verdict = judgeResponse(head, asked);
      if (!verdict.ok) {
        assert.ok(
          Object.hasOwn(HANDSHAKE_ERRORS, verdict.code),
          `${verdict.code} is not documented`,
        );
        assert.notEqual(verdict.message, '');
        return;
      }
      assert.equal(head.status, 101);
      assert.equal(String(head.headers['sec-websocket-accept']).trim(), ACCEPT);
      assert.match(String(head.headers['connection']), /upgrade/i);
      assert.equal(asked.protocols.length === 0, verdict.protocol === '');
      assert.ok(verdict.protocol === '' || asked.protocols.includes(verdict.protocol));
      assert.ok(verdict.extensions === undefined || asked.extensionsOffered);
    }),
  ),
};

function inTime(action: () => void): void {
  const start = process.cpuUsage();
  action();
  const { user } = process.cpuUsage(start);
  assert.ok(user < TOO_LONG, `took ${user} µs`);
}
