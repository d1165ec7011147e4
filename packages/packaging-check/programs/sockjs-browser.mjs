/** sockjs: its client in a browser, whose WebSockets are the browser's own, over each transport that it has there. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import sockjs from 'sockjs';
import { findBrowser, openPage } from './support/browser.mjs';
import assertRunsOnUs from './support/runs-on-us.cjs';
import { Inbox, listen } from './support/waiting.mjs';

const TRANSPORTS = ['websocket', 'xhr-streaming', 'eventsource', 'xhr-polling', 'jsonp-polling'];
const MESSAGES = ['é€😀', '\r\n\u2028\0', 'x'.repeat(2 ** 16), 'close me'];
const CLIENT = createRequire(import.meta.url).resolve('sockjs-client/dist/sockjs.min.js');

assertRunsOnUs('sockjs');
const browser = findBrowser();
const told = new Inbox();
const used = [];

const service = sockjs.createServer({
  prefix: '/sockjs',
  heartbeat_delay: 20,
  disconnect_delay: 2000,
  log: () => {},
});
service.on('connection', (connection) => {
  used.push(connection.protocol);
  connection.on('data', (text) => {
    if (text === 'close me') connection.close(3001, 'bye €');
    else connection.write(text);
  });
});
const server = createServer(servePage);
service.installHandlers(server);
const port = await listen(server);

const closePage = await openPage(browser, `http://127.0.0.1:${port}/`);
try {
  for (const transport of TRANSPORTS) {
    const received = MESSAGES.slice(0, -1);
    const end = { code: 3001, reason: 'bye €', wasClean: true };
    const result = await told.next(`messages by ${transport}`);
    assert.deepEqual(result, { transport, received, end });
  }
  assert.deepEqual(used, TRANSPORTS);
} finally {
  await closePage();
}
server.closeAllConnections();
server.close();
await once(server, 'close');

/** What runs in the page. */
async function talkOverEach(transports, messages) {
  const { SockJS, location } = globalThis;
  const tell = (what) => fetch('/tell', { method: 'POST', body: JSON.stringify(what) });
  const talk = (transport) =>
    new Promise((resolve) => {
      const client = new SockJS(`${location.origin}/sockjs`, null, { transports: [transport] });
      const received = [];
      client.onopen = () => messages.forEach((text) => client.send(text));
      client.onmessage = ({ data }) => received.push(data);
      client.onclose = ({ code, reason, wasClean }) =>
        resolve({ transport, received, end: { code, reason, wasClean } });
    });
  for (const transport of transports) await tell(await talk(transport));
}

async function servePage(request, response) {
  if (request.url === '/client.js') createReadStream(CLIENT).pipe(response);
  if (request.url === '/') {
    const args = JSON.stringify([TRANSPORTS, MESSAGES]);
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end(
      '<!doctype html><script src="/client.js"></script>' +
        `<script>(${talkOverEach})(...${args})</script>`,
    );
  }
  if (request.url !== '/tell') return;
  let body = '';
  for await (const part of request.setEncoding('utf8')) body += part;
  told.put(JSON.parse(body));
  response.end();
}
