/**
 * The bearer token of a client (RFC 6750 §2.1): in the Authorization header, or, as scripts in browsers can set no header, as
 * the subprotocol behind `bearer`: `new WebSocket(url, ['bearer', token])`.
 */

/** token68, RFC 9110 §11.2. */
const TOKEN68 = /^[A-Za-z0-9\-._~+/]+=*$/;
const SCHEME = /^bearer +/i;

/** The subprotocol that says that the next one is a token. It is what such a client is answered. */
export const BEARER = 'bearer';

/** @returns null when there is none, or it is malformed */
export function bearerIn(
  authorization: string | undefined,
  protocols: readonly string[],
): string | null {
  return inHeader(authorization) ?? inProtocols(protocols);
}

/** The subprotocols without `bearer` and the token behind it. */
export function withoutBearer(protocols: readonly string[]): readonly string[] {
  const at = protocols.indexOf(BEARER);
  return at < 0 ? protocols : protocols.toSpliced(at, 2);
}

function inHeader(authorization: string | undefined): string | null {
  const scheme = SCHEME.exec(authorization ?? '');
  if (authorization === undefined || scheme === null) return null;
  const token = authorization.slice(scheme[0].length).trimEnd();
  return TOKEN68.test(token) ? token : null;
}

function inProtocols(protocols: readonly string[]): string | null {
  const at = protocols.indexOf(BEARER);
  return at < 0 ? null : (protocols[at + 1] ?? null);
}
