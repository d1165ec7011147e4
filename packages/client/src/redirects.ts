/** Where a redirect leads, and what may go there: RFC 9110 §15.4. */
import type { ConnectionOptions as TlsOptions } from 'node:tls';
import type { HeaderInput } from '@ws/handshake';
import { ConnectError, reasonOf } from './connect-error';
import type { ResponseHead } from './connect-error';
import type { RedirectSettings } from './settings';
import { parseTarget } from './target';
import type { Target } from './target';

/** What is asked for, and what is sent along. */
export interface Destination {
  readonly target: Target;
  readonly headers: HeaderInput;
  readonly tls: TlsOptions;
}

const STATUSES: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** What is meant for one host and no other. */
const OF_ONE_HOST: ReadonlySet<string> = new Set([
  'host',
  'authorization',
  'cookie',
  'proxy-authorization',
]);
const TLS_OF_ONE_HOST: ReadonlySet<string> = new Set([
  'servername',
  'cert',
  'key',
  'pfx',
  'passphrase',
]);

const ABSOLUTE = /^(?:wss?|https?):/i;

/** Whether a status sends the client elsewhere. */
export function isRedirect(statusCode: number): boolean {
  return STATUSES.has(statusCode);
}

/**
 * The destination that `response` names, coming from `from`.
 *
 * Host and port staying the same, everything is sent there, too; otherwise, and from `wss:` to `ws:`,
 * neither credentials nor cookies nor Host nor a client certificate are.
 *
 * @param count how many redirects this makes
 * @throws {ConnectError} it leads nowhere, from `wss:` to `ws:`, or is one too many
 */
export function redirected(
  from: Destination,
  response: ResponseHead,
  count: number,
  { most, allowInsecure }: RedirectSettings,
): Destination {
  if (count > most) throw new ConnectError('WS_ERR_TOO_MANY_REDIRECTS', undefined, { response });
  const next = locationOf(from.target, response);
  const insecure = from.target.secure && !next.secure;
  if (insecure && !allowInsecure) {
    throw new ConnectError('WS_ERR_INSECURE_REDIRECT', undefined, { response });
  }
  if (insecure || next.hostname !== from.target.hostname || next.port !== from.target.port) {
    const headers = without(from.headers, OF_ONE_HOST);
    return { target: next, headers, tls: without(from.tls, TLS_OF_ONE_HOST) };
  }
  return { ...from, target: onTheSameHost(next, from.target) };
}

/** Keeps the credentials, unless there are others, and the Unix socket. */
function onTheSameHost(next: Target, { username, password, socketPath }: Target): Target {
  const credentials = next.username === '' && next.password === '' ? { username, password } : {};
  return { ...next, ...credentials, socketPath };
}

function locationOf(from: Target, response: ResponseHead): Target {
  const { location } = response.headers;
  try {
    if (typeof location !== 'string') throw new TypeError('there is no Location');
    const url = new URL(
      utf8Of(location),
      `${from.secure ? 'wss' : 'ws'}://${from.host}${from.target}`,
    );
    if (!ABSOLUTE.test(url.href)) throw new TypeError(`its scheme is ${url.protocol}`);
    // A Location may have a fragment (§10.2.2), which a WebSocket's URL may not.
    url.hash = '';
    return parseTarget(url);
  } catch (cause) {
    const message = `the server redirects to nowhere that could be dialled: ${reasonOf(cause)}`;
    throw new ConnectError('WS_ERR_INVALID_REDIRECT', message, { cause, response });
  }
}

/** Header values are byte strings; URLs beyond ASCII are in UTF-8. */
function utf8Of(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

function without<Type extends object>(entries: Type, names: ReadonlySet<string>): Type {
  const kept = Object.entries(entries).filter(([name]) => !names.has(name.toLowerCase()));
  return Object.fromEntries(kept) as Type;
}
