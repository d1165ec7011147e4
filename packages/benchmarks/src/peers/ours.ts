/** This toolkit as its README shows it: the umbrella class, through its W3C interface. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import * as umbrella from '@ws/websocket';
import { roleOf, type Peer } from './peer';

interface OurWebSocket {
  onmessage: ((event: { readonly data: string | Buffer }) => void) | null;
  onclose: (() => void) | null;
  send(data: string | Buffer): unknown;
}

type OurWebSocketClass = new (
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
) => OurWebSocket;

const { default: WebSocket } = umbrella as unknown as { default: OurWebSocketClass };

export const peer: Peer = {
  attach(server) {
    const subscribers = new Set<OurWebSocket>();
    server.on('upgrade', (request, socket, head) => {
      const ws = new WebSocket(request, socket, head);
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
