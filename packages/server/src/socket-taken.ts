/** A socket has one WebSocket: two would both answer the request, and both read what comes. */

/** On a socket that a WebSocket was made of: it takes a fraction of what an entry in a WeakSet does. */
const TAKEN: unique symbol = Symbol('taken by a WebSocket');

type Takeable = object & { [TAKEN]?: true };

/** A WebSocket was to be made of a socket that another one has, or has had. */
export class SocketTakenError extends Error {
  readonly code = 'WS_ERR_SOCKET_TAKEN' as const;

  constructor() {
    super('another WebSocket has this socket; is there more than one listener of upgrade?');
    this.name = 'SocketTakenError';
  }
}

/** @throws {SocketTakenError} another WebSocket has the socket */
export function refuseTaken(socket: Takeable): void {
  if (socket[TAKEN] === true) throw new SocketTakenError();
}

/** Says that a WebSocket has the socket from here on, for good. */
export function take(socket: Takeable): void {
  socket[TAKEN] = true;
}
