/** A WebSocketServer beside a plain HTTP server. */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { Server, ServerResponse } from 'node:http';
import { refuse, WebSocketServer } from '@ws/websocket';
import { users } from './users.js';

/** The users who have logged in, by what their cookies say. */
const sessions = new Map<string, string>();

async function logIn(token: string | null, response: ServerResponse): Promise<void> {
  const user = await users.withToken(token);
  if (user === undefined) {
    response.writeHead(401).end('This link is not valid.');
    return;
  }
  const session = randomUUID();
  sessions.set(session, user.id);
  const cookie = `session=${session}; HttpOnly; SameSite=Lax; Path=/`;
  response.writeHead(302, { Location: '/online', 'Set-Cookie': cookie }).end();
}

/** Starts the server, which SIGTERM stops. */
export function startHttpServer(port: number): Server {
  const server = createServer((request, response) => {
    const [path, query] = request.url!.split('?');
    switch (path) {
      case '/login':
        logIn(new URLSearchParams(query).get('token'), response).catch(() => response.destroy());
        break;
      case '/online':
        response.end(JSON.stringify({ online: chat.clients.size }));
        break;
      default:
        response.writeHead(404).end();
    }
  });

  const chat = new WebSocketServer({
    server,
    path: '/chat/:room',
    async upgrade({ cookies, params: { room }, signal }) {
      const userId = sessions.get(cookies.get('session') ?? '');
      const user = await users.find(userId, { signal });
      if (user === undefined) return refuse(401, 'Log in first.');
      if (!user.rooms.includes(room)) return refuse(403, 'This room is not yours.');
      return { data: { name: user.name, room }, topics: [room] };
    },
  });

  chat.on('connection', (ws) => {
    const { name, room } = ws.data;
    ws.on('message', ({ data }) => chat.publish(room, `${name}: ${data.toString()}`));
  });
  chat.on('error', (error) => console.error(error));

  server.listen(port);
  process.once('SIGTERM', () => {
    server.close();
    void chat.close({ code: 1012, reason: 'restart' });
    setTimeout(() => server.closeAllConnections(), 10_000).unref();
  });
  return server;
}
