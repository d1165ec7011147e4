/**
 * A device of 2010 that was never updated: it speaks draft-hixie-thewebsocketprotocol-76, with its own hands. Nothing here is of
 * the toolkit.
 */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';

/** Numbers are hidden in the keys: their digits, divided by their spaces (§1.3; the example of the draft). */
const KEY1 = '4 @1  46546xW%0l 1 5';
const NUMBER1 = 829_309_203;
const KEY2 = '12998 5 Y3 1  .P00';
const NUMBER2 = 259_970_620;
const KEY3 = '^n:ds[4U';

const TEXT = 0x00;
const END = 0xff;
const CLOSING = Uint8Array.of(0xff, 0x00);

const HEAD_END = '\r\n\r\n';
const DIGEST_LENGTH = 16;

export class Device {
  readonly #socket: Socket;
  #unread = Buffer.alloc(0);

  /** Connects to a port of this machine; `connected` waits for the answer. */
  constructor(port: number) {
    this.#socket = connect(port, 'localhost');
    this.#socket.on('data', (chunk) => (this.#unread = Buffer.concat([this.#unread, chunk])));
    this.#socket.write(
      `GET /device HTTP/1.1\r\nHost: localhost:${port}\r\nOrigin: http://localhost:${port}\r\n` +
        'Connection: Upgrade\r\nUpgrade: WebSocket\r\n' +
        `Sec-WebSocket-Key1: ${KEY1}\r\nSec-WebSocket-Key2: ${KEY2}${HEAD_END}${KEY3}`,
    );
  }

  /** Waits for the answer; gives its status line. */
  async connected(): Promise<string> {
    const head = (await this.#readUntil(HEAD_END)).toString('latin1');
    while (this.#unread.length < DIGEST_LENGTH) await once(this.#socket, 'data');
    const challenge = Buffer.alloc(8);
    challenge.writeUInt32BE(NUMBER1, 0);
    challenge.writeUInt32BE(NUMBER2, 4);
    const expected = createHash('md5').update(challenge).update(KEY3).digest();
    if (!this.#take(DIGEST_LENGTH).equals(expected)) throw new Error('the answer is of no use');
    return head.split('\r\n')[0]!;
  }

  send(text: string): void {
    this.#socket.write(Buffer.from([TEXT, ...Buffer.from(text), END]));
  }

  /** The next text. */
  async receive(): Promise<string> {
    const frame = await this.#readUntil(Buffer.of(END));
    return frame.toString('utf8', 1);
  }

  async close(): Promise<void> {
    this.#socket.write(CLOSING);
    await once(this.#socket, 'close');
  }

  async #readUntil(end: string | Buffer): Promise<Buffer> {
    let at = this.#unread.indexOf(end);
    while (at === -1) {
      await once(this.#socket, 'data');
      at = this.#unread.indexOf(end);
    }
    const read = this.#take(at);
    this.#take(end.length);
    return read;
  }

  #take(length: number): Buffer {
    const taken = this.#unread.subarray(0, length);
    this.#unread = this.#unread.subarray(length);
    return taken;
  }
}
