/** Handshakes that are right, for tests to make wrong one header at a time. */
import type { HeaderMap, ProtocolVersion, RequestHead } from '../src';

/** The key and the digest of RFC 6455 §1.3. */
export const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';
export const ACCEPT = 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=';

/** The worked example of draft hixie-76 §1.3. */
export const KEY1 = '4 @1  46546xW%0l 1 5';
export const KEY2 = '12998 5 Y3 1  .P00';

const HTTP = { host: 'example.com', upgrade: 'websocket', connection: 'Upgrade' };

const HEADERS: Record<ProtocolVersion, HeaderMap> = {
  'hybi-13': { ...HTTP, 'sec-websocket-version': '13', 'sec-websocket-key': KEY },
  'hybi-08': { ...HTTP, 'sec-websocket-version': '8', 'sec-websocket-key': KEY },
  'hybi-07': { ...HTTP, 'sec-websocket-version': '7', 'sec-websocket-key': KEY },
  'hixie-76': { ...HTTP, 'sec-websocket-key1': KEY1, 'sec-websocket-key2': KEY2 },
  'hixie-75': HTTP,
};

/** A good request of `version`, with `headers` added or replaced. */
export function requestOf(version: ProtocolVersion, headers: HeaderMap = {}): RequestHead {
  return {
    method: 'GET',
    httpVersion: '1.1',
    url: '/',
    headers: { ...HEADERS[version], ...headers },
  };
}

/** The headers of a good response to `KEY`, with `headers` added or replaced. */
export function responseHeaders(headers: HeaderMap = {}): HeaderMap {
  return {
    upgrade: 'websocket',
    connection: 'Upgrade',
    'sec-websocket-accept': ACCEPT,
    ...headers,
  };
}

/** The header lines of a head, under lower-case names, repeated ones joined as Node joins them. */
export function parsedHeaders(head: string): Record<string, string> {
  const headers: Record<string, string> = {};
  const [section] = head.split('\r\n\r\n');
  for (const line of section.split('\r\n').slice(1)) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    headers[name] = name in headers ? `${headers[name]}, ${value}` : value;
  }
  return headers;
}
