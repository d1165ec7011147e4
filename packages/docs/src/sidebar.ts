/** The sidebar, from the front matter of the pages: `title`, and `order` among those of its folder. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { referenceBars } from './reference-sidebar';
import { SECTIONS } from './sections';

export interface SidebarItem {
  readonly text: string;
  readonly link: string;
}

interface Page extends SidebarItem {
  readonly order: number;
}

/**
 * The items of every section, by the prefix of its paths.
 *
 * @param root the folder of the site's pages
 * @throws {Error} a page has no title
 */
export function sidebar(root: string): Record<string, readonly object[]> {
  const bars = SECTIONS.flatMap(({ folder, title }) => {
    if (folder === 'reference') return referenceBars(root, title);
    return [[`/${folder}/`, [{ text: title, items: pagesOf(root, folder) }]] as const];
  });
  return Object.fromEntries(bars);
}

/** The pages of a folder, by `order`, then by title. A folder's `index.md` is the page of the folder itself. */
export function pagesOf(root: string, folder: string): SidebarItem[] {
  return markdownIn(join(root, folder))
    .map((name) => pageOf(root, folder, name))
    .sort((one, other) => one.order - other.order || one.text.localeCompare(other.text))
    .map(({ text, link }) => ({ text, link }));
}

function markdownIn(path: string): string[] {
  return existsSync(path) ? readdirSync(path).filter((name) => name.endsWith('.md')) : [];
}

function pageOf(root: string, folder: string, name: string): Page {
  const path = join(root, folder, name);
  const fields = frontMatter(readFileSync(path, 'utf8'));
  const text = fields.get('title');
  if (text === undefined) throw new Error(`${path} has no title in its front matter`);
  const order = Number(fields.get('order') ?? (name === 'index.md' ? 0 : Infinity));
  return { text, link: `/${folder}/${name.replace(/(?:index)?\.md$/, '')}`, order };
}

/** The fields of a page's front matter; those of one line, that is, without quotes. */
export function frontMatter(page: string): ReadonlyMap<string, string> {
  const [, head = ''] = /^---\n(.*?)---\n/s.exec(page) ?? [];
  const fields = [...head.matchAll(/^(\w+): *(['"]?)(.*)\2$/gm)];
  return new Map(fields.map(([, name = '', , value = '']) => [name, value]));
}
