/** Accepts clients that have logged in: their session is found by the cookie that the login has set. */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import { refuse, WebSocketServer } from '@ws/websocket';

/** Yours are in a database: the names of users, by the id of the session. */
const sessions = new Map<string, string>();

function logIn(name: string, response: ServerResponse): void {
  const id = randomUUID();
  sessions.set(id, name);
  response.setHeader('Set-Cookie', `sid=${id}; HttpOnly; Secure; SameSite=Lax; Path=/`);
  response.writeHead(204).end();
}

export const server = createServer((request, response) => {
  // Check a password here, or a link that was mailed.
  if (request.method === 'POST' && request.url === '/login') logIn('Ada', response);
  else response.writeHead(404).end();
});

export const chat = new WebSocketServer({
  server,
  upgrade({ cookies }) {
    const user = sessions.get(cookies.get('sid') ?? '');
    return user === undefined ? refuse(401, 'Log in first.') : { data: { user } };
  },
});

chat.on('connection', (ws) => ws.send(`Hello, ${ws.data.user}.`));

server.listen(Number(process.env['PORT'] ?? 8080));
