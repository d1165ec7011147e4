/** The echo server of the READMEs: the lines between the markers, with a port filled in. */
// #region readme
import { createServer } from 'node:http';
import WebSocket from '@ws/websocket';

// #endregion
import type { Server } from 'node:http';

/** Starts the server; close it, and the connections to it, to stop. */
export function startEchoServer(port: number): Server {
  // #region readme
  const server = createServer((_, response) => {
    response.writeHead(426, { Upgrade: 'websocket', Connection: 'close, Upgrade' }).end();
  });

  server.on('upgrade', (request, socket, head) => {
    const ws = new WebSocket(request, socket, head);
    ws.on('message', ({ data }) => ws.send(data));
    ws.on('close', ({ code, reason }) => console.log('closed', code, reason));
  });

  server.listen(port);
  // #endregion
  return server;
}
