/** The heads of upgrade requests, as byte strings. */
import { createHash } from 'node:crypto';

export type Headers = Record<string, string | readonly string[] | undefined>;

/** The example of RFC 6455 §1.3. */
export const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';
export const ACCEPT = 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=';

/** What RFC 6455 demands of a client. */
export const HYBI_13: Headers = {
  Host: 'example.com',
  Upgrade: 'websocket',
  Connection: 'Upgrade',
  'Sec-WebSocket-Key': KEY,
  'Sec-WebSocket-Version': '13',
};

export const HYBI_08: Headers = { ...HYBI_13, 'Sec-WebSocket-Version': '8' };
export const HYBI_07: Headers = { ...HYBI_13, 'Sec-WebSocket-Version': '7' };

export const HIXIE_75: Headers = {
  Upgrade: 'WebSocket',
  Connection: 'Upgrade',
  Host: 'example.com',
  Origin: 'http://example.com',
};

/** The worked example of draft hixie-76. */
export const HIXIE_76: Headers = {
  ...HIXIE_75,
  'Sec-WebSocket-Key1': '4 @1  46546xW%0l 1 5',
  'Sec-WebSocket-Key2': '12998 5 Y3 1  .P00',
};
export const KEY3 = '^n:ds[4U';
export const CHALLENGE = "8jKS'y:G*Co,Wxa-";

/** A request head; a header that is undefined is left out, one with several values is repeated. */
export function head(headers: Headers = HYBI_13, line = 'GET /demo HTTP/1.1'): string {
  const lines = Object.entries(headers).flatMap(([name, value]) => {
    const values = typeof value === 'string' ? [value] : (value ?? []);
    return values.map((item) => `${name}: ${item}\r\n`);
  });
  return `${line}\r\n${lines.join('')}\r\n`;
}

/** Sec-WebSocket-Accept for a key, by the letter of RFC 6455 §4.2.2. */
export function acceptFor(key: string): string {
  return createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
}

/** A response head. */
export function responseHead(line: string, headers: Headers): string {
  return head(headers, `HTTP/1.1 ${line}`);
}
