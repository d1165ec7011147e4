/** `ws` through its W3C interface, which decodes text to strings as the standard asks. */
import { WebSocketServer, type MessageEvent } from 'ws';
import { roleOf, type Peer } from './peer';
import { acceptorOptions } from './ws';
import { serveW3c, type W3cSocket } from './w3c';

export const peer: Peer = {
  attach(server, options) {
    const acceptor = new WebSocketServer(acceptorOptions(options));
    const subscribers = new Set<W3cSocket<MessageEvent>>();
    server.on('upgrade', (request, socket, head) => {
      acceptor.handleUpgrade(request, socket, head, (ws) => {
        ws.onerror = () => {}; // Without a listener, what one client does wrong ends the process.
        serveW3c(ws, roleOf(request), subscribers);
      });
    });
  },
};
