/** What a server thinks of a request: the verdict's shape, and the few ways to refuse. */
import type { ProtocolVersion, Refusal } from './heads';

/** A handshake that may be answered with `responseHead`. */
export interface AcceptedRequest {
  readonly ok: true;
  readonly version: ProtocolVersion;
  /** Sec-WebSocket-Key; `''` for the hixie versions, whose keys are elsewhere. */
  readonly key: string;
  /** The subprotocols the client offers, in its order of preference. */
  readonly protocols: readonly string[];
  /** Sec-WebSocket-Extensions as it was received. */
  readonly extensions: string | undefined;
  /** The origin of the page that opened the connection, when the client is a browser. */
  readonly origin: string | undefined;
}

/** A handshake that must be answered with `refusalResponse`. */
export interface RefusedRequest {
  readonly ok: false;
  readonly refusal: Refusal;
}

export type RequestVerdict = AcceptedRequest | RefusedRequest;

/** The wire's numbers of the versions that have one, newest first. */
export const VERSION_NUMBERS: ReadonlyMap<string, ProtocolVersion> = new Map([
  ['13', 'hybi-13'],
  ['8', 'hybi-08'],
  ['7', 'hybi-07'],
]);

/** 400: the request is not the handshake it claims to be. */
export function malformed(body: string): RefusedRequest {
  return refused(400, 'Bad Request', [], body);
}

/** 405: "The method of the request MUST be GET." RFC 6455 §4.1 */
export function wrongMethod(): RefusedRequest {
  const body = 'A WebSocket handshake must be a GET request.';
  return refused(405, 'Method Not Allowed', [['Allow', 'GET']], body);
}

/**
 * 426 with the versions the client may try instead (RFC 6455 §4.4), or 400 when none of those
 * `accepted` has a number that a client could be told.
 */
export function wrongVersion(accepted: readonly ProtocolVersion[], body: string): RefusedRequest {
  const numbers = [...VERSION_NUMBERS].filter(([, version]) => accepted.includes(version));
  if (numbers.length === 0) return malformed(body);
  const list = numbers.map(([number]) => number).join(', ');
  return refused(
    426,
    'Upgrade Required',
    [
      // "The server MUST send an Upgrade header field in a 426 response." RFC 9110 §15.5.22
      ['Upgrade', 'websocket'],
      ['Sec-WebSocket-Version', list],
    ],
    body,
  );
}

function refused(
  status: number,
  reason: string,
  headers: Refusal['headers'],
  body: string,
): RefusedRequest {
  return { ok: false, refusal: { status, reason, headers, body } };
}
