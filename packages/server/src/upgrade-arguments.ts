/** The arguments that come from a server's `upgrade` event: an application may mix them up, or take them elsewhere. */
import { describe } from '@ws/common';

const SOURCE =
  "they come from the server's upgrade event: server.on('upgrade', (request, socket, head) => …)";

/**
 * What is called on a socket. A response and a request have some of them each: the methods alone tell them apart,
 * for frameworks with one handler for both events give the socket those of a response.
 */
const METHODS = ['on', 'write', 'end', 'pause', 'resume', 'destroy'];

/**
 * Checks the three of them; reads nothing, and changes nothing.
 *
 * @throws {TypeError} one is not what the event has; the message says where to get it
 */
export function checkUpgradeArguments(request: unknown, socket: unknown, head: unknown): void {
  const { headers, upgrade } = membersOf(request);
  if (typeof headers !== 'object' || headers === null) throw wrong('request', request, 'a request');
  checkSocket(socket);
  // Node says so of every request that it gives to `request` listeners: it goes on reading that socket itself.
  if (upgrade === false) {
    throw new TypeError(
      `request: it is from a request handler, and the HTTP server still reads its socket; ${SOURCE}`,
    );
  }
  // Who has left it out would lose what has come behind the request; null says that there is nothing.
  if (head !== null && !ArrayBuffer.isView(head)) throw wrong('head', head, 'a Buffer');
}

/** @throws {TypeError} it is not a socket; the message says where to get it */
export function checkSocket(socket: unknown): void {
  if (METHODS.every((name) => typeof membersOf(socket)[name] === 'function')) return;
  throw 'writeHead' in membersOf(socket)
    ? new TypeError(`socket: the response of a request is not a socket; ${SOURCE}`)
    : wrong('socket', socket, 'a stream');
}

function membersOf(value: unknown): Record<string, unknown> {
  return Object(value) as Record<string, unknown>;
}

function wrong(name: string, value: unknown, expected: string): TypeError {
  return new TypeError(`${name}: ${describe(value)} is not ${expected}; ${SOURCE}`);
}
