/** One message per turn, of the README: the lines between the markers, with a port filled in. */
// #region readme
import { createServer } from 'node:http';
import WebSocket from '@ws/websocket';

// #endregion
import type { Server } from 'node:http';

/** Starts the server; close it, and the connections to it, to stop. */
export function startGreetingServer(port: number): Server {
  // #region readme
  const server = createServer((_, response) => {
    response.writeHead(426, { Upgrade: 'websocket', Connection: 'close, Upgrade' }).end();
  });

  function next(ws: WebSocket): Promise<string> {
    return new Promise((resolve) => {
      ws.onmessage = ({ data }) => resolve(data as string);
    });
  }

  async function greet(ws: WebSocket): Promise<void> {
    const name = await next(ws);
    const town = await next(ws);
    ws.send(`hello ${name} of ${town}`);
  }

  server.on('upgrade', (request, socket, head) => {
    void greet(new WebSocket(request, socket, head, [], { delivery: 'turn' }));
  });

  server.listen(port);
  // #endregion
  return server;
}
