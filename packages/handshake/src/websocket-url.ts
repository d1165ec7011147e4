/** The URL a client connects to, by the rules of WHATWG WebSockets §3.1 and RFC 6455 §3. */
import { decodeUtf8 } from './runtime';

/** A WebSocket URL, taken apart for whoever dials it. */
export interface WebSocketUrl {
  /** The serialised URL, `ws:` or `wss:`, as `ws.url` shows it. */
  readonly href: string;
  /** Whether to use TLS. */
  readonly secure: boolean;
  /** The host without the brackets of an IPv6 address, ready for `net.connect`. */
  readonly hostname: string;
  readonly port: number;
  /** The value of the Host header: brackets kept, a default port left out. */
  readonly host: string;
  /** The request target: path and query. */
  readonly target: string;
  /** Percent-decoded; `''` when there is none. */
  readonly username: string;
  /** Percent-decoded; `''` when there is none. */
  readonly password: string;
}

const SCHEMES: ReadonlyMap<string, string> = new Map([
  ['ws:', 'ws:'],
  ['wss:', 'wss:'],
  ['http:', 'ws:'],
  ['https:', 'wss:'],
]);

const NO_URL = 'is not a valid URL such as ws://host:port/path';

const PERCENT_RUNS = /(?:%[0-9A-Fa-f]{2})+/g;

/**
 * Parses the URL of a WebSocket; `http:` and `https:` stand for `ws:` and `wss:`.
 *
 * @throws DOMException `SyntaxError` when it is no absolute URL, has another scheme or a fragment.
 */
export function parseWebSocketUrl(url: string | URL): WebSocketUrl {
  const parsed = absoluteUrl(String(url));
  const scheme = SCHEMES.get(parsed.protocol);
  if (scheme === undefined) {
    throw syntaxError(`the URL's scheme must be ws, wss, http or https, not "${parsed.protocol}"`);
  }
  // An empty fragment is one, too, and shows in `href` alone.
  if (parsed.href.includes('#')) throw syntaxError('the URL must not have a fragment');
  parsed.protocol = scheme;
  const secure = scheme === 'wss:';
  return {
    href: parsed.href,
    secure,
    hostname: parsed.hostname.replace(/^\[|\]$/g, ''),
    port: parsed.port === '' ? (secure ? 443 : 80) : Number(parsed.port),
    host: parsed.host,
    target: targetOf(parsed.href),
    username: percentDecoded(parsed.username),
    password: percentDecoded(parsed.password),
  };
}

function absoluteUrl(url: string): URL {
  try {
    return new URL(url);
  } catch (cause) {
    // What it was called with is in Node's own error, too; there may be a password in it.
    if (url.includes('@')) throw syntaxError(`the URL ${NO_URL}`);
    throw Object.assign(syntaxError(`${JSON.stringify(url)} ${NO_URL}`), { cause });
  }
}

/**
 * Everything from the path's slash on. Not `pathname + search`, which would lose an empty query;
 * and no slash comes before, since userinfo has its slashes percent-encoded. RFC 6455 §3.
 */
function targetOf(href: string): string {
  return href.slice(href.indexOf('/', 'wss://'.length));
}

/** WHATWG URL §1.3: what is not a percent-encoded byte stays; bytes that are not UTF-8 become U+FFFD. */
function percentDecoded(text: string): string {
  return text.replace(PERCENT_RUNS, (run) => {
    const bytes = run
      .slice(1)
      .split('%')
      .map((digits) => Number.parseInt(digits, 16));
    return decodeUtf8(Uint8Array.from(bytes));
  });
}

function syntaxError(message: string): DOMException {
  return new DOMException(message, 'SyntaxError');
}
