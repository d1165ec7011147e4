/** Keeps the socket of an upgrade request safe while the application makes up its mind. */
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { ConnectionError } from '@ws/connection';
import { Departure } from './departure';
import { hold, holderOf, refuseTaken } from './socket-taken';
import type { Holder } from './socket-taken';
import { checkSocket } from './upgrade-arguments';

/**
 * Looks after the socket of an upgrade request until a WebSocket is made of it, or `rejectUpgrade()` answers
 * it. Errors of the socket crash nobody, nothing that comes is read or lost, and a client that leaves is noticed: then
 * the socket is destroyed, and there is nothing left to do. Whatever takes the socket over also takes it from
 * here. Holding it again has no effect.
 *
 * @returns aborts when the client has left, with a `ConnectionError` (`WS_ERR_CLIENT_GONE`), or the error of the socket
 * @throws {TypeError} it is not a socket
 * @throws {SocketTakenError} a WebSocket was made of the socket
 */
export function holdUpgrade(socket: Duplex): AbortSignal {
  checkSocket(socket);
  refuseTaken(socket);
  const holder = holderOf(socket);
  if (holder instanceof HeldSocket) return holder.signal;
  return new HeldSocket(socket).signal;
}

class HeldSocket implements Holder {
  readonly #socket: Duplex;
  readonly #departure: Departure;
  readonly #controller = new AbortController();
  #error: Error | null = null;

  constructor(socket: Duplex) {
    this.#socket = socket;
    this.#departure = new Departure(socket, this.#onDeparture);
    hold(socket, this);
    socket.on('error', this.#onError);
    socket.on('close', this.#onDeparture);
    this.#departure.watch();
    // Without the request, only a `Socket` is known to have no body in front of it.
    this.#departure.notice(!(socket instanceof Socket));
    if (this.#departure.happened) this.#onDeparture();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  release(): void {
    this.#departure.ignore();
    this.#socket.off('close', this.#onDeparture);
    this.#socket.off('error', this.#onError);
  }

  readonly #onError = (error: Error): void => {
    this.#error ??= error;
  };

  readonly #onDeparture = (): void => {
    this.#departure.destroy();
    this.#controller.abort(this.#error ?? new ConnectionError('WS_ERR_CLIENT_GONE'));
  };
}
