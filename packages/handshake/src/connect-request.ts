/** What a client asks of an HTTP proxy: a tunnel to the server, RFC 9110 §9.3.6. */
import { basicCredentials } from './basic-credentials';
import type { Credentials } from './basic-credentials';
import { assertNotReserved, hasHeader, headerEntries, headerEntry } from './headers';
import type { HeaderInput } from './headers';

export interface ConnectRequest {
  /** The host and the port of the server, as they stand in the request line: `example.com:443`. */
  readonly authority: string;
  /** For the proxy. */
  readonly credentials: Credentials;
  /** More headers for the proxy, which may replace Proxy-Authorization. */
  readonly headers?: HeaderInput | undefined;
}

/** What the request line determines, and what would give the request a body. */
const RESERVED: ReadonlySet<string> = new Set(['host', 'content-length', 'transfer-encoding']);

/**
 * The headers of a CONNECT request, in the order to send them.
 *
 * The credentials become a Proxy-Authorization header unless `headers` has one.
 *
 * @throws TypeError when a header is malformed, or Host, Content-Length or Transfer-Encoding.
 * @see RFC 9110 §9.3.6, §11.7.2
 */
export function connectRequestHeaders(request: ConnectRequest): [string, string][] {
  const { authority, credentials, headers = {} } = request;
  const extra = headerEntries(headers, 'proxy headers');
  assertNotReserved(extra, RESERVED, 'proxy headers');
  const entries = [headerEntry('Host', authority, 'proxy')];
  const authorization = basicCredentials(credentials);
  if (authorization !== undefined && !hasHeader(extra, 'proxy-authorization')) {
    entries.push(['Proxy-Authorization', authorization]);
  }
  return [...entries, ...extra];
}
