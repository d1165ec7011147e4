/** The client's half of the opening handshake: RFC 6455 §4.1, and hybi-08 for old servers. */
import { basicCredentials } from './basic-credentials';
import { assertNotReserved, hasHeader, headerEntries, headerEntry, headText } from './headers';
import type { HeaderEntry, HeaderInput } from './headers';
import type { WebSocketUrl } from './websocket-url';

/** What a client asks for. */
export interface ClientRequest {
  readonly url: WebSocketUrl;
  /** Sec-WebSocket-Key, from `generateKey`; a new one for every request. */
  readonly key: string;
  /** Subprotocols by preference, as `validateSubprotocols` gives them. */
  readonly protocols?: readonly string[] | undefined;
  /** The value of Sec-WebSocket-Extensions. */
  readonly extensions?: string | undefined;
  readonly origin?: string | undefined;
  /** 13 by default. */
  readonly version?: 8 | 13 | undefined;
  /** More headers, which may replace Host, Origin and Authorization. Several cookies make one line. */
  readonly headers?: HeaderInput | undefined;
}

/** What the handshake writes itself, and what would give the request a body. */
const RESERVED: ReadonlySet<string> = new Set([
  'upgrade',
  'connection',
  'sec-websocket-key',
  'sec-websocket-version',
  'sec-websocket-accept',
  'sec-websocket-protocol',
  'sec-websocket-extensions',
  'content-length',
  'transfer-encoding',
]);

/** What the application may replace but not repeat. */
const SINGLE: readonly string[] = ['host', 'origin', 'sec-websocket-origin', 'authorization'];

const NOT_IN_TARGET = /[^\x21-\x7e]/;

/**
 * The headers of a client's handshake, in the order to send them.
 *
 * Credentials in the URL become an Authorization header unless `headers` has one.
 *
 * @throws TypeError when a header is malformed, repeated where one is allowed, or one that the
 *   handshake itself writes (subprotocols and extensions have parameters of their own).
 * @see RFC 6455 §4.1
 */
export function clientRequestHeaders(request: ClientRequest): [string, string][] {
  const { url, key, protocols = [], extensions, origin, version = 13, headers = {} } = request;
  const extra = withOneCookie(headerEntries(headers, 'headers'));
  assertNotReserved(extra, RESERVED, 'headers');
  assertSingle(extra);
  const own: [string, string | undefined][] = [
    ['Upgrade', 'websocket'],
    ['Connection', 'Upgrade'],
    ['Sec-WebSocket-Key', key],
    ['Sec-WebSocket-Version', String(version)],
    ['Sec-WebSocket-Protocol', protocols.length === 0 ? undefined : protocols.join(', ')],
    ['Sec-WebSocket-Extensions', extensions],
    [version === 8 ? 'Sec-WebSocket-Origin' : 'Origin', origin],
    ['Authorization', basicCredentials(url)],
  ];
  // "A user agent that sends Host SHOULD send it as the first field" RFC 9110 §7.2
  const host: HeaderEntry = extra.find(([name]) => name.toLowerCase() === 'host') ?? [
    'Host',
    url.host,
  ];
  const entries = [headerEntry(...host, 'handshake')];
  for (const [name, value] of own) {
    if (value === undefined || hasHeader(extra, name.toLowerCase())) continue;
    entries.push(headerEntry(name, value, 'handshake'));
  }
  return [...entries, ...extra.filter(([name]) => name.toLowerCase() !== 'host')];
}

/**
 * The whole head of a client's handshake, the final empty line included: a byte string, to be
 * written as `latin1`.
 *
 * @throws TypeError as `clientRequestHeaders` does, and when the URL's target has a character that
 *   `parseWebSocketUrl` would have encoded.
 */
export function clientRequestHead(request: ClientRequest): string {
  const { target } = request.url;
  if (NOT_IN_TARGET.test(target))
    throw new TypeError('the request target has a forbidden character');
  return headText(`GET ${target} HTTP/1.1\r\n`, clientRequestHeaders(request));
}

/** "the user agent MUST NOT attach more than one Cookie header field" RFC 6265 §5.4 */
function withOneCookie(entries: readonly HeaderEntry[]): HeaderEntry[] {
  const isCookie = ([name]: HeaderEntry): boolean => name.toLowerCase() === 'cookie';
  const [first, ...more] = entries.filter(isCookie);
  if (more.length === 0) return [...entries];
  const value = [first, ...more].map(([, cookie]) => cookie).join('; ');
  return entries.flatMap((entry): HeaderEntry[] => {
    if (!isCookie(entry)) return [entry];
    return entry === first ? [[first[0], value]] : [];
  });
}

function assertSingle(entries: readonly HeaderEntry[]): void {
  for (const single of SINGLE) {
    if (entries.filter(([name]) => name.toLowerCase() === single).length > 1) {
      throw new TypeError(`headers: header "${single}" may be given once`);
    }
  }
}
