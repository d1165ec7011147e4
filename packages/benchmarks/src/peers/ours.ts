/** This toolkit as its README shows it: the umbrella class, through its W3C interface. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import * as umbrella from '@ws/websocket';
import { roleOf, type Peer } from './peer';
import { serveW3c, type W3cSocket } from './w3c';

type ServerSocket = W3cSocket<{ readonly data: string | Buffer }>;
type ServerSocketClass = new (
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
) => ServerSocket;

const { default: WebSocket } = umbrella as unknown as { default: ServerSocketClass };

export const peer: Peer = {
  attach(server) {
    const subscribers = new Set<ServerSocket>();
    server.on('upgrade', (request, socket, head) => {
      serveW3c(new WebSocket(request, socket, head), roleOf(request), subscribers);
    });
  },
};
