/** What a server makes of an upgrade request: whether to accept it, and with which extensions. */
import type { IncomingMessage } from 'node:http';
import { ExtensionHeaderError } from '@ws/extensions';
import type { Activation, Extensions } from '@ws/extensions';
import { judgeRequest, malformed } from '@ws/handshake';
import type { RefusedRequest, RequestHead, RequestVerdict } from '@ws/handshake';
import type { ServerSettings } from './options';

export interface Judgement {
  readonly verdict: RequestVerdict;
  /** Whoever gets this closes the pipeline. */
  readonly extensions: Activation;
}

const NO_EXTENSIONS: Activation = { header: '', pipeline: null };

/** @throws what an extension throws */
export function judge(request: IncomingMessage, settings: ServerSettings): Judgement {
  const { protocolVersions } = settings;
  const verdict = judgeRequest(withEveryHost(request), { protocolVersions });
  if (!verdict.ok) return { verdict, extensions: NO_EXTENSIONS };
  const extensions = agreedOn(settings.extensions, verdict.extensions);
  return 'ok' in extensions
    ? { verdict: extensions, extensions: NO_EXTENSIONS }
    : { verdict, extensions };
}

/**
 * What to say to an offer of extensions. One that "does not conform to the ABNF" fails the
 * connection (RFC 6455 §9.1), whether or not there is any extension to agree on.
 */
function agreedOn(extensions: Extensions, offer: string | undefined): Activation | RefusedRequest {
  if (offer === undefined) return NO_EXTENSIONS;
  try {
    return extensions.accept(offer);
  } catch (error) {
    if (!(error instanceof ExtensionHeaderError)) throw error;
    return malformed('The Sec-WebSocket-Extensions header is not valid.');
  }
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
