import * as fc from 'fast-check';
import { isHost } from './host';

/** What browsers and other clients send. */
const GOOD = [
  'example.com',
  'EXAMPLE.com',
  'example.com.',
  'example.com:',
  'example.com:80',
  'example.com:8080',
  'example.com:00080',
  'example.com:59999',
  'example.com:65535',
  'localhost',
  'localhost:43211',
  'my_service',
  '_dns.my_service.local:1',
  'a-b.c--d.e-',
  '1.2.3.example',
  '1e100.net',
  '127.0.0.1',
  '127.0.0.1:65535',
  '255.255.255.255',
  '10.0.0.9:8080',
  '0.0.0.0:',
  '[::1]',
  '[::1]:80',
  '[2001:DB8::1]:',
  '[::ffff:127.0.0.1]',
  'xn--nxasmq6b',
  'xn--bcher-kva.example:1',
  'axn--b',
  '%41.example',
];

/** What no Host header may contain; RFC 9110 §7.2. */
const NOT_A_HOST = [
  '',
  ':80',
  '::1',
  'a:b',
  'a:1:2',
  '[::1',
  '::1]',
  'a/b',
  'user@host',
  'a b',
  ' a',
  'a, b',
  'a\r\nb',
  'a\n',
  'a\tb',
  'a?b',
  'a#b',
  'a\\b',
  'a^b',
  'a|b',
  '<a>',
  'ex\u00e4mple',
];

/** What looks like one but is part of no URL. */
const NO_URL = [
  'a:99999',
  'a:65536',
  'a:100000',
  'example.com:65536',
  '256.1.1.1',
  '1.2.3.4.5',
  '08.1.1.1',
  '1.2.3.4x.5',
  'example.1',
  'example.0x1',
  'example.0x',
  'example.1.',
  '4294967296',
  '[zz]',
  '[]',
  '[::1::]',
  '[1.2.3.4]',
  '[v1.a]',
  '[fe80::1%25eth0]',
  '[fe80::1%eth0]:80',
  '%',
  '%4',
  'a%2fb',
  'a%00b',
  'a%20b',
  '%ff',
];

/** Labels in ASCII that encode nothing. The standard for URLs forbade them, and allows them now: so do versions of Node. */
const NO_ENCODING = ['xn--a', 'XN--A', 'xn--', 'xn--a.example', 'a.xn--a:80'];

test.each([
  ...GOOD.map((text) => [text, true] as const),
  ...NOT_A_HOST.map((text) => [text, false] as const),
  ...NO_URL.map((text) => [text, false] as const),
  ...NO_ENCODING.map((text) => [text, makesUrl(text)] as const),
])('isHost(%j): %s', (text, valid) => {
  expect(isHost(text)).toBe(valid);
});

/** The whole of what it must be, slowly. */
function makesUrl(text: string): boolean {
  try {
    const { username, pathname, search, hash } = new URL(`ws://${text}/x`);
    return username === '' && pathname === '/x' && search === '' && hash === '';
  } catch {
    return false;
  }
}

const label = fc.oneof(
  fc.string({ unit: fc.constantFrom(...Array.from('aZ019-_')), maxLength: 4 }),
  fc.constantFrom('xn--', 'xn--a', 'XN--B', 'xn--nxasmq6b', '0x', '0xf', '256', '09', '%41', '%'),
);
const name = fc.array(label, { minLength: 1, maxLength: 5 }).map((labels) => labels.join('.'));
const address = fc.oneof(
  fc.ipV4(),
  fc.ipV6().map((text) => `[${text}]`),
);
const garbage = fc.string({ unit: fc.constantFrom(...Array.from('a1.:-_[]%~*x ')) });
const port = fc.oneof(
  fc.constant(''),
  fc.nat(70_000).map((number) => `:${number}`),
  fc
    .string({ unit: fc.constantFrom(...Array.from('0159')), maxLength: 6 })
    .map((digits) => `:${digits}`),
);
const host = fc.tuple(fc.oneof(name, address, garbage), port).map((parts) => parts.join(''));

test('a host is what makes a URL, however it is recognised', () => {
  const property = fc.property(host, (text) => {
    if (isHost(text)) expect([text, makesUrl(text)]).toEqual([text, true]);
  });
  fc.assert(property, { numRuns: 5_000 });
});

test('every name and address that makes a URL is a host', () => {
  const property = fc.property(fc.oneof(name, address), port, (text, suffix) => {
    fc.pre(text !== '');
    expect([text + suffix, isHost(text + suffix)]).toEqual([
      text + suffix,
      makesUrl(text + suffix),
    ]);
  });
  fc.assert(property, { numRuns: 5_000 });
});

// A pattern that looks back, or tries again, would not come to an end with the larger size.
test.each([15_000, 1_500_000])('reads %i characters of anything', (length) => {
  for (const unit of [
    'a',
    '.',
    'a.',
    'xn--',
    'xn--a.',
    '1.',
    ':',
    '[',
    '[:',
    '%',
    '%41',
    '-',
    '_',
  ]) {
    for (const tail of ['', ' ', ':1', ':x', ']']) {
      const text = unit.repeat(length / unit.length) + tail;
      if (isHost(text)) expect(makesUrl(text)).toBe(true);
    }
  }
});
