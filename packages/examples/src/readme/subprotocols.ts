/** The subprotocols of the READMEs: the lines between the markers, with a port filled in. */
// #region readme
import { createServer } from 'node:http';
import WebSocket from '@ws/websocket';

// #endregion
import type { Server } from 'node:http';

/** Starts the server; close it, and the connections to it, to stop. */
export function startChatServer(port: number): Server {
  // #region readme
  const server = createServer((_, response) => {
    response.writeHead(426, { Upgrade: 'websocket', Connection: 'close, Upgrade' }).end();
  });

  server.on('upgrade', (request, socket, head) => {
    const ws = new WebSocket(request, socket, head, ['chat.v1', 'chat.v2']);
    ws.on('open', () => ws.send(`speaking ${ws.protocol || 'no subprotocol'}`));
  });

  server.listen(port);
  // #endregion
  return server;
}
