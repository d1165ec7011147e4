/** Where the links between files of the repository lead on the site. */
import { existsSync, statSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';

export interface Repository {
  /** Its folder. */
  readonly root: string;
  /** The address where people read its files; undefined if there is none. */
  readonly url: string | undefined;
  /** The folders, in `packages`, of those that are in the reference. */
  readonly documented: ReadonlySet<string>;
}

/** A link with a scheme, from the root of the site, or within the page. */
const ELSEWHERE = /^(?:[a-z][a-z+.-]*:|\/|#)/i;

/** The README of a package, or its folder. */
const README = /^packages\/([\w-]+)(?:\/README\.md)?$/;

/** The site's own pages, written or generated. */
const PAGE = /^packages\/docs\/(.+)$/;

/**
 * The link of the site that has the same target as a link in a file.
 *
 * @param file the path of the file with the link
 * @param link as it is written there
 * @returns undefined for a file that is not on the site, and has no address elsewhere
 * @throws {Error} there is no such file
 */
export function siteLink(repository: Repository, file: string, link: string): string | undefined {
  if (link === '' || ELSEWHERE.test(link)) return link;
  const [target = '', hash] = link.split('#');
  const path = resolve(dirname(file), decodeURI(target));
  const name = relative(repository.root, path).split(sep).join('/');
  const anchor = hash === undefined ? '' : `#${hash}`;
  const [, page] = PAGE.exec(name) ?? [];
  if (page !== undefined) return pageLink(page) + anchor;
  if (!existsSync(path)) throw new Error(`${file} links to ${link}, which does not exist`);
  const [, packageName = ''] = README.exec(name) ?? [];
  if (repository.documented.has(packageName)) return `/reference/${packageName}/${anchor}`;
  if (name === 'README.md') return `/${anchor}`;
  if (repository.url === undefined) return undefined;
  return `${repository.url}/${statSync(path).isDirectory() ? 'tree' : 'blob'}/main/${name}${anchor}`;
}

function pageLink(page: string): string {
  return `/${page.replace(/(?:(^|\/)index)?\.md$/, '$1')}`;
}
