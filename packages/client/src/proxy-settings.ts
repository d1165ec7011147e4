/** The option `proxy`, checked. Its values are not shown in messages: they may hold a password. */
import type { ConnectionOptions as TlsOptions } from 'node:tls';
import { describe, givenOptions, isNone, knownOptions, tlsOptionsIn } from '@ws/common';
import { connectRequestHeaders, parseWebSocketUrl } from '@ws/handshake';
import type { HeaderInput, WebSocketUrl } from '@ws/handshake';
import { headerOptions } from './header-options';
import { IGNORED_TLS } from './nested-options';
import type { ProxyOptions } from './options';
import { urlText } from './url-text';

export interface ProxySettings {
  readonly url: WebSocketUrl;
  readonly headers: HeaderInput;
  readonly tls: TlsOptions;
}

const OPTIONS: ReadonlySet<string> = new Set(['origin', 'headers', 'tls']);
const HELP = { prefix: 'proxy.', elsewhere: new Map(tlsOptionsIn('proxy.tls')) };
/** What an environment variable says that is set to nothing. */
const NONE = '';
const SOCKS = /^socks/i;
const HTTP_ORIGIN = /^https?:\/\/[^/?#\\]+\/?$/i;

/**
 * Checks the option; the result shares nothing with it that could change.
 *
 * @throws {TypeError} it is neither a URL nor an object with one, has an unknown option, or its
 * headers cannot be sent
 */
export function proxySettings(option: unknown): ProxySettings | undefined {
  if (isNone(option) || option === NONE) return undefined;
  const text = urlText(option);
  const proxy = text === null ? option : { origin: text };
  if (typeof proxy !== 'object') {
    throw new TypeError(`option proxy: ${describe(proxy)} is neither a URL nor an object`);
  }
  const { origin, headers: given, tls } = knownOptions<ProxyOptions>(proxy, OPTIONS, HELP);
  if (isNone(origin) || origin === NONE) return undefined;
  const url = proxyUrl(origin);
  const headers = headerOptions(given, 'tunnel', 'proxy.headers');
  connectRequestHeaders({ authority: url.host, credentials: url, headers });
  return {
    url,
    headers,
    tls: givenOptions(tls, 'proxy.tls', IGNORED_TLS),
  };
}

function proxyUrl(origin: unknown): WebSocketUrl {
  const text = urlText(origin) ?? '';
  if (HTTP_ORIGIN.test(text) && URL.canParse(text)) return parseWebSocketUrl(text);
  const hint = SOCKS.test(text) ? '; a SOCKS proxy takes an agent, such as socks-proxy-agent' : '';
  throw new TypeError(
    `option proxy: its origin is not of the form http://host:port or https://host:port${hint}`,
  );
}
