/**
 * Sockets of Node's that read into one buffer, in the place of a fresh one of 64 KiB for every chunk: to take it, touch it
 * first, and collect it costs more than what most chunks are for.
 *
 * `net.connect()` has this as its option `onread`; a socket that a server has accepted has it inside. So it is used only
 * where that was found as it is known to be, and only for sockets that nobody else listens to or has wrapped. For all
 * others, and as soon as somebody else listens, the stream is as Node has made it. `WS_NO_SHARED_READS` turns it off.
 */
import { isKnownNode } from '@ws/common';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { isSocket } from './plain-socket';

/** Called with the socket as `this`. @returns whether to go on reading */
export type OnRead<Owned extends Socket> = (
  this: Owned,
  length: number,
  buffer: Uint8Array,
) => boolean;

/** A socket, with what it has inside. */
type Inside = Socket & Record<symbol, unknown> & { readonly _handle?: Partial<Handle> | null };

interface Handle {
  useUserBuffer(buffer: Uint8Array): void;
}

/** Where a socket keeps the buffer that it reads into, and whom it tells. */
interface Places {
  readonly buffer: symbol;
  readonly onRead: symbol;
}

/** As much of a handle as a socket needs that never reads. */
class FakeHandle implements Handle {
  buffer: Uint8Array | null = null;

  useUserBuffer(buffer: Uint8Array): void {
    this.buffer = buffer;
  }

  close(closed?: () => void): void {
    closed?.();
  }
}

/** As Node has made them: whoever wraps one of these sees what a socket reads. */
const { push, emit } = Socket.prototype as { readonly push: unknown; readonly emit: unknown };

/** Sought when the first socket asks: that takes a millisecond, which loading is not to take. */
let found: Places | null | undefined;

function places(): Places | null {
  if (found === undefined) found = findPlaces();
  return found;
}

/** Whether a socket can be made to read into memory that is shared: now, not for good. */
export function canShareReads(socket: Duplex): socket is Socket {
  if (!isSocket(socket) || !isUnheard(socket)) return false;
  const known = places();
  if (known === null) return false;
  const inside = socket as Inside;
  return (
    socket.readableLength === 0 &&
    socket.readableFlowing === true &&
    inside[known.buffer] === null &&
    typeof inside._handle?.useUserBuffer === 'function'
  );
}

/**
 * Has a socket read into `buffer`, from its next chunk on and for good; `onRead` is told of each, in the place of the
 * event `data`.
 */
export function shareReads<Owned extends Socket>(
  socket: Owned,
  buffer: Uint8Array,
  onRead: OnRead<Owned>,
): void {
  const inside = socket as unknown as Inside;
  const { buffer: bufferPlace, onRead: callbackPlace } = places()!;
  inside[bufferPlace] = buffer;
  inside[callbackPlace] = onRead;
  inside._handle!.useUserBuffer!(buffer);
}

/** Whether nobody sees what such a socket reads but the one listener for `data`. */
export function isUnheard(socket: Socket): boolean {
  return (
    socket.listenerCount('data') === 1 &&
    socket.listenerCount('readable') === 0 &&
    socket.push === push &&
    socket.emit === emit &&
    socket.readableEncoding === null
  );
}

/** Null where sockets are not as they are known to be. */
function findPlaces(): Places | null {
  if (!isKnownNode(process.versions) || process.env['WS_NO_SHARED_READS']) return null;
  try {
    return rehearse();
  } catch {
    return null;
  }
}

/** Makes a socket with the option `onread`, and sees where it keeps what it was given, and what it does with it. */
function rehearse(): Places | null {
  const handle = new FakeHandle();
  const buffer = new Uint8Array(1);
  const callback = (): boolean => true;
  // The types know no handle.
  const options = { handle, manualStart: true, onread: { buffer, callback } } as object;
  const socket = new Socket(options) as Inside;
  const unused = new Socket() as Inside;
  const places = { buffer: placeOf(socket, buffer), onRead: placeOf(socket, callback) };
  socket.destroy();
  const { buffer: bufferPlace, onRead } = places;
  if (bufferPlace === null || onRead === null || handle.buffer !== buffer) return null;
  if (unused[bufferPlace] !== null || unused[onRead] !== null) return null;
  return { buffer: bufferPlace, onRead };
}

function placeOf(socket: Inside, value: unknown): symbol | null {
  return Object.getOwnPropertySymbols(socket).find((place) => socket[place] === value) ?? null;
}
