/** Ends by a signal: all clients are closed, spread over a time, and the process has nothing left to do. */
import { createServer } from 'node:http';
import { WebSocketServer } from '@ws/websocket';

export const server = createServer((_, response) => response.end('a page'));
const chat = new WebSocketServer({ server });
server.listen(Number(process.env['PORT'] ?? 8080));

/** Milliseconds; whoever sends the signal has to wait for ten seconds more. */
const over = Number(process.env['OVER'] ?? 20_000);

async function goAway(): Promise<void> {
  server.close(); // from here on the port is free for the next process
  await chat.close({ code: 1012, reason: 'restart', over, timeout: over + 10_000 });
  server.closeAllConnections();
}

process.once('SIGTERM', () => void goAway());
process.once('SIGINT', () => void goAway());
