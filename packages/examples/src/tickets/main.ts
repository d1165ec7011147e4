/** A page of another site, which fetches a ticket and connects with it. */
import WebSocket from '@ws/websocket';
import { nextMessage } from '../support/next-message';
import { show } from '../support/show';
import { SITE, startTicketServer } from './server';

async function fetchTicket(url: string, token: string): Promise<string | null> {
  const page = new URL('/ticket', url.replace('ws:', 'http:'));
  const response = await fetch(page, { headers: { Authorization: `Bearer ${token}` } });
  console.log(`asked for a ticket with ${token}: ${response.status}`);
  return response.ok ? response.text() : null;
}

async function connect(url: string, ticket: string): Promise<void> {
  const ws = new WebSocket(`${url}?ticket=${ticket}`, [], { origin: SITE });
  try {
    console.log('connected:', await nextMessage(ws));
    ws.close(1000);
  } catch (error) {
    console.log((error as Error).message);
  }
  await ws.closed;
}

show(startTicketServer, async (url) => {
  await fetchTicket(url, 'token-of-eve');
  const ticket = (await fetchTicket(url, 'token-of-ada'))!;
  await connect(url, ticket);
  console.log('the same ticket again');
  await connect(url, ticket);
});
