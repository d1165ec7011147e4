import { isIPv4 } from 'node:net';
import fc from 'fast-check';
import { ownerOf } from './address-owner';

test.each<[what: string, addresses: string[], owner: string]>([
  ['IPv4', ['192.0.2.1'], '192.0.2.1'],
  [
    'IPv4 as IPv6',
    ['::ffff:192.0.2.1', '::FFFF:c000:201', '0:0:0:0:0:ffff:c000:0201'],
    '192.0.2.1',
  ],
  [
    'one network of IPv6',
    [
      '2001:db8:1:2::1',
      '2001:db8:1:2::2',
      '2001:db8:1:2:3:4:5:6',
      '2001:0DB8:0001:0002::',
      '2001:db8:1:2:3:4:192.0.2.1',
    ],
    '2001:db8:1:2',
  ],
  ['another one', ['2001:db8:1:3::1'], '2001:db8:1:3'],
  ['zeros left out', ['2001:db8::1', '2001:db8:0:0:1::', '2001:DB8:0::9'], '2001:db8:0:0'],
  ['zeros left out at the beginning', ['::1', '::'], '0:0:0:0'],
  ['zeros left out at the end', ['2001:db8:1:2:3::'], '2001:db8:1:2'],
  ['one host of the own link', ['fe80::1', 'FE80:0::0:1', 'fe80::1%eth0'], 'fe80:0:0:0:0:0:0:1'],
  ['another host of the own link', ['fe80::2'], 'fe80:0:0:0:0:0:0:2'],
  ['the last of such addresses', ['febf::1'], 'febf:0:0:0:0:0:0:1'],
  ['the first that is none', ['fec0::1'], 'fec0:0:0:0'],
  ['none', [''], ''],
])('%s: %j', (_, addresses, owner) => {
  expect(addresses.map(ownerOf)).toEqual(addresses.map(() => owner));
});

test('is that of the first 64 bits, however an address is written', () => {
  fc.assert(
    fc.property(fc.ipV6(), (address) => {
      const owner = ownerOf(address);
      if (isIPv4(owner)) return;
      const groups = owner.split(':');
      expect([4, 8]).toContain(groups.length);
      const normal = new URL(`http://[${address}]`).hostname.slice(1, -1);
      expect(ownerOf(normal)).toBe(owner);
      if (groups.length === 4) expect(ownerOf(`${owner}:1:2:3:4`)).toBe(owner);
    }),
  );
});
