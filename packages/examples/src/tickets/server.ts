/**
 * A server for pages of another site. They have no cookie for it, and a script cannot set `Authorization` on a WebSocket. So
 * the page asks for a ticket, by an HTTP request with its token, and puts the ticket into the URL of the WebSocket.
 */
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { WebSocketServer } from '@ws/websocket';
import { Tickets } from './tickets';

/** The site whose pages may connect. */
export const SITE = 'https://app.example';

/** Stands for the check of an access token, as OAuth has them. */
const USERS = new Map([['Bearer token-of-ada', 'Ada']]);

/** Starts the server; close it, and the connections to it, to stop. */
export function startTicketServer(port: number): Server {
  const tickets = new Tickets();

  function answer({ method, headers }: IncomingMessage, response: ServerResponse): void {
    response.setHeader('Access-Control-Allow-Origin', SITE);
    response.setHeader('Access-Control-Allow-Headers', 'Authorization');
    response.setHeader('Cache-Control', 'no-store');
    const user = USERS.get(headers.authorization ?? '');
    if (method === 'OPTIONS') response.writeHead(204).end();
    else if (user === undefined) response.writeHead(401).end();
    else response.end(tickets.issue(user));
  }

  const server = createServer((request, response) => {
    if (request.url === '/ticket') answer(request, response);
    else response.writeHead(404).end();
  });

  const greeter = new WebSocketServer({
    server,
    path: '/',
    origins: [SITE],
    upgrade({ url }) {
      const user = tickets.redeem(url.searchParams.get('ticket'));
      // A script in a browser can read a close code, but not the status of a refusal.
      if (user === undefined) return { closeWith: { code: 4401, reason: 'Get a new ticket.' } };
      return { data: { user } };
    },
  });
  greeter.on('connection', (ws) => ws.send(`hello ${ws.data.user}`));

  return server.listen(port);
}
