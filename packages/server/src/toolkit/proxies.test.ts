import fc from 'fast-check';
import { anyText } from '../../../common/test/any-text';
import { TrustedProxies, type TrustOption } from './proxies';

const PROXY = '10.0.0.1';

const rows: [
  what: string,
  TrustOption | undefined,
  peer: string,
  headers: Record<string, string>,
  client: string,
][] = [
  ['nobody is trusted', undefined, '1.1.1.1', { 'x-forwarded-for': '2.2.2.2' }, '1.1.1.1'],
  ['nobody is trusted', false, '1.1.1.1', { 'x-forwarded-for': '2.2.2.2' }, '1.1.1.1'],
  ['nobody is trusted', 0, '1.1.1.1', { forwarded: 'for=2.2.2.2' }, '1.1.1.1'],
  ['an IPv4 address as IPv6', false, '::ffff:1.1.1.1', {}, '1.1.1.1'],
  ['one proxy', true, PROXY, { 'x-forwarded-for': '2.2.2.2' }, '2.2.2.2'],
  ['one proxy that names nobody', true, PROXY, {}, PROXY],
  ['what a client claims', true, PROXY, { 'x-forwarded-for': '6.6.6.6, 2.2.2.2' }, '2.2.2.2'],
  ['two proxies', 2, PROXY, { 'x-forwarded-for': '6.6.6.6, 2.2.2.2, 10.0.0.2' }, '2.2.2.2'],
  ['more proxies than there are', 5, PROXY, { 'x-forwarded-for': '2.2.2.2, 10.0.0.2' }, '2.2.2.2'],
  ['a proxy by its address', [PROXY], PROXY, { 'x-forwarded-for': '6.6.6.6, 2.2.2.2' }, '2.2.2.2'],
  [
    'a network',
    ['10.0.0.0/8'],
    PROXY,
    { 'x-forwarded-for': '6.6.6.6, 2.2.2.2, 10.9.9.9' },
    '2.2.2.2',
  ],
  ['another address', [PROXY], '10.0.0.2', { 'x-forwarded-for': '2.2.2.2' }, '10.0.0.2'],
  [
    'a trusted proxy as IPv6',
    [PROXY],
    `::ffff:${PROXY}`,
    { 'x-forwarded-for': '2.2.2.2' },
    '2.2.2.2',
  ],
  ['all of them are trusted', ['10.0.0.0/8'], PROXY, { 'x-forwarded-for': '10.1.1.1' }, '10.1.1.1'],
  ['IPv6', ['fd00::/8'], 'fd00::1', { 'x-forwarded-for': '2001:db8::1' }, '2001:db8::1'],
  ['an address with a port', true, PROXY, { 'x-forwarded-for': '2.2.2.2:5000' }, '2.2.2.2'],
  ['IPv6 with a port', true, PROXY, { 'x-forwarded-for': '[2001:db8::1]:5000' }, '2001:db8::1'],
  ['a name that is no address', true, PROXY, { 'x-forwarded-for': '2.2.2.2, unknown' }, PROXY],
  ['Forwarded', true, PROXY, { forwarded: 'for=2.2.2.2;proto=https' }, '2.2.2.2'],
  [
    'Forwarded, quoted',
    true,
    PROXY,
    { forwarded: 'proto=https; For="[2001:db8::1]:5000"' },
    '2001:db8::1',
  ],
  ['Forwarded, several', 1, PROXY, { forwarded: 'for=6.6.6.6, for=2.2.2.2' }, '2.2.2.2'],
  ['Forwarded, behind open quotes', 1, PROXY, { forwarded: 'for=", for=2.2.2.2' }, '2.2.2.2'],
  ['Forwarded that cannot be read', 1, PROXY, { forwarded: 'for=2.2.2.2;for=6.6.6.6' }, PROXY],
  [
    'a proxy that hides the one in front',
    2,
    PROXY,
    { forwarded: 'for=2.2.2.2, for=_inner' },
    '2.2.2.2',
  ],
  [
    'a proxy that hides one whose address had to be known',
    [PROXY],
    PROXY,
    { forwarded: 'for=6.6.6.6, for=_inner' },
    PROXY,
  ],
  ['Forwarded, hidden', true, PROXY, { forwarded: 'for=_hidden' }, PROXY],
  ['Forwarded without for', true, PROXY, { forwarded: 'proto=https' }, PROXY],
  [
    'both headers that agree',
    true,
    PROXY,
    { 'x-forwarded-for': '2.2.2.2', forwarded: 'for=2.2.2.2' },
    '2.2.2.2',
  ],
  [
    'both headers that differ',
    true,
    PROXY,
    { 'x-forwarded-for': '2.2.2.2', forwarded: 'for=6.6.6.6' },
    PROXY,
  ],
  ['a peer without an address', true, '', { 'x-forwarded-for': '2.2.2.2' }, '2.2.2.2'],
];

test.each(rows)('%s: %j, from %s with %j', (_, option, peer, headers, client) => {
  expect(new TrustedProxies(option).sourceOf(peer, headers).address).toBe(client);
});

test.each<[TrustOption | undefined, peer: string, Record<string, string>, proxies: number]>([
  [undefined, PROXY, { forwarded: 'for=2.2.2.2' }, 0],
  [true, PROXY, {}, 1],
  [3, PROXY, { forwarded: 'for=2.2.2.2' }, 3],
  [[PROXY], '2.2.2.2', { forwarded: 'for=10.0.0.1' }, 0],
  [[PROXY], PROXY, {}, 1],
  [[PROXY], PROXY, { forwarded: 'for=10.0.0.1, for=2.2.2.2' }, 1],
  [[PROXY], PROXY, { forwarded: 'for=6.6.6.6, for=2.2.2.2, for=10.0.0.1' }, 2],
  [[PROXY], PROXY, { forwarded: 'for=2.2.2.2, proto=https' }, 1],
  [[PROXY], PROXY, { 'x-forwarded-for': '10.0.0.1, 10.0.0.1' }, 3],
])('with %j, from %s with %j, it came through %i proxies', (option, peer, headers, proxies) => {
  expect(new TrustedProxies(option).sourceOf(peer, headers).proxies).toBe(proxies);
});

test('no header makes another client of one that comes without a trusted proxy', () => {
  const proxies = new TrustedProxies([PROXY]);
  fc.assert(
    fc.property(anyText(), anyText(), (one, other) => {
      const headers = { 'x-forwarded-for': one, forwarded: other };
      expect(proxies.sourceOf('1.1.1.1', headers)).toEqual({ address: '1.1.1.1', proxies: 0 });
    }),
  );
});

test('headers as long as Node takes them are read in no time', () => {
  const proxies = new TrustedProxies(['10.0.0.0/8']);
  for (const text of [
    '10.1.1.1,'.repeat(7000),
    'for=";'.repeat(10_000),
    ';'.repeat(65_536),
    '"'.repeat(65_536),
  ]) {
    expect(typeof proxies.sourceOf(PROXY, { 'x-forwarded-for': text }).address).toBe('string');
    expect(typeof proxies.sourceOf(PROXY, { forwarded: text }).address).toBe('string');
  }
});

test.each<[unknown, string]>([
  [
    '10.0.0.1',
    'option trustProxy: "10.0.0.1" is not a boolean, a number of proxies, or a list of addresses',
  ],
  [-1, 'option trustProxy: -1 is not a number of proxies'],
  [1.5, 'option trustProxy: 1.5 is not a number of proxies'],
  [['x'], 'option trustProxy: "x" is not an address, nor a network such as 10.0.0.0/8'],
  [['10.0.0.0/33'], 'option trustProxy: "10.0.0.0/33" is not an address'],
  [['10.0.0.0/'], 'option trustProxy: "10.0.0.0/" is not an address'],
  [['10.0.0.0/8/8'], 'option trustProxy: "10.0.0.0/8/8" is not an address'],
  [[5], 'option trustProxy: 5 is not an address'],
])('the option %j is refused', (option, message) => {
  expect(() => new TrustedProxies(option as TrustOption)).toThrow(message);
});
