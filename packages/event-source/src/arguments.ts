/** What the constructor is given, judged before anything is written. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import { describe } from '@ws/common';
import { DOMException } from '@ws/connection';

/** A request that a Node server got, over HTTP/1 or HTTP/2. */
export type EventRequest = IncomingMessage | Http2ServerRequest;

/** The response to it. */
export type EventResponse = ServerResponse | Http2ServerResponse;

/**
 * @throws {TypeError} one of them is something else
 * @throws {DOMException} InvalidStateError: the response has begun, or is over, by somebody else
 */
export function checkArguments(request: unknown, response: unknown): void {
  if (!hasAll(request, ['headers', 'url', 'method'])) {
    throw new TypeError(`request: ${describe(request)} is not a request`);
  }
  if (!hasAll(response, ['writeHead', 'setHeader', 'write', 'end', 'on'])) {
    throw new TypeError(`response: ${describe(response)} is not a response`);
  }
  const { headersSent, writableEnded } = response as EventResponse;
  if (!headersSent && !writableEnded) return;
  const state = writableEnded ? 'has ended' : 'has begun';
  throw new DOMException(`response: it ${state} already`, 'InvalidStateError');
}

/** Whether the client has left. */
export function isGone(request: EventRequest, response: EventResponse): boolean {
  return response.destroyed || request.socket.destroyed;
}

function hasAll(value: unknown, names: readonly string[]): boolean {
  return typeof value === 'object' && value !== null && names.every((name) => name in value);
}
