/** No WebSocket at all: a socket that writes back the bytes it read, once it has sent a handshake. */
import { connect, type Socket } from 'node:net';
import { requestHead } from '../handshake';
import type { Client } from './client';

export const client: Client = {
  async connect(port) {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    await upgrade(socket, port);
    socket.on('data', (chunk: Buffer) => socket.write(chunk));
  },
};

/** The answer is one chunk: it is short, and nothing follows it before the client is there. */
function upgrade(socket: Socket, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('error', reject).once('data', () => resolve());
    socket.write(requestHead(port, '/echo'));
  });
}
