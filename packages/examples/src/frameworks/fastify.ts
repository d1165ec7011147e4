/** A WebSocketServer beside Fastify. */
import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import fastifyCookie from '@fastify/cookie';
import fastifySession from '@fastify/session';
import { refuse, WebSocketServer } from '@ws/websocket';
import { fastify } from 'fastify';
import type { FastifyInstance, Session } from 'fastify';
import { users } from './users.js';

declare module 'fastify' {
  interface Session {
    userId?: string;
  }
}

/** The session of an upgrade request, which Fastify does not see. */
function sessionOf(app: FastifyInstance, sessionId = ''): Promise<Session> {
  const request = {} as { session: Session };
  return new Promise((resolve, reject) => {
    app.decryptSession(sessionId, request, (error?: Error) => {
      if (error) reject(error);
      else resolve(request.session);
    });
  });
}

/** Starts the server, which SIGTERM stops. */
export async function startFastifyServer(port: number): Promise<Server> {
  const app = fastify();
  await app.register(fastifyCookie);
  await app.register(fastifySession, {
    secret: process.env['SESSION_SECRET'] ?? randomUUID(),
    saveUninitialized: false,
    cookie: { sameSite: 'lax', secure: 'auto' },
  });

  app.get<{ Querystring: { token?: string } }>('/login', async ({ query, session }, reply) => {
    const user = await users.withToken(query.token);
    if (user === undefined) return reply.code(401).send('This link is not valid.');
    await session.regenerate();
    reply.request.session.userId = user.id;
    return reply.redirect('/online');
  });

  app.get('/online', () => ({ online: chat.clients.size }));

  const chat = new WebSocketServer({
    server: app.server,
    path: '/chat/:room',
    async upgrade({ cookies, params: { room }, signal }) {
      const { userId } = await sessionOf(app, cookies.get('sessionId'));
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
  chat.on('error', (error) => app.log.error(error));

  app.addHook('preClose', async () => {
    await chat.close({ code: 1012, reason: 'restart' });
  });
  await app.listen({ port });
  process.once('SIGTERM', () => {
    void app.close();
    setTimeout(() => app.server.closeAllConnections(), 10_000).unref();
  });
  return app.server;
}
