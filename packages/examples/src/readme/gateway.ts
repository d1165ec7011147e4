/** A gateway, of the README: the lines between the markers, with a port filled in. */
// #region readme
import { createServer } from 'node:http';
import { Client, proxy, refuse, WebSocketServer } from '@ws/websocket';

// #endregion
import type { Server } from 'node:http';

/** Starts the server; close it, and the connections to it, to stop. */
export function startGatewayServer(port: number): Server {
  // #region readme
  const server = createServer((_, response) => {
    response.writeHead(426, { Upgrade: 'websocket', Connection: 'close, Upgrade' }).end();
  });
  const target = process.env['UPSTREAM'] ?? 'ws://localhost:9000/';

  const gateway = new WebSocketServer({
    server,
    async upgrade({ protocols, request, signal }) {
      const headers = { Authorization: request.headers.authorization };
      const upstream = new Client(target, protocols, { headers, signal });
      try {
        await upstream.opened;
      } catch {
        return refuse(502, 'The upstream cannot be reached.');
      }
      return { protocol: upstream.protocol || undefined, data: { upstream } };
    },
  });

  gateway.on('connection', (ws) => void proxy(ws, ws.data.upstream));

  server.listen(port);
  // #endregion
  return server;
}
