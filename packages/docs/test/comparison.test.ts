/** The versions that the comparison names are those that are installed, and measured. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const PAGE = readFileSync(join(__dirname, '../comparison/index.md'), 'utf8');
const named = [...PAGE.matchAll(/^- `([\w-]+)` (\d+\.\d+\.\d+)/gm)];

test.each(named.map(([, name, version]) => ({ name, version })))(
  '$name is $version',
  ({ name, version }) => {
    const path = join(__dirname, '../../../node_modules', name, 'package.json');
    const installed = JSON.parse(readFileSync(path, 'utf8')) as { version: string };
    expect(version).toBe(installed.version);
  },
);

test('four are named', () => {
  expect(named).toHaveLength(4);
});
