/** What a client can dial: the URLs of the standard, and Unix sockets. */
import { parseWebSocketUrl } from '@ws/handshake';
import type { WebSocketUrl } from '@ws/handshake';

/** A URL, taken apart for whoever dials it. */
export interface Target extends WebSocketUrl {
  /** The Unix socket to dial, whatever the host is. */
  readonly socketPath?: string | undefined;
}

const UNIX_SCHEME = /^\s*(ws|wss)\+unix:/i;

/** `ws+unix:/path/to.sock:/request/path?query`; the request's path may be left out. */
const UNIX_URL = /^wss?\+unix:(?:\/\/)?(\/(?!\/)[^:?#]+)(?::(\/[^#]*)?)?$/;

/**
 * Parses the URL of a WebSocket.
 *
 * @throws DOMException `SyntaxError` as `parseWebSocketUrl`; or when a `ws+unix:` or `wss+unix:` URL
 *   has a host or a fragment, or no path, or when its path has a `%` that encodes nothing.
 */
export function parseTarget(url: string | URL): Target {
  const text = String(url);
  return UNIX_SCHEME.test(text) ? parseUnixUrl(text) : parseWebSocketUrl(text);
}

function parseUnixUrl(text: string): Target {
  const { href, protocol } = absolute(text);
  const [, path, target = '/'] = UNIX_URL.exec(href) ?? [];
  const socketPath = path === undefined ? undefined : decoded(path);
  if (socketPath === undefined || socketPath.includes('\0')) {
    throw syntaxError(`${JSON.stringify(text)} is not of the form ws+unix:/path/to.sock:/path`);
  }
  const scheme = protocol === 'wss+unix:' ? 'wss' : 'ws';
  return { ...parseWebSocketUrl(`${scheme}://localhost${target}`), href, socketPath };
}

function absolute(text: string): URL {
  try {
    return new URL(text);
  } catch (cause) {
    throw Object.assign(syntaxError(`${JSON.stringify(text)} is not an absolute URL`), { cause });
  }
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

function syntaxError(message: string): DOMException {
  return new DOMException(message, 'SyntaxError');
}
