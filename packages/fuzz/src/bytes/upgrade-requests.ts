/** Upgrade requests as bytes, with anything in their line and their headers. */
import fc from 'fast-check';
import { PROTOCOL_VERSIONS } from '@ws/handshake';
import { anyText, changed, REQUEST_HEADERS } from './heads';

const TARGETS = [
  ...['/demo', '/files/a/b', '/files/', '/x/y', '/demo?a=%', '/demo#x', 'http://a.test/demo'],
  ...[
    '/',
    '//',
    '//demo',
    '/./demo',
    '/files/../demo',
    '/%64emo',
    '/x%2fy',
    '/files/%00',
    '/%',
    '*',
  ],
];
const ORIGINS = ['http://example.com', 'https://app.test', 'null', 'http://example.com.evil.test'];
const FORWARDED = ['for=1.2.3.4;host=example.com;proto=https', 'for="[::1]"', 'host="a b"', ';,;'];
const CHANCE = { freq: 2, nil: undefined };

/** As good as any, or anything. */
function oneOf(values: readonly string[]): fc.Arbitrary<string> {
  return fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...values) }, anyText);
}

const asked = fc.record({
  origin: fc.option(oneOf(ORIGINS), CHANCE),
  cookie: fc.option(oneOf(['sid=a%20b; theme=dark', 'a', '=; =', 'a="b"; a=c']), CHANCE),
  authorization: fc.option(oneOf(['Bearer abc', 'bearer', 'Basic YTpi']), CHANCE),
  forwarded: fc.option(oneOf(FORWARDED), CHANCE),
  'x-forwarded-for': fc.option(oneOf(['1.2.3.4', '::1, 10.0.0.1', 'unknown']), CHANCE),
  'sec-websocket-protocol': fc.option(oneOf(['chat', 'bearer, abc', 'a, b']), CHANCE),
});
const version = fc.constantFrom(...PROTOCOL_VERSIONS, 'hybi-13' as const, 'hybi-13' as const);
const headers = fc
  .tuple(changed(version.map((name) => REQUEST_HEADERS[name])), asked)
  .map((all) => Object.assign({}, ...all) as Record<string, string | string[] | undefined>);
const line = fc.tuple(
  fc.oneof({ weight: 9, arbitrary: fc.constant('GET') }, anyText),
  oneOf(TARGETS),
  fc.oneof({ weight: 9, arbitrary: fc.constant('HTTP/1.1') }, anyText),
);
/** What comes behind the head: nothing, the key of a hixie-76 client, a frame, garbage. */
const behind = fc.constantFrom(
  '',
  '^n:ds[4U',
  '\x81\x80\0\0\0\0',
  '\xff\xff\xff',
  'GET / HTTP/1.1',
);

export const upgradeRequest: fc.Arbitrary<string> = fc
  .tuple(line, headers, behind)
  .map(([words, fields, rest]) => `${words.join(' ')}\r\n${linesOf(fields)}\r\n${rest}`);

function linesOf(fields: Record<string, string | string[] | undefined>): string {
  const entries = Object.entries(fields).flatMap(([name, value]) =>
    [value ?? []].flat().map((item) => `${name}: ${item}\r\n`),
  );
  return entries.join('');
}
