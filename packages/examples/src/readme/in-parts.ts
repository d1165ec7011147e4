/** A message in parts, of the README: the lines between the markers, with a port filled in. */
// #region readme
import { createServer } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import WebSocket from '@ws/websocket';

// #endregion
import type { Server } from 'node:http';

/** Starts the server; close it, and the connections to it, to stop. */
export function startStoryServer(port: number): Server {
  // #region readme
  const server = createServer((_, response) => {
    response.writeHead(426, { Upgrade: 'websocket', Connection: 'close, Upgrade' }).end();
  });

  async function* story(): AsyncGenerator<string> {
    for (const word of ['Once', ' upon', ' a', ' time']) {
      await setTimeout(10);
      yield word;
    }
  }

  server.on('upgrade', (request, socket, head) => {
    const ws = new WebSocket(request, socket, head);
    ws.on('message', () => {
      ws.sendStream(story()).catch((error: unknown) => console.error('not sent:', error));
    });
  });

  server.listen(port);
  // #endregion
  return server;
}
