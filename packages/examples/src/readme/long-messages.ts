/** Messages in parts, of the README: the lines between the markers, with a port filled in. */
// #region readme
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import WebSocket from '@ws/websocket';

// #endregion
import type { Server } from 'node:http';

/** Starts the server; close it, and the connections to it, to stop. */
export function startHashServer(port: number): Server {
  // #region readme
  const server = createServer((_, response) => {
    response.writeHead(426, { Upgrade: 'websocket', Connection: 'close, Upgrade' }).end();
  });

  async function hashAll(ws: WebSocket): Promise<void> {
    for await (const message of ws.messages()) {
      const hash = createHash('sha256');
      for await (const chunk of message) hash.update(chunk);
      ws.send(`${message.type}: ${hash.digest('hex')}`);
    }
  }

  server.on('upgrade', (request, socket, head) => {
    hashAll(new WebSocket(request, socket, head)).catch(console.error);
  });

  server.listen(port);
  // #endregion
  return server;
}
