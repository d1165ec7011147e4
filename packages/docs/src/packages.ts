/** The packages that are in the reference: those that are published. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Package {
  readonly name: string;
  readonly folder: string;
}

/** What most people install. */
const UMBRELLA = '@ws/websocket';

/** Items by package, those of the umbrella first; else in their order. */
export function umbrellaFirst<Item>(
  items: readonly Item[],
  nameOf: (item: Item) => string,
): Item[] {
  const isFirst = (item: Item): boolean => nameOf(item).startsWith(UMBRELLA);
  return [...items.filter(isFirst), ...items.filter((item) => !isFirst(item))];
}

/** @param packages the folder of all packages */
export function publishedPackages(packages: string): Package[] {
  return readdirSync(packages, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name: folder }) => ({ folder, ...manifest(join(packages, folder)) }))
    .filter(({ isPrivate }) => !isPrivate)
    .map(({ folder, name }) => ({ folder, name }));
}

function manifest(folder: string): { name: string; isPrivate: boolean } {
  const text = readFileSync(join(folder, 'package.json'), 'utf8');
  const { name, private: isPrivate = false } = JSON.parse(text) as {
    name: string;
    private?: boolean;
  };
  return { name, isPrivate };
}
