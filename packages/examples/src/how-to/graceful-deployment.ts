/** Ends by a signal: all clients are closed, spread over a time, and the process has nothing left to do. */
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { WebSocketServer } from '@ws/websocket';

export function startDeployedServer(port: number): Server {
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
  return server;
}
