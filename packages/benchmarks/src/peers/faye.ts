/** `faye-websocket` as its README shows it. */
import FayeWebSocket from 'faye-websocket';
import { roleOf, type Peer } from './peer';

export const peer: Peer = {
  attach(server) {
    const subscribers = new Set<FayeWebSocket>();
    server.on('upgrade', (request, socket, head) => {
      const ws = new FayeWebSocket(request, socket, head);
      switch (roleOf(request)) {
        case 'echo':
          ws.onmessage = (event) => ws.send(event.data);
          break;
        case 'subscribe':
          subscribers.add(ws);
          ws.onclose = () => subscribers.delete(ws);
          break;
        case 'publish':
          ws.onmessage = (event) => {
            for (const subscriber of subscribers) subscriber.send(event.data);
          };
      }
    });
  },
};
