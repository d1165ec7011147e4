/** Clients with and without the cookie of a login, at the server of `frameworks/http.ts`. */
import WebSocket from '@ws/websocket';
import { startHttpServer } from '../frameworks/http';
import { show } from '../support/show';

/** Logs in as a browser does, by a link that was mailed to the user; gives the cookie. */
async function logIn(url: string, token: string): Promise<string> {
  const page = new URL(`/login?token=${token}`, url.replace('ws:', 'http:'));
  const { headers } = await fetch(page, { redirect: 'manual' });
  return headers.get('set-cookie')?.split(';')[0] ?? '';
}

async function enter(room: string, url: string, headers: Record<string, string>): Promise<void> {
  const ws = new WebSocket(new URL(`/chat/${room}`, url), [], { headers });
  try {
    await ws.opened;
    console.log(`${room}: welcome`);
    ws.close(1000);
  } catch {
    console.log(`${room}: refused with ${ws.statusCode}`);
  }
  await ws.closed;
}

show(startHttpServer, async (url) => {
  console.log('Nobody');
  await enter('lobby', url, {});
  console.log('Ada, who may go everywhere');
  const ada = { Cookie: await logIn(url, 'adas-link') };
  await enter('lobby', url, ada);
  await enter('engines', url, ada);
  console.log('Bob, who may not');
  const bob = { Cookie: await logIn(url, 'bobs-link') };
  await enter('lobby', url, bob);
  await enter('engines', url, bob);
  console.log("Another site's page, in Ada's browser");
  await enter('lobby', url, { ...ada, Origin: 'https://other.example' });
});
