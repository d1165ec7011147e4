/** Going away by a signal, of the README: the lines between the markers, with a port filled in. */
// #region readme
import { createServer } from 'node:http';
import { WebSocketServer } from '@ws/websocket';

// #endregion
import type { Server } from 'node:http';

/** Starts the server; a signal stops it, and then the process has nothing left to do. */
export function startDeployedServer(port: number): Server {
  // #region readme
  const server = createServer((_, response) => {
    response.writeHead(426, { Upgrade: 'websocket', Connection: 'close, Upgrade' }).end();
  });
  const chat = new WebSocketServer({ server });
  server.listen(port);

  /** Milliseconds; whoever sends the signal has to wait for ten seconds more. */
  const over = Number(process.env['OVER'] ?? 20_000);

  async function goAway(): Promise<void> {
    server.close(); // from here on the port is free for the next process
    await chat.close({ code: 1012, reason: 'restart', over, timeout: over + 10_000 });
    server.closeAllConnections();
  }

  process.once('SIGTERM', () => void goAway());
  process.once('SIGINT', () => void goAway());
  // #endregion
  return server;
}
