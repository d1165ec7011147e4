/** The two halves of the package against each other, as a client and a server would use them. */
import * as fc from 'fast-check';
import {
  chooseSubprotocol,
  clientRequestHead,
  generateKey,
  isWebSocketRequest,
  judgeRequest,
  judgeResponse,
  parseWebSocketUrl,
  requestUrl,
  responseHead,
  validateSubprotocols,
} from '../src';
import { parsedHeaders } from './heads';

const TOKEN_CHARACTERS = Array.from("!#$%&'*+-.^_`|~0189AZaz");
const token = fc.string({
  unit: fc.constantFrom(...TOKEN_CHARACTERS),
  minLength: 1,
  maxLength: 20,
});
const protocols = fc.uniqueArray(token, { maxLength: 5, selector: (name) => name.toLowerCase() });
const fieldValue = fc.string({
  unit: fc.constantFrom('a', ' ', '"', ',', ';', '\xe4'),
  maxLength: 9,
});
const headers = fc.dictionary(
  token.map((name) => `X-${name}`),
  fieldValue,
  { noNullPrototype: true },
);
const target = fc.webPath().map((path) => (path.startsWith('/') ? path : `/${path}`));

test.each([8, 13] as const)('a version %i handshake completes', (version) => {
  const property = fc.property(
    target,
    protocols,
    headers,
    fc.boolean(),
    (path, offer, extra, extend) => {
      const url = parseWebSocketUrl(`ws://example.com${path}`);
      const key = generateKey();
      const extensions = extend ? 'x; y="z"' : undefined;
      const origin = 'http://a.example';
      const offered = validateSubprotocols(offer);
      const sent = { url, key, protocols: offered, extensions, origin, version, headers: extra };
      const request = receivedRequest(clientRequestHead(sent));

      expect(isWebSocketRequest(request)).toBe(true);
      expect(requestUrl(request, { secure: false })).toBe(url.href);
      const verdict = judgeRequest(request);
      if (!verdict.ok) throw new Error(verdict.refusal.body);
      expect(verdict).toMatchObject({ key, protocols: offered, extensions, origin });

      const protocol = chooseSubprotocol(verdict.protocols, [...offered].reverse());
      const answer = { protocol, extensions, location: url.href, headers: extra };
      const response = { status: 101, headers: parsedHeaders(responseHead(verdict, answer)) };
      const expected = { key, protocols: offered, extensionsOffered: extend };
      expect(judgeResponse(response, expected)).toEqual({
        ok: true,
        protocol: offered[0] ?? '',
        extensions,
      });
    },
  );
  fc.assert(property, { numRuns: 200 });
});

function receivedRequest(head: string) {
  const [method, url, protocol] = head.slice(0, head.indexOf('\r\n')).split(' ');
  return { method, url, httpVersion: protocol.replace('HTTP/', ''), headers: parsedHeaders(head) };
}
