import { join } from 'node:path';
import { PACKAGES } from './repository';
import { siteLink } from './repository-links';

const root = join(PACKAGES, '..');
const documented = new Set(['client', 'server']);
const withAddress = { root, documented, url: 'https://host.example/toolkit' };
const without = { ...withAddress, url: undefined };
const PAGE = join(PACKAGES, 'docs/how-to/a-page.md');
const README = join(PACKAGES, 'client/README.md');

test.each([
  ['https://example.com/a.md', 'https://example.com/a.md'],
  ['mailto:a@b.example', 'mailto:a@b.example'],
  ['/topics/', '/topics/'],
  ['#below', '#below'],
  ['', ''],
  ['origins.md#all', '/how-to/origins#all'],
  ['../topics/index.md', '/topics/'],
  ['../reference/client/classes/Client.md', '/reference/client/classes/Client'],
  ['../../client/README.md#options', '/reference/client/#options'],
  ['../../server', '/reference/server/'],
  ['../../../README.md', '/'],
  ['../../examples', 'https://host.example/toolkit/tree/main/packages/examples'],
  ['../../../LICENSE', 'https://host.example/toolkit/blob/main/LICENSE'],
])('a link of a page to %j leads to %j', (link, expected) => {
  expect(siteLink(withAddress, PAGE, link)).toBe(expected);
});

test('a link of a README to a page leads to the page', () => {
  expect(siteLink(without, README, '../docs/topics/index.md')).toBe('/topics/');
});

test('a file without an address is not linked', () => {
  expect(siteLink(without, README, '../../LICENSE')).toBeUndefined();
});

test('a link to nothing is an error', () => {
  expect(() => siteLink(without, README, '../nowhere.md')).toThrow(
    'packages/client/README.md links to ../nowhere.md, which does not exist',
  );
});
