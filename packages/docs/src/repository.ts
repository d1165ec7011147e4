/** This repository. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { publishedPackages } from './packages';
import type { Repository } from './repository-links';

export const PAGES: string = join(__dirname, '..');
export const PACKAGES: string = join(PAGES, '..');
const ROOT = join(PACKAGES, '..');

export const REPOSITORY: Repository = {
  root: ROOT,
  url: addressIn(join(ROOT, 'package.json')),
  documented: new Set(publishedPackages(PACKAGES).map(({ folder }) => folder)),
};

/** The address that a package.json has as its `repository`. */
function addressIn(path: string): string | undefined {
  const { repository } = JSON.parse(readFileSync(path, 'utf8')) as {
    repository?: { url: string };
  };
  return repository?.url.replace(/^git\+/, '').replace(/\.git$/, '');
}
