/** No WebSocket at all: a socket that writes back the bytes it read, once it has sent a handshake. */
import { connect, type Socket } from 'node:net';
import { requestHead } from '../handshake';
import type { Client } from './client';

const END_OF_HEAD = '\r\n\r\n';

export const client: Client = {
  async connect(port) {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    const behind = await upgrade(socket, port);
    if (behind.length > 0) socket.write(behind);
    socket.on('data', (chunk: Buffer) => socket.write(chunk));
  },
};

/** Gives what came behind the answer, in the same chunk; the answer itself is short, and never in two. */
function upgrade(socket: Socket, port: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    socket.once('error', reject).once('data', (chunk: Buffer) => {
      resolve(chunk.subarray(chunk.indexOf(END_OF_HEAD) + END_OF_HEAD.length));
    });
    socket.write(requestHead(port, '/echo'));
  });
}
