/** `ws` through its W3C interface, which decodes text to strings as the standard asks. */
import { WebSocketServer, type WebSocket } from 'ws';
import { roleOf, type Peer } from './peer';

export const peer: Peer = {
  attach(server) {
    const acceptor = new WebSocketServer({ noServer: true, perMessageDeflate: false });
    const subscribers = new Set<WebSocket>();
    server.on('upgrade', (request, socket, head) => {
      acceptor.handleUpgrade(request, socket, head, (ws) => {
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
    });
  },
};
