/**
 * One connection of the load: an open TCP socket, past the opening handshake, and its bytes.
 *
 * A loss of the connection that nobody asked for is thrown, and ends the load process: a measurement
 * with a hole is none.
 */
import type { Socket } from 'node:net';

export class LoadConnection {
  /** Called with every chunk; borrowed for the call. */
  onBytes: (bytes: Uint8Array) => void = () => {
    throw new Error('bytes came that nothing had asked for');
  };

  readonly #socket: Socket;
  #closing = false;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('error', (error) => this.#lost(error));
    socket.on('close', () => this.#lost(new Error('closed by the other end')));
  }

  /** Calls `written` when the kernel has taken all of `bytes`. */
  write(bytes: Uint8Array, written?: () => void): void {
    this.#socket.write(bytes, written);
  }

  /** Ends the TCP connection and resolves once the other end has ended it too. */
  close(): Promise<void> {
    this.#closing = true;
    return new Promise((resolve) => {
      this.#socket.once('close', () => resolve());
      this.#socket.end();
    });
  }

  #lost(cause: Error): void {
    if (!this.#closing) throw new Error('a connection was lost', { cause });
  }
}
