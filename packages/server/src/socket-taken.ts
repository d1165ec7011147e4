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

/** On a socket whose client a WebSocketServer is asking its hook about. */
const CLAIMED: unique symbol = Symbol('claimed by a WebSocketServer');

type Ownable = object & { [OWNER]?: Holder | 'taken'; [CLAIMED]?: boolean };

const TAKEN = 'another WebSocket has this socket; is there more than one listener of upgrade?';
const DECIDING =
  'a WebSocketServer is deciding about this socket: its upgrade hook returns refuse(), and makes no WebSocket; or is there more than one listener of upgrade?';

/**
 * A WebSocket was to be made of a socket that another one has, or has had, or a socket that was refused, or about which
 * a WebSocketServer is deciding.
 */
export class SocketTakenError extends Error {
  readonly code = 'WS_ERR_SOCKET_TAKEN' as const;

  constructor(message: string = TAKEN) {
    super(message);
    this.name = 'SocketTakenError';
  }
}

/** Whether the socket has a WebSocket, was refused, or is claimed. */
export function isTaken(socket: Ownable): boolean {
  return socket[OWNER] === 'taken' || socket[CLAIMED] === true;
}

/** @throws {SocketTakenError} another WebSocket has the socket, or somebody has claimed it */
export function refuseTaken(socket: Ownable): void {
  if (isTaken(socket)) throw new SocketTakenError(socket[CLAIMED] === true ? DECIDING : TAKEN);
}

/** Keeps a socket from all others until `unclaim()`: who has claimed it is about to take it. */
export function claim(socket: Ownable): void {
  socket[CLAIMED] = true;
}

export function unclaim(socket: Ownable): void {
  socket[CLAIMED] = false;
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
