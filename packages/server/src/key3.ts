/**
 * The eight bytes behind the head of a hixie-76 request. HTTP does not know about them: they may be
 * in `head`, come later, or split; and if the client announced them as a body (`Content-Length: 8`),
 * some versions of Node deliver them as the request's body.
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

const KEY3_LENGTH = 8;

export class Key3Reader {
  private readonly request: IncomingMessage;
  private readonly socket: Duplex;
  private readonly done: (key3: Uint8Array, rest: Uint8Array) => void;
  private received: Buffer;

  /** @param done called once with the key and what was received behind it; never after `stop()` */
  constructor(
    request: IncomingMessage,
    socket: Duplex,
    head: Uint8Array,
    done: (key3: Uint8Array, rest: Uint8Array) => void,
  ) {
    this.request = request;
    this.socket = socket;
    this.done = done;
    this.received = Buffer.concat([bodyReceived(request), head]);
  }

  start(): void {
    if (this.finished()) return;
    this.request.on('data', this.onData);
    this.socket.on('data', this.onData);
  }

  stop(): void {
    this.request.off('data', this.onData);
    this.socket.off('data', this.onData);
    this.socket.pause();
  }

  /** Hands the key over if all of it is here. */
  private finished(): boolean {
    if (this.received.byteLength < KEY3_LENGTH) return false;
    this.stop();
    this.done(this.received.subarray(0, KEY3_LENGTH), this.received.subarray(KEY3_LENGTH));
    return true;
  }

  private readonly onData = (chunk: Buffer): void => {
    this.received = Buffer.concat([this.received, chunk]);
    this.finished();
  };
}

/** A body that has been received with the request: it was in front of what is in `head`. */
function bodyReceived(request: IncomingMessage): Uint8Array {
  return request.readableLength > 0 ? (request.read() as Buffer) : Buffer.alloc(0);
}
