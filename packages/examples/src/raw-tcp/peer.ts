/**
 * One end of a TCP connection that carries WebSocket frames, and no HTTP: the parser is all of WebSocket that is here. It
 * leaves to the application what a connection has to do: back-pressure, answers to pings, and the end.
 */
import type { Socket } from 'node:net';
import {
  encodeClosePayload,
  encodeFrame,
  MessageDecoder,
  OPCODE,
  VIOLATIONS,
} from '@ws/frame-parser';
import type { MessageSink, Role } from '@ws/frame-parser';

export class Peer {
  readonly #socket: Socket;
  readonly #role: Role;
  #hasClosed = false;

  /**
   * @param role CLIENT or SERVER: frames of a client are masked
   * @param onText is called with every text that comes
   */
  constructor(socket: Socket, role: Role, onText: (text: string) => void) {
    this.#socket = socket;
    this.#role = role;
    const decoder = new MessageDecoder(role, this.#sinkFor(onText), { maxLength: 1 << 20 });
    socket.on('data', (chunk) => decoder.push(chunk));
    socket.on('drain', () => socket.resume());
    socket.on('error', (error) => console.error(error.message));
  }

  send(text: string): void {
    this.#write(OPCODE.TEXT, text);
  }

  close(code: number, reason: string): void {
    if (this.#hasClosed) return;
    this.#write(OPCODE.CLOSE, encodeClosePayload(code, reason));
    this.#hasClosed = true;
    this.#socket.end();
  }

  #sinkFor(onText: (text: string) => void): MessageSink {
    return {
      onText,
      onBinary: () => this.close(1003, 'only text is spoken here'),
      onReserved: () => {},
      onPing: (data) => this.#write(OPCODE.PONG, data),
      onPong: () => {},
      onClose: (code, reason) => {
        console.log(`${this.#role.name}: the peer closes with`, code, reason);
        this.close(1000, 'goodbye');
      },
      onViolation: (violation) => {
        const { closeCode, text } = VIOLATIONS[violation];
        console.log(`${this.#role.name}: ${text}`);
        this.close(closeCode, text);
      },
    };
  }

  /** A peer that does not read its answers is not read either. Nothing is sent behind a closing frame. */
  #write(opcode: number, payload: Uint8Array | string): void {
    if (this.#hasClosed) return;
    if (!this.#socket.write(encodeFrame(this.#role, { opcode, payload }))) this.#socket.pause();
  }
}
