/** What a client can dial: the URLs of the standard, and Unix sockets. */
import { parseWebSocketUrl } from '@ws/handshake';
import type { WebSocketUrl } from '@ws/handshake';
import { requiredUrlText } from './url-text';

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
 * @throws TypeError when it is neither a string nor a URL object of whatever class
 * @throws DOMException `SyntaxError` as `parseWebSocketUrl`; or when a `ws+unix:` or `wss+unix:` URL
 *   has a host or a fragment, or no path, or when its path has a `%` that encodes nothing.
 */
export function parseTarget(url: string | URL): Target {
  const text = requiredUrlText(url);
  return UNIX_SCHEME.test(text) ? parseUnixUrl(text) : parseWebSocketUrl(text);
}

function parseUnixUrl(text: string): Target {
  const href = URL.canParse(text) ? new URL(text).href : '';
  const [, path, target = '/'] = UNIX_URL.exec(href) ?? [];
  const socketPath = path === undefined ? undefined : decoded(path);
  if (socketPath === undefined || socketPath.includes('\0')) {
    // not with the URL in the message, since there may be a password in it
    throw syntaxError('the URL is not of the form ws+unix:/path/to.sock:/path');
  }
  const scheme = href.startsWith('wss') ? 'wss' : 'ws';
  return { ...parseWebSocketUrl(`${scheme}://localhost${target}`), href, socketPath };
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
