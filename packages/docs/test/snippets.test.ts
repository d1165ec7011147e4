/** Files that pages show exist, and tests run them. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { SNIPPETS, testSources } from './pages';

const TESTS = testSources().join('\n');

/** Whether a file is a test, or a test imports it or has its name in a table. */
function isTested(file: string): boolean {
  if (file.endsWith('.test.ts')) return true;
  const stem = basename(file).replace(/\.[cm]?[tj]sx?$/, '');
  const folder = basename(dirname(file));
  return [
    `/${stem}'`,
    `/${stem}.`,
    `'${stem}'`,
    `'${basename(file)}'`,
    `'${stem}.js'`,
    `${folder}/${stem}`,
  ].some((name) => TESTS.includes(name));
}

test('every file that a page shows exists', () => {
  expect(SNIPPETS.filter(({ file }) => !existsSync(file)).map(({ place }) => place)).toEqual([]);
});

test('so does every region of it', () => {
  const missing = SNIPPETS.filter(
    ({ file, region }) =>
      region !== undefined && !readFileSync(file, 'utf8').includes(`#region ${region}\n`),
  );
  expect(missing.map(({ place }) => place)).toEqual([]);
});

test('a test runs every one', () => {
  expect(SNIPPETS.filter(({ file }) => !isTested(file)).map(({ place }) => place)).toEqual([]);
  expect(isTested('packages/examples/src/readme/rooms.ts')).toBe(true);
  expect(isTested('packages/examples/src/readme/nowhere-to-be-found'.toUpperCase())).toBe(false);
});
