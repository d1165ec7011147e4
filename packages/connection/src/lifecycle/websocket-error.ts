/**
 * What `error` events, the `cause` of `close` and callbacks give. There are several classes, in several
 * packages; `code` tells them apart. So this is a union by code: whoever has compared the code has the
 * attributes that go with it, and may ask for any of them before.
 */
import type { ProtocolError } from '@ws/frame-parser';
import type { HandshakeErrorCode } from '@ws/handshake';
import type { ConnectionError } from './connection-error';
import type { HandshakeResponse } from './opening';

/** What happens on the way to a server, as a client calls it. */
export type DialErrorCode =
  | 'WS_ERR_CONNECT'
  | 'WS_ERR_PROXY'
  | 'WS_ERR_INVALID_REDIRECT'
  | 'WS_ERR_INSECURE_REDIRECT'
  | 'WS_ERR_TOO_MANY_REDIRECTS'
  | 'WS_ERR_TOO_MANY_HEADERS';

/**
 * Codes that Node, TLS and HTTP give their errors: `ECONNREFUSED`, `ERR_TLS_CERT_ALTNAME_INVALID`,
 * `CERT_HAS_EXPIRED`, `HPE_INVALID_CONSTANT`, … Patterns, so that a misspelt `WS_ERR_…` is none of them.
 */
export type SystemErrorCode =
  | `E${string}`
  | `CERT_${string}`
  | `CRL_${string}`
  | `HPE_${string}`
  | `UNABLE_TO_${string}`
  | `${string}SELF_SIGNED_CERT${string}`
  | 'HOSTNAME_MISMATCH'
  | 'INVALID_CA'
  | 'INVALID_PURPOSE'
  | 'OUT_OF_MEM'
  | 'PATH_LENGTH_EXCEEDED';

/** What a client's connection that could not be opened fails with. */
export type ConnectErrorCode = DialErrorCode | HandshakeErrorCode | SystemErrorCode;

/** A connection that a client could not open: the `ConnectError` of `@ws/client`. */
export interface FailedConnect extends Error {
  readonly code: ConnectErrorCode;
  /** The status of the answer; `undefined` when there was none. */
  readonly statusCode: number | undefined;
  /** The headers of the answer under lower-case names; `undefined` when there was none. */
  readonly headers: HandshakeResponse['headers'] | undefined;
  /** The first bytes of the body of the server's answer; `undefined` when there was none. */
  readonly body: Buffer | undefined;
}

/** A request that a server has answered with an HTTP error: the `RefusedError` of `@ws/server`. */
export interface RefusedRequest extends Error {
  readonly code: 'WS_ERR_REFUSED';
  /** The status that the client was sent. */
  readonly statusCode: number;
  readonly headers?: undefined;
  readonly body?: undefined;
}

/** What the stream of a connection failed with. */
export interface StreamError extends Error {
  /** Node's own; other streams need not give one. */
  readonly code?: SystemErrorCode;
}

/** It has not to do with an HTTP response. */
export interface WithoutResponse {
  readonly statusCode?: undefined;
  readonly headers?: undefined;
  readonly body?: undefined;
}

/** The peer has broken no rule of an open connection. */
export interface WithoutViolation {
  readonly closeCode?: undefined;
  readonly section?: undefined;
}

/** Why a connection could not be opened, has failed, or could not send. */
export type WebSocketError =
  | (ConnectionError & WithoutResponse & WithoutViolation)
  | (ProtocolError & WithoutResponse)
  | (FailedConnect & WithoutViolation)
  | (RefusedRequest & WithoutViolation)
  | (StreamError & WithoutResponse & WithoutViolation);

/** Every code of ours that such an error has; Node's come besides. */
export type WebSocketErrorCode = Exclude<NonNullable<WebSocketError['code']>, SystemErrorCode>;
