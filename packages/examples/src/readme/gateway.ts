/** A gateway, of the README: the lines between the markers, with a port filled in. */
// #region readme
import { createServer } from 'node:http';
import { Client, proxy, refuse, WebSocketServer } from '@ws/websocket';
import type { WebSocketError } from '@ws/websocket';

// #endregion
import type { Server } from 'node:http';

/** Starts the server; close it, and the connections to it, to stop. */
export function startGatewayServer(port: number): Server {
  // #region readme
  const server = createServer((_, response) => {
    response.writeHead(426, { Upgrade: 'websocket', Connection: 'close, Upgrade' }).end();
  });
  const target = process.env['UPSTREAM'] ?? 'ws://localhost:9000/';
  const handshakeTimeout = Number(process.env['TIMEOUT'] ?? 5000);

  /** What the upstream refuses is refused; 504 if it says nothing, 502 for all else. */
  function statusOf({ code, statusCode = 502 }: WebSocketError): number {
    if (code === 'WS_ERR_HANDSHAKE_TIMEOUT') return 504;
    return statusCode >= 400 && statusCode <= 599 ? statusCode : 502;
  }

  const gateway = new WebSocketServer({
    server,
    async upgrade({ protocols, request, address, signal }) {
      const { authorization, cookie } = request.headers;
      const headers = { Authorization: authorization, Cookie: cookie, 'X-Forwarded-For': address };
      const upstream = new Client(target, protocols, { headers, handshakeTimeout, signal });
      try {
        await upstream.opened;
      } catch (error) {
        return refuse(statusOf(error as WebSocketError));
      }
      return { protocol: upstream.protocol || undefined, data: { upstream } };
    },
  });

  gateway.on('connection', (ws) => void proxy(ws, ws.data.upstream));

  server.listen(port);
  // #endregion
  return server;
}
