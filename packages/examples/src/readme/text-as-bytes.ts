/** Text that is passed on and never decoded, of the README: the lines between the markers, with a port filled in. */
// #region readme
import { createServer } from 'node:http';
import WebSocket from '@ws/websocket';

// #endregion
import type { Server } from 'node:http';

/** Starts the server; close it, and the connections to it, to stop. */
export function startRelayServer(port: number): Server {
  // #region readme
  const server = createServer((_, response) => {
    response.writeHead(426, { Upgrade: 'websocket', Connection: 'close, Upgrade' }).end();
  });

  server.on('upgrade', (request, socket, head) => {
    const options = { textType: 'buffer' } as const;
    const ws = new WebSocket<'nodebuffer', 'buffer'>(request, socket, head, [], options);
    ws.on('message', ({ data, isBinary }) => {
      console.log(isBinary ? 'bytes' : 'text', data.length);
      ws.send(data);
    });
  });

  server.listen(port);
  // #endregion
  return server;
}
