/** The flow control of the README: the lines between the markers, with a port filled in. */
// #region readme
import { createServer } from 'node:http';
import WebSocket from '@ws/websocket';

// #endregion
import type { Server } from 'node:http';

/** Starts the server; close it, and the connections to it, to stop. */
export function startRowServer(port: number): Server {
  // #region readme
  const server = createServer((_, response) => {
    response.writeHead(426, { Upgrade: 'websocket', Connection: 'close, Upgrade' }).end();
  });

  server.on('upgrade', (request, socket, head) => {
    const ws = new WebSocket(request, socket, head);
    let row = 0;

    const sendRows = () => {
      while (row < 100_000) {
        row += 1;
        if (!ws.send(`this is row ${row}`)) return;
      }
      ws.close(1000, 'that was all');
    };
    ws.on('open', sendRows);
    ws.on('drain', sendRows);
  });

  server.listen(port);
  // #endregion
  return server;
}
