/** What pages include is there: of a region that does not exist, VitePress would include the whole file. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SECTIONS } from '../src/sections';

const PAGES = join(__dirname, '..');

const includes = SECTIONS.map(({ folder }) => join(PAGES, folder))
  .filter((folder) => existsSync(folder))
  .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
  .filter((file) => file.endsWith('.md'))
  .flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/<!--@include: (.+)#([\w-]+)-->/g)].map(
      ([, path, region]) => ({ file: join(dirname(file), path), region }),
    ),
  );

test.each(includes)('$file has the region $region', ({ file, region }) => {
  const text = readFileSync(file, 'utf8');
  expect(text).toContain(`\n<!-- #region ${region} -->\n`);
  expect(text).toContain(`\n<!-- #endregion ${region} -->\n`);
});

test('there are some', () => {
  expect(includes.length).toBeGreaterThan(0);
});
