/** Other requests, of the README: the lines between the markers, with a port filled in. */
// #region readme
import { createServer, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import WebSocket from '@ws/websocket';

// #endregion
import type { Server } from 'node:http';

/** Starts the server; close it, and the connections to it, to stop. */
export function startPageServer(port: number): Server {
  // #region readme
  const server = createServer((request, response) => {
    response.end(`the page ${request.url}`);
  });

  server.on('upgrade', (request, socket, head) => {
    if (WebSocket.isWebSocket(request)) {
      const ws = new WebSocket(request, socket, head);
      ws.on('message', ({ data }) => ws.send(data));
    } else if (socket instanceof Socket) {
      // An upgrade is an offer: the page is the answer, as if there had been none.
      const response = new ServerResponse(request);
      response.shouldKeepAlive = false;
      response.assignSocket(socket);
      response.on('finish', () => socket.end());
      socket.on('error', () => socket.destroy());
      server.emit('request', request, response);
    }
  });

  server.listen(port);
  // #endregion
  return server;
}
