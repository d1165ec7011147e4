/** This toolkit's `WebSocketServer`: what is published is encoded, and compressed, once for all subscribers. */
import { WebSocketServer, type ServerSocket } from '@ws/server';
import { roleOf, type Peer } from './peer';

const TOPIC = 'everybody';

export const peer: Peer = {
  attach(server, { deflate, maxLength }) {
    const toolkit = new WebSocketServer({ server, deflate, maxLength });
    toolkit.on('connection', (ws, request) => {
      switch (roleOf(request)) {
        case 'echo':
          return echo(ws);
        case 'subscribe':
          return ws.subscribe(TOPIC);
        case 'publish':
          ws.onmessage = ({ data }) => toolkit.publish(TOPIC, data);
      }
    });
  },
};

/** A function apart, so that no listener's scope keeps the request in memory. */
function echo(ws: ServerSocket): void {
  ws.onmessage = ({ data }) => ws.send(data);
}
