/**
 * Notices that there is nobody to answer: the client has ended its stream, or another listener of
 * `upgrade` has ended the socket or destroyed it, while the application took its time.
 *
 * A connection on such a socket would be open and never hear of its end.
 */
import type { Duplex } from 'node:stream';

export class Departure {
  private readonly socket: Duplex;
  private readonly onDeparture: () => void;

  /** @param onDeparture called once or more between `watch()` and `ignore()` */
  constructor(socket: Duplex, onDeparture: () => void) {
    this.socket = socket;
    this.onDeparture = onDeparture;
  }

  /** Whether it has happened. */
  get happened(): boolean {
    const { socket } = this;
    // A socket that has been ended or destroyed is not writable.
    return socket.readableEnded || !socket.writable;
  }

  /**
   * Makes an end that was received, with nothing in front of it, known after the tick.
   *
   * @param bodyToCome whether a body of the request may be on its way. Node 26 has another stream in
   *   place of the socket then: it tells of an end itself, and reading it discards the body, which may
   *   be the key of a hixie-76 client
   */
  notice(bodyToCome: boolean): void {
    if (!bodyToCome) this.socket.read(0);
  }

  watch(): void {
    const { socket } = this;
    socket.on('end', this.onDeparture);
    socket.on('finish', this.onDeparture);
  }

  ignore(): void {
    this.socket.off('end', this.onDeparture);
    this.socket.off('finish', this.onDeparture);
  }

  /**
   * Destroys the socket, unless what it was ended with is still on its way; then `onDeparture` is
   * called once more behind it.
   *
   * @returns whether the socket is destroyed
   */
  destroy(): boolean {
    const { socket } = this;
    if (socket.writableFinished || !socket.writableEnded) socket.destroy();
    return socket.destroyed;
  }
}
