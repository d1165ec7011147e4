/** Why a connection could not be opened: one class for the network's reasons and for the server's. */
import type { ConnectErrorCode, DialErrorCode, SystemErrorCode } from '@ws/connection';

/** The client's own codes and what they mean; a server's wrong answer has those of `HandshakeError`. */
const CONNECT_ERRORS: Readonly<Record<DialErrorCode, string>> = {
  WS_ERR_CONNECT: 'the connection could not be made',
  WS_ERR_PROXY: 'the proxy did not connect to the server',
  WS_ERR_INVALID_REDIRECT: 'the server redirects to nowhere that could be dialled',
  WS_ERR_INSECURE_REDIRECT: 'the server redirects from wss: to ws:',
  WS_ERR_TOO_MANY_REDIRECTS: 'the server redirects more often than maxRedirects',
  WS_ERR_TOO_MANY_HEADERS: 'the response has too many headers',
};

/** The head of an HTTP response. */
export interface ResponseHead {
  readonly statusCode: number;
  /** Under lower-case names. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** What more is known about a failure. */
export interface ConnectErrorDetails {
  readonly cause?: unknown;
  /** The answer that made the connection fail. */
  readonly response?: ResponseHead | undefined;
  readonly body?: Buffer | undefined;
}

/** A connection that could not be opened. */
export class ConnectError extends Error {
  /**
   * `WS_ERR_…`, or what the system, TLS or HTTP has given its error: `ECONNREFUSED`,
   * `CERT_HAS_EXPIRED`, `HPE_INVALID_CONSTANT`, …
   */
  readonly code: ConnectErrorCode;
  /** The status of the answer; `undefined` when there was none. */
  readonly statusCode: number | undefined;
  /** The headers of the answer under lower-case names; `undefined` when there was none. */
  readonly headers: ResponseHead['headers'] | undefined;
  /** What came of the body of the server's answer within a second, 4,096 bytes at most; `undefined` when there was none. */
  readonly body: Buffer | undefined;

  /** @param message may be left out when the code is one of the client's own */
  constructor(
    code: ConnectErrorCode,
    message: string = CONNECT_ERRORS[code as DialErrorCode],
    { cause, response, body }: ConnectErrorDetails = {},
  ) {
    super(message, cause === undefined ? {} : { cause });
    this.name = 'ConnectError';
    this.code = code;
    this.statusCode = response?.statusCode;
    this.headers = response?.headers;
    this.body = body;
  }
}

/** What OpenSSL says of bytes that are not TLS, by the codes of its versions. */
const NO_TLS: ReadonlySet<unknown> = new Set([
  'ERR_SSL_WRONG_VERSION_NUMBER',
  'ERR_SSL_PACKET_LENGTH_TOO_LONG',
]);

/** The error for what has made a connection to `host` fail; what says it all already stays as it is. */
export function connectError(cause: unknown, host: string): ConnectError {
  if (cause instanceof ConnectError) return cause;
  const { code } = Object(cause) as { code?: unknown };
  return new ConnectError(
    typeof code === 'string' ? (code as SystemErrorCode) : 'WS_ERR_CONNECT',
    `cannot connect to ${host}: ${NO_TLS.has(code) ? 'it does not speak TLS, which wss: needs' : reasonOf(cause)}`,
    { cause },
  );
}

/** An error's message; those of several attempts together have none, but a code. */
export function reasonOf(error: unknown): string {
  const { message, code } = Object(error) as { message?: unknown; code?: unknown };
  return String(message || code || error);
}
