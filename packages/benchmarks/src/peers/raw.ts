/**
 * No WebSocket at all: an upgraded socket that writes back the bytes it read. The price of Node
 * itself, and the floor for everyone else. Masked frames come back masked.
 */
import type { Duplex } from 'node:stream';
import { responseHead } from '../handshake';
import { roleOf, type Peer } from './peer';

export const peer: Peer = {
  attach(server) {
    const subscribers = new Set<Duplex>();
    server.on('upgrade', (request, socket) => {
      socket.on('error', () => socket.destroy());
      socket.on('end', () => socket.end());
      socket.write(responseHead(request.headers['sec-websocket-key'] ?? ''));
      switch (roleOf(request)) {
        case 'echo':
          socket.on('data', (chunk: Buffer) => socket.write(chunk));
          break;
        case 'subscribe':
          subscribers.add(socket);
          socket.on('close', () => subscribers.delete(socket)).resume();
          break;
        case 'publish':
          socket.on('data', (chunk: Buffer) => {
            for (const subscriber of subscribers) subscriber.write(chunk);
          });
      }
    });
  },
};
