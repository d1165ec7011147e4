/**
 * Who a socket belongs to. It has one WebSocket, or one refusal, in its life: two would both answer the request, and
 * both read what comes. Before that somebody may hold it, who gives it up then.
 */

/** On a socket that has an owner: it takes a fraction of what an entry in a WeakMap does. */
const OWNER: unique symbol = Symbol('owner of the socket of an upgrade request');

/** Looks after a socket until it is taken. */
export interface Holder {
  /** Lets go of the socket, which has its new owner in this tick. */
  release(): void;
}

type Ownable = object & { [OWNER]?: Holder | 'taken' };

/** A WebSocket was to be made of a socket that another one has, or has had, or a socket that was refused. */
export class SocketTakenError extends Error {
  readonly code = 'WS_ERR_SOCKET_TAKEN' as const;

  constructor() {
    super('another WebSocket has this socket; is there more than one listener of upgrade?');
    this.name = 'SocketTakenError';
  }
}

/** Whether the socket has a WebSocket, or was refused. */
export function isTaken(socket: Ownable): boolean {
  return socket[OWNER] === 'taken';
}

/** @throws {SocketTakenError} another WebSocket has the socket */
export function refuseTaken(socket: Ownable): void {
  if (isTaken(socket)) throw new SocketTakenError();
}

/** Who holds the socket; undefined when nobody does. */
export function holderOf(socket: Ownable): Holder | undefined {
  const owner = socket[OWNER];
  return owner === 'taken' ? undefined : owner;
}

/** Says who holds a socket that nobody has taken. */
export function hold(socket: Ownable, holder: Holder): void {
  socket[OWNER] = holder;
}

/** Says that the socket is taken from here on, for good. */
export function take(socket: Ownable): void {
  holderOf(socket)?.release();
  socket[OWNER] = 'taken';
}
