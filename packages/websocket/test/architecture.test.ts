/** The map of the repository, ARCHITECTURE.md, names every package, and nothing that is not there. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../../..');
const DOCUMENT = readFileSync(join(ROOT, 'ARCHITECTURE.md'), 'utf8');

/** What the first group of a pattern matches in the document. */
function found(pattern: RegExp): string[] {
  return [...DOCUMENT.matchAll(pattern)].map(([, group]) => group);
}

test('every package is named', () => {
  const packages = readdirSync(join(ROOT, 'packages'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  const named = found(/\]\(packages\/([\w-]+)\)/g);
  expect(named.sort()).toEqual(packages.sort());
});

test('every file and folder that is named exists', () => {
  const paths = [
    ...found(/\]\(([\w./-]+)\)/g),
    ...found(/(?<!\[)`([\w-]+\/(?:src|test)\/[\w./-]+)`/g).map((path) => `packages/${path}`),
  ];
  expect(paths.length).toBeGreaterThan(30);
  expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});
