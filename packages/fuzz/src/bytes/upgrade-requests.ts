/** Upgrade requests as bytes, with anything in their line and their headers. */
import fc from 'fast-check';
import { PROTOCOL_VERSIONS } from '@ws/handshake';
import { anyText, changed, REQUEST_HEADERS } from './heads';

const TARGETS = ['/demo', '/files/a/b', '/x/y', '/demo?a=%', '/%64emo', 'http://a.test/demo'];
const ODD_TARGETS = ['/', '//demo', '/./demo', '/files/../demo', '/x%2fy', '/files/%00', '/%', '*'];
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
const good = version.map((name) => REQUEST_HEADERS[name]);
const headers = fc
  .tuple(fc.oneof({ weight: 2, arbitrary: good }, changed(good)), asked)
  .map((all) => Object.assign({}, ...all) as Record<string, string | string[] | undefined>);
const line = fc.tuple(
  fc.oneof({ weight: 19, arbitrary: fc.constant('GET') }, anyText),
  fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...TARGETS) }, oneOf(ODD_TARGETS)),
  fc.oneof({ weight: 19, arbitrary: fc.constant('HTTP/1.1') }, anyText),
);
/** What comes behind the head: nothing, the key of a hixie-76 client, a frame, garbage. */
const behind = fc.constantFrom(
  '',
  '^n:ds[4U',
  '\x81\x80\0\0\0\0',
  '\xff\xff\xff',
  'GET / HTTP/1.1',
);

/** What Node's parser takes for the end of a line, or for no header at all. */
// eslint-disable-next-line no-control-regex -- it is these that are meant
const CONTROLS = /[\0-\x08\n-\x1f\x7f]/g;

export const upgradeRequest: fc.Arbitrary<string> = fc
  .tuple(line, headers, behind, fc.nat(4))
  .map(([words, fields, rest, any]) => {
    const lines = [words.join(' '), ...fieldLines(fields)];
    const clean = any === 0 ? lines : lines.map((each) => each.replace(CONTROLS, ''));
    return `${clean.join('\r\n')}\r\n\r\n${rest}`;
  });

function fieldLines(fields: Record<string, string | string[] | undefined>): string[] {
  return Object.entries(fields).flatMap(([name, value]) =>
    [value ?? []].flat().map((item) => `${name}: ${item}`),
  );
}
