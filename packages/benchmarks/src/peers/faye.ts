/** `faye-websocket` as its README shows it. */
import FayeWebSocket from 'faye-websocket';
import { roleOf, type Peer } from './peer';
import { serveW3c } from './w3c';

export const peer: Peer = {
  attach(server) {
    const subscribers = new Set<FayeWebSocket>();
    server.on('upgrade', (request, socket, head) => {
      serveW3c(new FayeWebSocket(request, socket, head), roleOf(request), subscribers);
    });
  },
};
