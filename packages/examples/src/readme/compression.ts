/** The compression of the README: the lines between the markers, with a port filled in. */
// #region readme
import { createServer } from 'node:http';
import WebSocket from '@ws/websocket';

// #endregion
import type { Server } from 'node:http';

/** Starts the server; close it, and the connections to it, to stop. */
export function startReportServer(port: number): Server {
  // #region readme
  const server = createServer((_, response) => {
    response.writeHead(426, { Upgrade: 'websocket', Connection: 'close, Upgrade' }).end();
  });

  server.on('upgrade', (request, socket, head) => {
    const ws = new WebSocket(request, socket, head, [], { deflate: true });
    ws.on('open', () => {
      ws.send(JSON.stringify({ extensions: ws.extensions, rows: Array(1000).fill('a row') }));
      ws.send(Buffer.alloc(2000, 'already compressed'), { compress: false });
    });
  });

  server.listen(port);
  // #endregion
  return server;
}
