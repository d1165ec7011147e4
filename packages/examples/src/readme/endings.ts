/** The time limits and endings of the README: the lines between the markers, with a port filled in. */
// #region readme
import { createServer } from 'node:http';
import WebSocket from '@ws/websocket';

// #endregion
import type { Server } from 'node:http';

/** Starts the server; close it, and the connections to it, to stop. */
export function startPatientServer(port: number): Server {
  // #region readme
  const server = createServer((_, response) => {
    response.writeHead(426, { Upgrade: 'websocket', Connection: 'close, Upgrade' }).end();
  });

  server.on('upgrade', (request, socket, head) => {
    const limits = { ping: 30, pingTimeout: 10_000, idleTimeout: 600_000 };
    const ws = new WebSocket(request, socket, head, [], limits);
    ws.on('message', ({ data }) => ws.send(data));
    ws.on('close', ({ code, initiator, cause }) => {
      console.log(code, initiator, cause?.message ?? 'all is well');
    });
  });

  server.listen(port);
  // #endregion
  return server;
}
