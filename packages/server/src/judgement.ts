/** What a server makes of an upgrade request: whether to accept it, and with which extensions. */
import type { IncomingMessage } from 'node:http';
import { ExtensionHeaderError, parseExtensions } from '@ws/extensions';
import type { Activation } from '@ws/extensions';
import { judgeRequest, malformed } from '@ws/handshake';
import type { ProtocolVersion, RefusedRequest, RequestHead, RequestVerdict } from '@ws/handshake';
import type { ServerSettings } from './options';

export interface Judgement {
  readonly verdict: RequestVerdict;
  /** Whoever gets this closes the pipeline. */
  readonly extensions: Activation;
  /** What was thrown on account of the offer of extensions, if anything. */
  readonly cause?: unknown;
}

const NO_EXTENSIONS: Activation = { header: '', pipeline: null };

export function judge(request: IncomingMessage, settings: ServerSettings): Judgement {
  const { protocolVersions } = settings;
  const verdict = judgeRequest(withEveryHost(request), { protocolVersions });
  if (!verdict.ok || verdict.extensions === undefined) {
    return { verdict, extensions: NO_EXTENSIONS };
  }
  try {
    return { verdict, extensions: settings.extensions.accept(verdict.extensions) };
  } catch (error) {
    return { verdict: refusalFor(error), extensions: NO_EXTENSIONS, cause: error };
  }
}

/** What is to be said before extensions are agreed on: whether it is a handshake, with a well-formed offer of them. */
export function judgeHandshake(
  request: IncomingMessage,
  protocolVersions: readonly ProtocolVersion[],
): RequestVerdict {
  const verdict = judgeRequest(withEveryHost(request), { protocolVersions });
  if (!verdict.ok) return verdict;
  try {
    parseExtensions(verdict.extensions ?? '');
    return verdict;
  } catch (error) {
    return refusalFor(error);
  }
}

/**
 * An offer that "does not conform to the ABNF" fails the connection (RFC 6455 §9.1), whether or not
 * there is any extension to agree on. One that makes an extension throw must not do more harm.
 */
function refusalFor(error: unknown): RefusedRequest {
  if (error instanceof ExtensionHeaderError) {
    return malformed('The Sec-WebSocket-Extensions header is not valid.');
  }
  const body = 'An extension failed to answer the offer.';
  return {
    ok: false,
    refusal: { status: 500, reason: 'Internal Server Error', headers: [], body },
  };
}

/**
 * "A server MUST respond with a 400 status code to any HTTP/1.1 request message that … contains more
 * than one Host header field line" (RFC 9112 §3.2); in `headers` Node keeps only the first of them.
 */
function withEveryHost(request: IncomingMessage): RequestHead {
  // Not every framework's request is Node's own.
  const hosts = valuesOf(request.rawHeaders, 'host');
  if (hosts.length < 2) return request;
  const { method, httpVersion, headers } = request;
  return { method, httpVersion, headers: { ...headers, host: hosts } };
}

/** All values of a header; `rawHeaders` are Node's, names and values in turn. */
function valuesOf(rawHeaders: readonly string[] | undefined, name: string): string[] {
  const values: string[] = [];
  for (let i = 0; rawHeaders !== undefined && i < rawHeaders.length; i += 2) {
    const each = rawHeaders[i];
    if (each?.length === name.length && each.toLowerCase() === name)
      values.push(rawHeaders[i + 1] ?? '');
  }
  return values;
}
