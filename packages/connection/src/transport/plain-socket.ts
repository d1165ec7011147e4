/**
 * What is known of sockets of Node's beyond their interface as streams.
 *
 * Whether memory that was written to a stream may be written to again: only if it is certain that the
 * kernel has it. A socket of Node's has handed over what it does not hold any more; one whose methods
 * somebody has wrapped, or replaced in a subclass, may have passed it to anybody.
 */
import { Socket } from 'node:net';
import { Duplex, Writable } from 'node:stream';

interface SocketMethods {
  readonly write: unknown;
  readonly _write: unknown;
  readonly _writev: unknown;
}

const { write, _write, _writev } = Socket.prototype as SocketMethods;
/** As Node has made it: somebody may have wrapped methods of all sockets before this was loaded. */
const isPristine =
  write === Duplex.prototype.write && (write as unknown) === Writable.prototype.write;

/** Whether `stream` is a socket of Node's, without TLS. */
export function isSocket(stream: Duplex): stream is Socket {
  return stream instanceof Socket && !('encrypted' in stream);
}

/** Whether such a socket hands over what it is given, and nobody else gets to see it. */
export function isPlain(socket: Duplex): boolean {
  if (!isPristine) return false;
  const methods = socket as unknown as SocketMethods;
  return methods.write === write && methods._write === _write && methods._writev === _writev;
}

/** What a socket has inside. */
interface WithHandle {
  readonly _handle?: { readonly writeQueueSize?: number } | null;
}

/** Bytes of the write under way that the kernel has not taken; 0 where that cannot be known. */
export function writeQueueSize(stream: Duplex): number {
  return (stream as WithHandle)._handle?.writeQueueSize ?? 0;
}
