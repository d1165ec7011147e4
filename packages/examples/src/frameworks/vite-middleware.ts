/** A WebSocketServer beside Vite in middleware mode. */
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { WebSocketServer } from '@ws/websocket';
import { createServer as createViteServer } from 'vite';

/** Starts the server of the pages in the working directory. */
export async function startViteMiddleware(port: number): Promise<Server> {
  const server = createServer((request, response) => vite.middlewares(request, response));
  const vite = await createViteServer({
    server: { middlewareMode: true, ws: { server } },
  });

  const chat = new WebSocketServer({ server, path: '/chat/:room' });

  chat.on('connection', (ws) => {
    ws.on('message', ({ data }) => chat.broadcast(data));
  });

  server.listen(port);
  return server;
}
