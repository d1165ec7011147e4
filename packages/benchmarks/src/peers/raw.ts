/**
 * No WebSocket at all: an upgraded socket that writes back the bytes it read. The price of Node
 * itself, and the floor for everyone else. Masked frames come back masked.
 */
import { createHash } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { roleOf, type Peer } from './peer';

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

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

export function responseHead(key: string): string {
  const accept = createHash('sha1')
    .update(key + GUID)
    .digest('base64');
  return (
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
    `Sec-WebSocket-Accept: ${accept}\r\n\r\n`
  );
}
