/**
 * The sidebars of the reference. A page has the links of its own package and kind alone: with the links of all in
 * every page, the site would be several times as large.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { umbrellaFirst } from './packages';
import { slug } from './slug';

interface Item {
  readonly text: string;
  readonly link: string;
}

/** What a package exports of one kind: its classes, say. */
interface Kind {
  readonly text: string;
  readonly items: readonly Item[];
}

interface Entry extends Item {
  readonly items?: readonly Kind[];
}

/** By the prefix of the paths that it is for. */
type Bar = readonly [string, readonly object[]];

/** @param root the folder of the site's pages, where TypeDoc has written its own sidebar */
export function referenceBars(root: string, title: string): Bar[] {
  const entries = entriesIn(join(root, 'reference/typedoc-sidebar.json'));
  const links: readonly object[] = entries.map(({ text, link }) => ({ text, link }));
  const barOf = (items: readonly object[]): readonly object[] => [{ text: title, items }];
  const bars = entries.flatMap((entry, index) =>
    kindsOf(entry).map(([path, items]): Bar => {
      return [path, barOf(links.with(index, { ...links[index], items, collapsed: false }))];
    }),
  );
  return [['/reference/', barOf(links)], ...bars];
}

function entriesIn(path: string): Entry[] {
  if (!existsSync(path)) return [];
  const entries = JSON.parse(readFileSync(path, 'utf8')) as Entry[];
  return umbrellaFirst(entries, ({ text }) => text);
}

/** What is below a package in its sidebars: everything on its own page, and one kind on the pages of that kind. */
function kindsOf({ link, items: kinds = [] }: Entry): Bar[] {
  const open = kinds.map(({ text, items }) => ({ text, items, collapsed: false }));
  const closed: readonly object[] = kinds.map(({ text }) => ({
    text,
    link: `${link}#${slug(text)}`,
  }));
  const bars = kinds.map(({ text }, index): Bar => {
    return [`${link}${slug(text)}/`, closed.with(index, open[index]!)];
  });
  return [[link, open], ...bars];
}
