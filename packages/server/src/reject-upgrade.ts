/** Answers an upgrade request with an HTTP error, and lets go of its socket. */
import type { Duplex } from 'node:stream';
import { Deadline } from '@ws/connection';
import { refusalResponse } from '@ws/handshake';
import type { HeaderInput, Refusal } from '@ws/handshake';
import { waitsForEarlier } from './earlier-response';
import { DEFAULT_HANDSHAKE_TIMEOUT } from './options';
import { observeRefused } from './refused-channel';
import { refusalWith } from './refused-error';
import { refuseTaken, take } from './socket-taken';
import { checkSocket } from './upgrade-arguments';

/**
 * Answers an upgrade request, instead of making a WebSocket of it: behind the responses to earlier requests, and with
 * `Connection: close`. The socket needs nobody any more: its errors crash nobody, and it is destroyed when the
 * client has left, or 30 seconds later.
 *
 * @param status of HTTP: 200 to 599, and not 204 or 304
 * @param body sent as plain text, unless `headers` has a Content-Type. Default: the name of the status
 * @param headers beside `Connection` and `Content-Length`
 * @throws {TypeError} it is not a socket; a header cannot be sent, or is one of these
 * @throws {RangeError} the status is none that a body can have
 * @throws {SocketTakenError} a WebSocket was made of the socket, or it was rejected already
 */
export function rejectUpgrade(
  socket: Duplex,
  status: number,
  body?: string,
  headers: HeaderInput = {},
): void {
  checkSocket(socket);
  rejectWith(socket, refusalWith(status, body, headers));
  if (!socket.destroyed) observeRefused(status, 'application');
}

/** The same with an answer that is made already; throws as `rejectUpgrade()` does. */
export function rejectWith(socket: Duplex, refusal: Refusal): void {
  refuseTaken(socket);
  const response = refusalResponse(refusal);
  take(socket);
  // Also of one that is destroyed: its error comes a little later.
  socket.on('error', () => undefined);
  if (!socket.destroyed) new Rejection(socket, response).begin();
}

class Rejection {
  readonly #socket: Duplex;
  readonly #response: string;
  readonly #deadline = new Deadline(() => this.#socket.destroy());

  constructor(socket: Duplex, response: string) {
    this.#socket = socket;
    this.#response = response;
  }

  begin(): void {
    const socket = this.#socket;
    socket.once('close', () => this.#deadline.stop());
    this.#deadline.start(DEFAULT_HANDSHAKE_TIMEOUT);
    this.#answer();
  }

  /** Answers when it is this request's turn. What the client still sends is dropped. */
  #answer(): void {
    const socket = this.#socket;
    if (waitsForEarlier(socket, null, () => this.#answer())) return;
    socket.resume();
    if (socket.writable) socket.end(this.#response, 'latin1', () => this.#onAnswered());
  }

  /** The client may stay, but no process for it. */
  #onAnswered(): void {
    const socket: Duplex & { unref?: () => unknown } = this.#socket;
    socket.unref?.();
  }
}
