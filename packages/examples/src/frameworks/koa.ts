/** A WebSocketServer beside Koa. */
import { randomUUID } from 'node:crypto';
import { ServerResponse } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import { refuse, WebSocketServer } from '@ws/websocket';
import Koa from 'koa';
import { users } from './users.js';

/** Starts the server, which SIGTERM stops. */
export function startKoaServer(port: number): Server {
  const app = new Koa({ keys: [process.env['COOKIE_SECRET'] ?? randomUUID()] });

  app.use(async (context) => {
    switch (context.path) {
      case '/login': {
        const user = await users.withToken(context.query['token']);
        if (user === undefined) return context.throw(401, 'This link is not valid.');
        context.cookies.set('user', user.id, { signed: true, sameSite: 'lax' });
        context.redirect('/online');
        break;
      }
      case '/online':
        context.body = { online: chat.clients.size };
    }
  });

  /** The cookie of an upgrade request, which Koa does not see, with its signature checked. */
  function userIn(request: IncomingMessage): string | undefined {
    const { cookies } = app.createContext(request, new ServerResponse(request));
    return cookies.get('user', { signed: true });
  }

  const server = app.listen(port);
  const chat = new WebSocketServer({
    server,
    path: '/chat/:room',
    async upgrade({ request, params: { room }, signal }) {
      const user = await users.find(userIn(request), { signal });
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

  process.once('SIGTERM', () => {
    server.close();
    void chat.close({ code: 1012, reason: 'restart' });
    setTimeout(() => server.closeAllConnections(), 10_000).unref();
  });
  return server;
}
