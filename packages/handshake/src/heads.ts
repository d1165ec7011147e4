/**
 * The shapes that go in and out of this package: HTTP heads as plain values.
 *
 * Header values are byte strings: one character is one octet (ISO 8859-1), as Node's HTTP parser
 * delivers them and as every head built here must be written (`socket.write(head, 'latin1')`).
 */

/** A version of the protocol that a server can accept, named as `ws.version` shows it. */
export type ProtocolVersion = 'hybi-13' | 'hybi-08' | 'hybi-07' | 'hixie-76' | 'hixie-75';

/** Every protocol version, newest first. */
export const PROTOCOL_VERSIONS: readonly ProtocolVersion[] = Object.freeze([
  'hybi-13',
  'hybi-08',
  'hybi-07',
  'hixie-76',
  'hixie-75',
]);

/** Received headers under lower-case names, in the shape of Node's `IncomingMessage.headers`. */
export interface HeaderMap {
  readonly [name: string]: string | readonly string[] | undefined;
}

/** The head of a request; a Node `IncomingMessage` fits as it is. */
export interface RequestHead {
  readonly method?: string | undefined;
  /** `'1.1'`; when absent, HTTP/1.1 is assumed. */
  readonly httpVersion?: string | undefined;
  /** The request target as it stood in the request line. */
  readonly url?: string | undefined;
  readonly headers: HeaderMap;
}

/** The head of a response; build it from a Node `IncomingMessage`'s `statusCode` and `headers`. */
export interface ResponseHead {
  readonly status: number;
  readonly headers: HeaderMap;
}

/** An HTTP answer that declines a handshake. */
export interface Refusal {
  readonly status: number;
  /** The HTTP reason phrase. */
  readonly reason: string;
  readonly headers: readonly (readonly [string, string])[];
  /** A short text that says why. */
  readonly body: string;
}

/**
 * The value of a header that may occur once. Several values come out joined by `', '`, as Node
 * joins them, so that no grammar for a single value accepts them.
 */
export function fieldValue(headers: HeaderMap, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'object' ? value.join(', ') : value;
}
