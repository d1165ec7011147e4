import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { frontMatter, pagesOf, sidebar } from './sidebar';
import { SECTIONS } from './sections';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'pages-'));
});

afterEach(() => rmSync(root, { recursive: true }));

function write(path: string, text: string): void {
  mkdirSync(join(root, path, '..'), { recursive: true });
  writeFileSync(join(root, path), text);
}

const page = (title: string, order?: number): string =>
  `---\ntitle: ${title}\n${order === undefined ? '' : `order: ${order}\n`}---\n\n# ${title}\n`;

test('pages come by order, then by title, with the folder’s own page first', () => {
  write('how-to/b.md', page('Beta'));
  write('how-to/a.md', page('Alpha'));
  write('how-to/z.md', page('"Zeta: last?"', 1));
  write('how-to/index.md', page('How-to'));
  write('how-to/picture.svg', '');
  expect(pagesOf(root, 'how-to')).toEqual([
    { text: 'How-to', link: '/how-to/' },
    { text: 'Zeta: last?', link: '/how-to/z' },
    { text: 'Alpha', link: '/how-to/a' },
    { text: 'Beta', link: '/how-to/b' },
  ]);
});

test('every section has a sidebar', () => {
  const bars = sidebar(root);
  expect(Object.keys(bars)).toEqual(SECTIONS.map(({ folder }) => `/${folder}/`));
  expect(bars['/topics/']).toEqual([{ text: 'Topics', items: [] }]);
});

test('a page without a title is an error', () => {
  write('topics/a.md', '# A\n');
  expect(() => sidebar(root)).toThrow('a.md has no title in its front matter');
});

test('front matter is only at the top', () => {
  expect(frontMatter('text\n---\ntitle: a\n---\n').size).toBe(0);
});
