/**
 * The URL that a client asked for, reconstructed on the server, behind trusted proxies or not.
 *
 * All parts come from the peer, so the result is made well-formed rather than believed: a host
 * that is none becomes `localhost`, a character that no URL may contain is percent-encoded.
 */
import { fieldValue } from './heads';
import type { RequestHead } from './heads';
import { isHost } from './host';
import { saidByProxies } from './said-by-proxies';
import type { SaidByProxies } from './said-by-proxies';

/** What the server knows that the request does not say. */
export interface RequestContext {
  /** Whether the connection itself is encrypted. */
  readonly secure: boolean;
  /**
   * Whether X-Forwarded-Proto, X-Forwarded-Host and Forwarded are believed; by default they are not. Say so only when
   * every request comes through a proxy that sets or removes each of them. With several proxies: how many are
   * trusted, counted from the server; `true` is one.
   */
  readonly trustProxy?: boolean | number | undefined;
}

/** absolute-form of a request target, RFC 9112 §3.2.2: scheme, authority and the rest. */
const ABSOLUTE_FORM = /^(?:https?|wss?):\/\/([^/?#]*)(.*)$/is;

/** What would end a header or begin a fragment; all else stays as the client wrote it. */
const UNSAFE = /[^\x21-\x7e]|#/g;

/** Many clients of a server ask for the same URL: they share the string. */
let latest = '';

/** Whether the client reached the service over TLS, as far as this server can know. */
export function isSecureRequest(request: RequestHead, context: RequestContext): boolean {
  return isSecure(saidOf(request, context), context);
}

/**
 * The URL that was asked for: `ws://host/path?query`, or `wss:` when the client uses TLS.
 *
 * Never throws, and never holds a character that could end a header; `new URL` takes it.
 */
export function requestUrl(request: RequestHead, context: RequestContext): string {
  const said = saidOf(request, context);
  const { authority, path } = splitTarget(request.url ?? '');
  // "A recipient … MUST ignore the received Host header field" for absolute-form. RFC 9112 §3.2.2
  const candidates = [said.host, authority, fieldValue(request.headers, 'host')];
  const host = candidates.find((candidate) => candidate !== undefined && isHost(candidate));
  const scheme = isSecure(said, context) ? 'wss' : 'ws';
  // `join` makes a string of its own: a template's would keep its parts alive as long as it lives.
  const url = [scheme, '://', host ?? 'localhost', path.replace(UNSAFE, percentEncoded)].join('');
  if (url !== latest) latest = url;
  return latest;
}

function saidOf({ headers }: RequestHead, { trustProxy = false }: RequestContext): SaidByProxies {
  return saidByProxies(headers, Number(trustProxy));
}

function isSecure({ proto }: SaidByProxies, { secure }: RequestContext): boolean {
  return proto === undefined ? secure : /^(?:https|wss)$/i.test(proto);
}

function splitTarget(target: string): { authority: string | undefined; path: string } {
  const [, authority, rest] = ABSOLUTE_FORM.exec(target) ?? [undefined, undefined, target];
  const path = rest.startsWith('/') ? rest : `/${rest.startsWith('?') ? rest : ''}`;
  return { authority: authority?.slice(authority.lastIndexOf('@') + 1), path };
}

/** Heads are byte strings, so a character is an octet; anything else was never on the wire. */
function percentEncoded(character: string): string {
  const code = character.charCodeAt(0);
  return code > 0xff ? '%EF%BF%BD' : `%${code.toString(16).toUpperCase().padStart(2, '0')}`;
}
