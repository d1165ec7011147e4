/** A WebSocketServer beside Hono on Node. */
import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { serve } from '@hono/node-server';
import { refuse, WebSocketServer } from '@ws/websocket';
import { Hono } from 'hono';
import { getSignedCookie, setSignedCookie } from 'hono/cookie';
import { users } from './users.js';
import type { User } from './users.js';

const secret = process.env['COOKIE_SECRET'] ?? randomUUID();

/** Starts the server, which SIGTERM stops. */
export function startHonoServer(port: number): Server {
  const app = new Hono();

  app.get('/login', async (context) => {
    const user = await users.withToken(context.req.query('token'));
    if (user === undefined) return context.text('This link is not valid.', 401);
    await setSignedCookie(context, 'user', user.id, secret, { httpOnly: true, sameSite: 'Lax' });
    return context.redirect('/online');
  });

  app.get('/me', async (context) => {
    const id = await getSignedCookie(context, secret, 'user');
    const user = await users.find(id || undefined, { signal: context.req.raw.signal });
    return user === undefined ? context.text('Log in first.', 401) : context.json(user);
  });

  app.get('/online', (context) => context.json({ online: chat.clients.size }));

  const server = serve({ fetch: app.fetch, port }) as Server;
  const chat = new WebSocketServer({
    server,
    path: '/chat/:room',
    async upgrade({ request, params: { room }, signal }) {
      // Hono does not see upgrade requests: one of its routes is asked about the cookie.
      const { cookie = '' } = request.headers;
      const answer = await app.request('/me', { headers: { cookie }, signal });
      if (!answer.ok) return refuse(answer.status, await answer.text());
      const { name, rooms } = (await answer.json()) as User;
      if (!rooms.includes(room)) return refuse(403, 'This room is not yours.');
      return { data: { name, room }, topics: [room] };
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
