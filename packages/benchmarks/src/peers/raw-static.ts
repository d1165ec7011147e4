/** Like `raw`, but all sockets are read into one buffer: the limit of Node. It echoes alone. */
import { responseHead } from '../handshake';
import type { Peer } from './peer';
import { StaticBuffer } from './static-buffer';

export const peer: Peer = {
  attach(server) {
    const buffer = new StaticBuffer();
    server.on('upgrade', (request, socket) => {
      socket.on('error', () => socket.destroy());
      socket.on('end', () => socket.end());
      socket.write(responseHead(request.headers['sec-websocket-key'] ?? ''));
      buffer.echo(socket);
    });
  },
};
