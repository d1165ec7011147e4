/** `ws` as most people use it: text stays a Buffer both ways. Its optional add-ons are not installed. */
import { WebSocketServer, type ServerOptions, type WebSocket } from 'ws';
import { roleOf, type Peer, type PeerOptions, type Role } from './peer';

export const peer: Peer = {
  attach(server, options) {
    const acceptor = new WebSocketServer(acceptorOptions(options));
    const subscribers = new Set<WebSocket>();
    server.on('upgrade', (request, socket, head) => {
      acceptor.handleUpgrade(request, socket, head, (ws) =>
        serve(ws, roleOf(request), subscribers),
      );
    });
  },
};

export function acceptorOptions({ deflate, maxLength }: PeerOptions): ServerOptions {
  const limit = maxLength === undefined ? {} : { maxPayload: maxLength };
  return { noServer: true, perMessageDeflate: deflate, ...limit };
}

/** A function apart, so that no listener's scope keeps the request in memory. */
function serve(ws: WebSocket, role: Role, subscribers: Set<WebSocket>): void {
  ws.on('error', () => {}); // Without a listener, what one client does wrong ends the process.
  switch (role) {
    case 'echo':
      ws.on('message', (data, isBinary) => ws.send(data, { binary: isBinary }));
      break;
    case 'subscribe':
      subscribers.add(ws);
      ws.on('close', () => subscribers.delete(ws));
      break;
    case 'publish':
      ws.on('message', (data, isBinary) => {
        for (const subscriber of subscribers) subscriber.send(data, { binary: isBinary });
      });
  }
}
