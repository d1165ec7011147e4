/** Accepts clients with a ticket: a random token that is good for one connection, within a minute. */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { refuse, WebSocketServer } from '@ws/websocket';

const MINUTE = 60_000;
/** Who may connect with which ticket, and until when. */
const tickets = new Map<string, { readonly user: string; readonly expires: number }>();

function issue(user: string): string {
  const ticket = randomUUID();
  tickets.set(ticket, { user, expires: Date.now() + MINUTE });
  setTimeout(() => tickets.delete(ticket), MINUTE).unref();
  return ticket;
}

function redeem(ticket: string | null): string | undefined {
  const found = tickets.get(ticket ?? '');
  tickets.delete(ticket ?? '');
  return found !== undefined && found.expires > Date.now() ? found.user : undefined;
}

export const server = createServer((request, response) => {
  // Your API knows who asks: here it is whoever has the right key.
  const known = request.headers.authorization === 'Bearer key-of-ada';
  if (request.method !== 'POST' || request.url !== '/ticket') response.writeHead(404).end();
  else if (!known) response.writeHead(401).end();
  else response.end(issue('Ada'));
});

export const chat = new WebSocketServer({
  server,
  upgrade({ bearer }) {
    const user = redeem(bearer);
    return user === undefined ? refuse(401, 'This ticket is not valid.') : { data: { user } };
  },
});

chat.on('connection', (ws) => ws.send(`Hello, ${ws.data.user}.`));

server.listen(Number(process.env['PORT'] ?? 8080));
