/** Sends a message every 20 seconds, so that a page can see that the connection lives. */
import { WebSocketServer } from '@ws/websocket';

export const server = new WebSocketServer({ port: Number(process.env['PORT'] ?? 8080) });

const timer = setInterval(() => server.broadcast('heartbeat'), 20_000);
server.on('close', () => clearInterval(timer));
