/**
 * The header `Forwarded` (RFC 7239 §4): a list to which every proxy on the way adds an element.
 *
 * It is read from the end. What is in front of the proxies' elements is the client's, and may be
 * anything: read from there, quotes that it leaves open would swallow what a proxy has added.
 */
import { trimmed } from './syntax';

/** What one proxy says of the request that it got; undefined is what it does not say. */
export interface ForwardedElement {
  /** Who has sent it: an address, with a port or not, or a name that hides it. */
  readonly for: string | undefined;
  /** The Host that was asked for. */
  readonly host: string | undefined;
  /** The scheme: `http` or `https`. */
  readonly proto: string | undefined;
}

/** forwarded-pair, with the value in quotes or without; what should have quotes often has none. */
const PAIR = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+)=(?:"(.*)"|([^\s"]+))$/s;
const ESCAPE = /\\(.)/gs;

/**
 * The elements of the header, that of the nearest proxy first; null for what is none. Linear in its length.
 *
 * @param header a value, or several, which are one list
 */
export function forwardedElements(
  header: string | readonly string[] | undefined,
): (ForwardedElement | null)[] {
  if (header === undefined) return [];
  return partsFromTheEnd([header].flat().join(), ',').map(elementIn);
}

/** What separators outside of quotes leave between them, the last one first; empty parts are none. */
function partsFromTheEnd(text: string, separator: string): string[] {
  const parts: string[] = [];
  let end = text.length;
  let isQuoted = false;
  for (let at = end - 1; at >= -1; at--) {
    if (text[at] === '"' && !(isQuoted && isEscaped(text, at))) isQuoted = !isQuoted;
    if (at >= 0 && (isQuoted || text[at] !== separator)) continue;
    const part = trimmed(text.slice(at + 1, end));
    if (part !== '') parts.push(part);
    end = at;
  }
  return parts;
}

/** Whether an odd number of backslashes is in front of it. */
function isEscaped(text: string, at: number): boolean {
  let start = at;
  while (text[start - 1] === '\\') start--;
  return (at - start) % 2 === 1;
}

function elementIn(text: string): ForwardedElement | null {
  const parameters = new Map<string, string>();
  for (const pair of partsFromTheEnd(text, ';')) {
    const groups: readonly (string | undefined)[] = PAIR.exec(pair) ?? [];
    const [, name = '', quoted, token] = groups;
    const key = name.toLowerCase();
    const value = token ?? unquoted(quoted);
    // "Each parameter MUST NOT occur more than once per field-value." §4
    if (value === null || parameters.has(key)) return null;
    parameters.set(key, value);
  }
  return {
    for: parameters.get('for'),
    host: parameters.get('host'),
    proto: parameters.get('proto'),
  };
}

/** What stands between quotes, without the escapes; null where they cannot be escapes, or quotes. */
function unquoted(quoted: string | undefined): string | null {
  if (quoted === undefined || /["\\]/.test(quoted.replace(ESCAPE, ''))) return null;
  return quoted.replace(ESCAPE, '$1');
}
