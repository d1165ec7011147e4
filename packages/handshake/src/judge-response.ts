/**
 * The client's reading of the server's answer: RFC 6455 §4.1, the numbered list at its end.
 *
 * Pure and total, like its counterpart for requests.
 */
import { secWebSocketAccept } from './accept';
import { HANDSHAKE_ERRORS } from './handshake-error';
import type { HandshakeErrorCode } from './handshake-error';
import { fieldValue } from './heads';
import type { HeaderMap, ResponseHead } from './heads';
import { listIncludes, trimmed } from './syntax';

/** What the client asked for. */
export interface ExpectedResponse {
  /** The Sec-WebSocket-Key that was sent. */
  readonly key: string;
  readonly protocols: readonly string[];
  readonly extensionsOffered: boolean;
}

/** The response completes the handshake. */
export interface AcceptedResponse {
  readonly ok: true;
  /** The subprotocol to speak, or `''`. */
  readonly protocol: string;
  /** Sec-WebSocket-Extensions as it was received; `undefined` when there is none. */
  readonly extensions: string | undefined;
}

/** The response does not complete the handshake. */
export interface FailedResponse {
  readonly ok: false;
  readonly code: HandshakeErrorCode;
  readonly message: string;
}

export type ResponseVerdict = AcceptedResponse | FailedResponse;

/**
 * Decides whether a response completes the handshake.
 *
 * A client that offered subprotocols gets one of them or fails, as in browsers; RFC 6455 alone
 * would let it go on without.
 *
 * @see RFC 6455 §4.1; WHATWG WebSockets §2.2
 */
export function judgeResponse(response: ResponseHead, expected: ExpectedResponse): ResponseVerdict {
  const { status, headers } = response;
  if (status !== 101) {
    return failed(
      'WS_ERR_UNEXPECTED_STATUS',
      `the server answered with status ${status}, not with 101`,
    );
  }
  // "contains a value that is not an ASCII case-insensitive match for … 'websocket'"
  if (singleValue(headers, 'upgrade')?.toLowerCase() !== 'websocket') {
    return failed('WS_ERR_INVALID_UPGRADE');
  }
  // "doesn't contain a token that is an ASCII case-insensitive match for the value 'Upgrade'"
  if (!listIncludes(headers['connection'], 'upgrade')) return failed('WS_ERR_INVALID_CONNECTION');
  // "but ignoring any leading and trailing whitespace"
  if (singleValue(headers, 'sec-websocket-accept') !== secWebSocketAccept(expected.key)) {
    return failed('WS_ERR_INVALID_ACCEPT');
  }
  return choicesVerdict(headers, expected);
}

function choicesVerdict(headers: HeaderMap, expected: ExpectedResponse): ResponseVerdict {
  const { protocols, extensionsOffered } = expected;
  const protocol = singleValue(headers, 'sec-websocket-protocol');
  // "If … null, failure, or the empty byte sequence, then fail the WebSocket connection." WHATWG §2.2
  if (protocol === undefined && protocols.length > 0) {
    return failedOver('WS_ERR_MISSING_SUBPROTOCOL', protocols.join(', '));
  }
  // "indicates the use of a subprotocol that was not present in the client's handshake"
  if (protocol !== undefined && !protocols.includes(protocol)) {
    return failedOver('WS_ERR_INVALID_SUBPROTOCOL', protocol);
  }
  // "indicates the use of an extension that was not present"; an empty list indicates none.
  const extensions = singleValue(headers, 'sec-websocket-extensions') || undefined;
  if (extensions !== undefined && !extensionsOffered) return failed('WS_ERR_UNEXPECTED_EXTENSION');
  return { ok: true, protocol: protocol ?? '', extensions };
}

function singleValue(headers: HeaderMap, name: string): string | undefined {
  const value = fieldValue(headers, name);
  return value === undefined ? undefined : trimmed(value);
}

/** @param what the subprotocols that it is about, shortened: a server may send any number of bytes */
function failedOver(code: HandshakeErrorCode, what: string): FailedResponse {
  return failed(code, `${HANDSHAKE_ERRORS[code].text}: ${JSON.stringify(what.slice(0, 80))}`);
}

function failed(
  code: HandshakeErrorCode,
  message: string = HANDSHAKE_ERRORS[code].text,
): FailedResponse {
  return { ok: false, code, message };
}
