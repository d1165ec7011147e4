/** This toolkit as its README shows it: the umbrella class, through its W3C interface. */
import WebSocket from '@ws/websocket';
import { roleOf, type Peer } from './peer';
import { serveW3c } from './w3c';

export const peer: Peer = {
  attach(server) {
    const subscribers = new Set<WebSocket>();
    server.on('upgrade', (request, socket, head) => {
      const ws = new WebSocket(request, socket, head);
      serveW3c(ws, roleOf(request), subscribers);
    });
  },
};
