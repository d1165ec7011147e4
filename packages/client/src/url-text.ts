import { describe } from '@ws/common';

/** What every realm's own `toString` says of an object without one. */
const NO_TEXT = '[object ';

/**
 * The text of a URL: a string, or an object of whatever class or realm that has an `href` or turns
 * into a string of its own.
 *
 * @returns null when `url` is nothing of the kind
 */
export function urlText(url: unknown): string | null {
  if (typeof url === 'string') return url;
  if (typeof url !== 'object' || url === null) return null;
  const { href, toString } = url as { href?: unknown; toString?: () => unknown };
  if (typeof href === 'string') return href;
  const text = typeof toString === 'function' ? String(toString.call(url)) : NO_TEXT;
  return text.startsWith(NO_TEXT) ? null : text;
}

/** @throws {TypeError} `url` is no URL */
export function requiredUrlText(url: unknown): string {
  const text = urlText(url);
  if (text !== null) return text;
  const hint = typeof url === 'object' && url !== null ? '; for a server, see WebSocketServer' : '';
  throw new TypeError(
    `the URL, the first argument: ${describe(url)} is neither a string nor a URL${hint}`,
  );
}
