/** This toolkit as its README shows it: the umbrella class, through its W3C interface. */
import WebSocket from '@ws/websocket';
import { roleOf, type Peer } from './peer';
import { serveW3c, type W3cSocket } from './w3c';

/** With `binaryType` at its default, messages are strings and Buffers, never Blobs. */
type DefaultWebSocket = W3cSocket<{ readonly data: string | Buffer }>;

export const peer: Peer = {
  attach(server) {
    const subscribers = new Set<DefaultWebSocket>();
    server.on('upgrade', (request, socket, head) => {
      const ws = new WebSocket(request, socket, head) as DefaultWebSocket;
      serveW3c(ws, roleOf(request), subscribers);
    });
  },
};
