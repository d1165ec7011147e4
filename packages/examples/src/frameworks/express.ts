/** A WebSocketServer beside Express. */
import { randomUUID } from 'node:crypto';
import { ServerResponse } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import { refuse, WebSocketServer } from '@ws/websocket';
import express from 'express';
import type { Request, Response } from 'express';
import session from 'express-session';
import type { Session, SessionData } from 'express-session';
import { users } from './users.js';

declare module 'express-session' {
  interface SessionData {
    userId: string;
  }
}

const sessions = session({
  secret: process.env['SESSION_SECRET'] ?? randomUUID(),
  resave: false,
  saveUninitialized: false,
  cookie: { sameSite: 'lax' },
});

/** The session of an upgrade request, which Express does not see. */
function sessionOf(request: IncomingMessage): Promise<Session & Partial<SessionData>> {
  const response = new ServerResponse(request) as Response;
  return new Promise((resolve, reject) => {
    sessions(request as Request, response, (error?: unknown) => {
      if (error === undefined) resolve((request as Request).session);
      else reject(new Error('the session cannot be read', { cause: error }));
    });
  });
}

async function logIn({ query, session }: Request, response: Response): Promise<void> {
  const user = await users.withToken(query['token']);
  if (user === undefined) {
    response.status(401).send('This link is not valid.');
    return;
  }
  session.regenerate(() => {
    response.req.session.userId = user.id;
    response.redirect('/online');
  });
}

/** Starts the server, which SIGTERM stops. */
export function startExpressServer(port: number): Server {
  const app = express();
  app.use(sessions);

  app.get('/login', logIn);
  app.post('/logout', ({ session }, response) => {
    for (const ws of chat.clients) {
      if (ws.data.sessionId === session.id) ws.close(4401, 'Logged out.');
    }
    session.destroy(() => response.redirect('/login'));
  });
  app.get('/online', (_, response) => {
    response.json({ online: chat.clients.size });
  });

  const server = app.listen(port);
  const chat = new WebSocketServer({
    server,
    path: '/chat/:room',
    async upgrade({ request, params: { room }, signal }) {
      const { id: sessionId, userId } = await sessionOf(request);
      const user = await users.find(userId, { signal });
      if (user === undefined) return refuse(401, 'Log in first.');
      if (!user.rooms.includes(room)) return refuse(403, 'This room is not yours.');
      return { data: { name: user.name, room, sessionId }, topics: [room] };
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
