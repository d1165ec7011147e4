/** Subprotocols (RFC 6455 §1.9): what a client may offer, and what a server chooses. */
import { isToken } from './syntax';

/**
 * The subprotocol to speak: the first of the client's that the server supports, or `undefined`
 * when they have none in common. RFC 6455 §4.2.2.
 */
export function chooseSubprotocol(
  requested: readonly string[],
  supported: readonly string[],
): string | undefined {
  return requested.find((protocol) => protocol !== '' && supported.includes(protocol));
}

/**
 * The subprotocols a client was asked to offer, as a fresh list.
 *
 * @param protocols one name, several, or none (`undefined`, `null`, `false`, `''` or an empty list).
 * @throws DOMException `SyntaxError` when a name is not a token, or occurs twice (in any case, as
 *   browsers compare them). WHATWG WebSockets §3.1, RFC 6455 §4.1.
 * @throws TypeError when `protocols` holds anything but strings.
 */
export function validateSubprotocols(
  protocols: string | readonly string[] | null | undefined,
): string[] {
  const names = asList(protocols);
  const seen = new Set<string>();
  for (const name of names) {
    if (typeof name !== 'string') throw new TypeError('a subprotocol must be a string');
    if (!isToken(name)) throw syntaxError(notAToken(name));
    if (seen.has(name.toLowerCase())) throw syntaxError(`subprotocol "${name}" is offered twice`);
    seen.add(name.toLowerCase());
  }
  return names as string[];
}

/** Whether a received offer is well-formed: tokens, none of which occurs twice. */
export function areDistinctTokens(names: readonly string[]): boolean {
  return names.every(isToken) && new Set(names).size === names.length;
}

function notAToken(name: string): string {
  const hint = name.includes(',') ? '; pass several as a list' : '';
  return `${JSON.stringify(name)} is not a valid subprotocol${hint}`;
}

function asList(protocols: unknown): unknown[] {
  if (protocols === undefined || protocols === null || protocols === false) return [];
  if (protocols === '') return [];
  if (typeof protocols === 'string') return [protocols];
  if (typeof protocols === 'object' && Symbol.iterator in protocols) {
    return [...(protocols as Iterable<unknown>)];
  }
  const hint = typeof protocols === 'object' ? '; options are the next argument' : '';
  throw new TypeError(`subprotocols must be a string or a list of strings${hint}`);
}

function syntaxError(message: string): DOMException {
  return new DOMException(message, 'SyntaxError');
}
