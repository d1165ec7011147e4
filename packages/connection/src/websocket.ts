/**
 * The WebSocket that applications hold: the standard's, and beside it what Node's developers expect of
 * anything that reads and writes.
 */
import { ConnectionError } from './connection-error';
import type { HandshakeResponse } from './opening';
import type { PingCallback } from './pending-pings';
import { pingPayload, type PingData } from './ping-data';
import { sendable, type SendData } from './send-data';
import { coreOf, StandardWebSocket } from './standard-websocket';

export class WebSocket extends StandardWebSocket {
  /** The status of the server's answer; null on a server, and before the answer has come. */
  get statusCode(): number | null {
    return coreOf(this).response?.statusCode ?? null;
  }

  /** The headers of the server's answer; null on a server, and before the answer has come. */
  get headers(): HandshakeResponse['headers'] | null {
    return coreOf(this).response?.headers ?? null;
  }

  /** How many messages a slow reader was not sent; see the option `slowReader`. */
  get droppedMessages(): number {
    return coreOf(this).live?.outgoing.droppedMessages ?? 0;
  }

  /** Whether `pause()` holds messages back. */
  get isPaused(): boolean {
    return coreOf(this).isPaused;
  }

  /**
   * Sends a ping.
   *
   * @param data at most 125 bytes
   * @param callback called with null when the answer has come, with an error when it cannot any more
   * @returns whether it was sent: the connection is open, and the peer's protocol version has pings
   * @throws {TypeError} the data is neither a string nor bytes
   * @throws {RangeError} the data is longer than 125 bytes
   */
  ping(data?: PingData, callback?: PingCallback): boolean;
  ping(callback: PingCallback): boolean;
  ping(data: PingData | PingCallback = '', callback?: PingCallback): boolean {
    if (typeof data === 'function') return this.ping('', data);
    return coreOf(this).ping(pingPayload(data), callback ?? null);
  }

  /**
   * Pings the peer and measures how long its answer takes.
   *
   * @returns milliseconds; rejected with a `ConnectionError` when no ping can be sent, or the
   * connection ends before the answer
   */
  roundTrip(): Promise<number> {
    return new Promise((resolve, reject) => {
      const start = performance.now();
      const sent = this.ping(String(start), (error) => {
        if (error === null) resolve(performance.now() - start);
        else reject(error);
      });
      if (!sent) reject(new ConnectionError('WS_ERR_NOT_SENT'));
    });
  }

  /** Delivers no messages until `resume()`, and stops reading, so that the peer has to wait. */
  pause(): void {
    coreOf(this).pause();
  }

  /** Goes on delivering messages, after the current tick. */
  resume(): void {
    coreOf(this).resume();
  }

  /** Ends the connection at once, without a closing handshake; `close` follows, with code 1006. */
  terminate(): void {
    coreOf(this).terminate(new ConnectionError('WS_ERR_TERMINATED'));
  }

  /** The same as `send`, as streams call it. */
  write(data: SendData): boolean {
    return this.send(data);
  }

  /** Sends `data`, if given, and closes, as streams do at their end. */
  end(data?: SendData): void {
    if (data !== undefined) coreOf(this).send(sendable(data), null);
    this.close();
  }
}
