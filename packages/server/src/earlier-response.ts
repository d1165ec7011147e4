/**
 * The response to an earlier request on the socket of an upgrade request. A client may send its
 * requests without waiting ("pipelining"), and "a server MUST send the corresponding responses in the
 * same order" (RFC 9112 §9.3.2). Node emits `upgrade` all the same, and does not say that it must wait.
 */
import { AsyncResource } from 'node:async_hooks';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { http } from './node-http';

/**
 * Whether there is a response that must be finished first. If so, `goOn` is called when it is over,
 * however that was; there may be another behind it then.
 *
 * @param request that of the upgrade, if it is known
 */
export function waitsForEarlier(
  socket: Duplex,
  request: IncomingMessage | null,
  goOn: () => void,
): boolean {
  // Where Node keeps the response whose turn it is.
  const response = '_httpMessage' in socket ? socket._httpMessage : null;
  if (!(response instanceof http().ServerResponse)) return false;
  if (belongsTo(response as ServerResponse, request)) return false;
  // Not in the context of that other request.
  response.once('close', AsyncResource.bind(goOn));
  return true;
}

/** Frameworks make a response for the upgrade request itself, which they may have wrapped. */
function belongsTo({ req }: ServerResponse, request: IncomingMessage | null): boolean {
  return req === request || ('upgrade' in req && req.upgrade === true);
}
