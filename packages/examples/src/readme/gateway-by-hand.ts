/** A gateway without a WebSocketServer, of the README: the lines between the markers, with a port filled in. */
// #region readme
import { createServer } from 'node:http';
import WebSocket from '@ws/websocket';

// #endregion
import type { Server } from 'node:http';

/** Starts the server; close it, and the connections to it, to stop. */
export function startHandmadeGatewayServer(port: number): Server {
  // #region readme
  const server = createServer((_, response) => {
    response.writeHead(426, { Upgrade: 'websocket', Connection: 'close, Upgrade' }).end();
  });
  const target = process.env['UPSTREAM'] ?? 'ws://localhost:9000/';

  server.on('upgrade', (request, socket, head) => {
    if (!WebSocket.isWebSocket(request)) {
      WebSocket.rejectUpgrade(socket, 400);
      return;
    }
    const signal = WebSocket.holdUpgrade(socket);
    const offered = request.headers['sec-websocket-protocol']?.split(/ *, */) ?? [];
    new WebSocket.Client(target, offered, { signal }).opened.then(
      (upstream) => {
        const protocols = upstream.protocol === '' ? [] : [upstream.protocol];
        void WebSocket.proxy(new WebSocket(request, socket, head, protocols), upstream);
      },
      () => WebSocket.rejectUpgrade(socket, 502),
    );
  });

  server.listen(port);
  // #endregion
  return server;
}
