/** What a request says of itself. */
import { requestUrl } from '@ws/handshake';
import type { EventRequest } from './arguments';

/** The URL that the client asked for: `http:` or `https:`; never one that `new URL` refuses. */
export function urlOf(request: EventRequest, trustProxy: boolean): string {
  const { method = 'GET', url = '/', headers, socket } = request;
  const secure = Reflect.get(Object(socket) as object, 'encrypted') === true;
  // What HTTP/1 calls Host is a pseudo-header of HTTP/2 (RFC 9113 §8.3.1).
  const host = (headers[':authority'] as string | undefined) ?? headers.host;
  const asked = requestUrl({ method, url, headers: { ...headers, host } }, { secure, trustProxy });
  return asked.replace(/^ws/, 'http');
}

/** The id of the last event that the client has seen, `''` if there is none; it was sent in UTF-8. */
export function lastEventIdOf({ headers }: EventRequest): string {
  const value = headers['last-event-id'];
  return typeof value === 'string' ? Buffer.from(value, 'latin1').toString() : '';
}
