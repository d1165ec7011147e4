/** Every link of the built site has a target, with the part of the page that it names. */
import { builtPages } from './built-site';

const PAGES = builtPages();

const targets = new Map([...PAGES].map(([path, html]) => [path, idsIn(html)]));

function idsIn(html: string): Set<string> {
  return new Set([...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id));
}

/** The links of a page to pages of the site, resolved. */
function linksIn(path: string, html: string): URL[] {
  return [...html.matchAll(/<a [^>]*?href="([^"]*)"/g)]
    .map(([, href]) => new URL(href.replaceAll('&amp;', '&'), `http://site${path}`))
    .filter(({ host }) => host === 'site');
}

function isDead({ pathname, hash }: URL): boolean {
  const ids = targets.get(pathname);
  if (ids === undefined) return true;
  return hash.length > 1 && !ids.has(decodeURIComponent(hash.slice(1)));
}

test('there is no dead link', () => {
  expect(PAGES.size).toBeGreaterThan(300);
  const dead = [...PAGES].flatMap(([path, html]) =>
    linksIn(path, html)
      .filter(isDead)
      .map(({ pathname, hash }) => `${path} → ${pathname}${hash}`),
  );
  expect(dead).toEqual([]);
});

test('there is no image from elsewhere, and no script or style', () => {
  const foreign = [...PAGES].flatMap(([path, html]) =>
    [
      ...html.matchAll(/<(?:img|script|link|iframe)[^>]*(?:src|href)="((?:https?:)?\/\/[^"]*)"/g),
    ].map(([, source]) => `${path}: ${source}`),
  );
  expect(foreign).toEqual([]);
});
