/**
 * The cookies of a request (RFC 6265 §5.4), read as leniently as a server has to: what has no name is passed over,
 * quotes around a value are taken off, and a value that is percent-encoded is decoded, as most libraries write them so.
 * Of two with one name the first counts: browsers send the one with the longest path first.
 *
 * Takes time in proportion to the length of the header.
 *
 * @param header the value of Cookie; several are one, which Node has joined
 */
export function cookiesIn(header: string | undefined): ReadonlyMap<string, string> {
  const cookies = new Map<string, string>();
  for (const pair of (header ?? '').split(';')) {
    const at = pair.indexOf('=');
    const name = pair.slice(0, Math.max(at, 0)).trim();
    if (name === '' || cookies.has(name)) continue;
    cookies.set(name, decoded(unquoted(pair.slice(at + 1).trim())));
  }
  return cookies;
}

function unquoted(value: string): string {
  const isQuoted = value.length > 1 && value.startsWith('"') && value.endsWith('"');
  return isQuoted ? value.slice(1, -1) : value;
}

function decoded(value: string): string {
  if (!value.includes('%')) return value;
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
