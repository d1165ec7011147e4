/**
 * The head of the response. What the application or its middleware has set stays, but for what would
 * make it another thing than a stream of events.
 */
import { headerEntries } from '@ws/handshake';
import type { HeaderInput } from '@ws/handshake';
import { EVENT_STREAM } from './accept';
import type { EventRequest, EventResponse } from './arguments';

/** A header: its name and its value. */
export type HeaderEntry = readonly [name: string, value: string];

/** Unless there are others: no cache keeps an event, and nginx does not collect them. */
const DEFAULTS: readonly HeaderEntry[] = [
  ['Cache-Control', 'no-cache, no-store'],
  ['X-Accel-Buffering', 'no'],
];

/** They say where the response ends, and Node knows. */
const OF_NODE: ReadonlySet<string> = new Set(['content-length', 'transfer-encoding']);

/** "An endpoint MUST NOT generate" them, RFC 9113 §8.2.2 */
const NOT_IN_HTTP_2: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'upgrade',
]);

/** @throws {TypeError} a header cannot be sent, or not with events */
export function checkedHeaders(headers: HeaderInput): HeaderEntry[] {
  const entries = headerEntries(headers, 'option headers');
  for (const [name, value] of entries) {
    if (OF_NODE.has(name.toLowerCase())) {
      throw new TypeError(`option headers: "${name}" is set by Node: the length is not known`);
    }
    if (name.toLowerCase() === 'content-type' && !/^text\/event-stream *(?:;|$)/i.test(value)) {
      throw new TypeError(`option headers: the "${name}" of events is ${EVENT_STREAM}`);
    }
  }
  return entries;
}

/** Writes the head; an entry replaces what was set under its name, several of one name are all sent. */
export function writeHead(
  request: EventRequest,
  response: EventResponse,
  entries: readonly HeaderEntry[],
): void {
  for (const [name, value] of DEFAULTS) {
    if (!response.hasHeader(name)) response.setHeader(name, value);
  }
  response.removeHeader('Content-Length');
  response.setHeader('Content-Type', EVENT_STREAM);
  const names = new Set<string>();
  for (const [name, value] of entries) {
    const key = name.toLowerCase();
    if (request.httpVersionMajor > 1 && NOT_IN_HTTP_2.has(key)) continue;
    if (names.has(key)) response.appendHeader(name, value);
    else response.setHeader(name, value);
    names.add(key);
  }
  response.writeHead(200);
}
