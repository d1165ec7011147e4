/** A WebSocketServer beside Next.js. */
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { WebSocketServer } from '@ws/websocket';
import next from 'next';

/** Starts the server of the pages in the working directory. */
export async function startNextServer(port: number): Promise<Server> {
  const dev = process.env.NODE_ENV !== 'production';
  const nextUpgrades = createServer(); // never listens: it is where Next.js waits for upgrade requests
  const app = next({ dev, httpServer: nextUpgrades });
  await app.prepare();

  const handle = app.getRequestHandler();
  const server = createServer((request, response) => void handle(request, response));
  const chat = new WebSocketServer({ path: '/chat/:room' });

  chat.on('connection', (ws) => {
    ws.on('message', ({ data }) => chat.broadcast(data));
  });

  server.on('upgrade', (request, socket, head) => {
    const isReload = dev && request.url?.startsWith('/_next/');
    if (isReload) nextUpgrades.emit('upgrade', request, socket, head);
    else void chat.handle(request, socket, head);
  });

  server.listen(port);
  return server;
}
