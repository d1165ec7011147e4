/**
 * `docs/topics/security-tests.md` names a test for everything that is thrown at the toolkit. Here it is read, so
 * that it names none that has been renamed or removed, and leaves no row without one.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../../..');
const DOCUMENT = readFileSync(join(ROOT, 'packages/docs/topics/security-tests.md'), 'utf8');

interface Reference {
  readonly file: string;
  readonly title: string;
}

/** What is named in a text, as `file › title`. */
function referencesIn(text: string): Reference[] {
  const pattern = /`([\w./-]+) › ([^`]+)`/g;
  return [...text.matchAll(pattern)].map(([, file, title]) => ({ file, title }));
}

/** Whether a title, or a row of a table of tests, in this file begins like that. */
function exists({ file, title }: Reference): boolean {
  const path = join(ROOT, 'packages', file);
  if (!existsSync(path)) return false;
  const source = readFileSync(path, 'utf8');
  return ["'", '"', '`'].some((quote) => source.includes(quote + title));
}

/** The rows of the tables, without their heads. */
const ROWS = DOCUMENT.split('\n').filter(
  (line, index, lines) =>
    line.startsWith('|') && !line.startsWith('| -') && !lines[index + 1]?.startsWith('| -'),
);

test('every test that is named exists', () => {
  const references = referencesIn(DOCUMENT);
  expect(references.length).toBeGreaterThan(150);
  expect(references.filter((reference) => !exists(reference))).toEqual([]);
});

test('every row names one', () => {
  expect(ROWS.length).toBeGreaterThan(80);
  expect(ROWS.filter((row) => referencesIn(row).length === 0)).toEqual([]);
});

test('a test that is not there would be missed', () => {
  const here = 'websocket/test/evidence.test.ts';
  const found = ['every row names one', 'every row', 'is missing'].map((title) =>
    exists({ file: here, title: title === 'is missing' ? title.toUpperCase() : title }),
  );
  expect(found).toEqual([true, true, false]);
  expect(exists({ file: 'websocket/test/nowhere.test.ts', title: 'every row' })).toBe(false);
});
