/**
 * What the proxies that are trusted say of a request: by `X-Forwarded-Proto` and `X-Forwarded-Host`, or by `Forwarded`
 * (RFC 7239).
 */
import { forwardedElements } from './forwarded';
import type { ForwardedElement } from './forwarded';
import type { HeaderMap } from './heads';
import { tokenList } from './syntax';

/** Undefined is what they do not say. */
export type SaidByProxies = Partial<Pick<ForwardedElement, 'host' | 'proto'>>;

const OTHER_HEADERS = ['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto'];

/**
 * Of an `X-Forwarded-…` list the first value counts: what the proxy next to the client saw. Of `Forwarded` it is the
 * element of the outermost proxy that is trusted, as clients can put any elements in front of it.
 *
 * A proxy sets headers of one kind, and may let through what a client has put into the other. So
 * `Forwarded` adds nothing to `X-Forwarded-…` headers, and what it contradicts is not believed.
 *
 * @param proxies how many are trusted
 */
export function saidByProxies(headers: HeaderMap, proxies: number): SaidByProxies {
  if (proxies === 0) return {};
  const elements = forwardedElements(headers['forwarded']);
  const element: SaidByProxies = elements[Math.min(proxies, elements.length) - 1] ?? {};
  if (!OTHER_HEADERS.some((name) => headers[name] !== undefined)) return element;
  return {
    host: unlessContradicted(headers['x-forwarded-host'], element.host),
    proto: unlessContradicted(headers['x-forwarded-proto'], element.proto),
  };
}

function unlessContradicted(
  list: string | readonly string[] | undefined,
  forwarded: string | undefined,
): string | undefined {
  const value = tokenList(list).at(0);
  if (value === undefined || forwarded === undefined) return value;
  return value.toLowerCase() === forwarded.toLowerCase() ? value : undefined;
}
