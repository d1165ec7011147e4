/** Faye: its client in a browser, over each of the transports that it has there. */
import assert from 'node:assert/strict';
import { findBrowser, openPage } from './support/browser.mjs';
import { MOUNT, serve } from './support/faye.mjs';
import { Inbox, within } from './support/waiting.mjs';

/** In the client's order of preference; each is used when those before it are disabled. */
const TRANSPORTS = [
  'websocket',
  'eventsource',
  'long-polling',
  'cross-origin-long-polling',
  'callback-polling',
];
const MESSAGES = ['Grüße 🦊', { more: true }, 'x'.repeat(1500)];

const browser = findBrowser();
const told = new Inbox();
const connections = new Inbox();
const server = await serve({ adapterOptions: { timeout: 1 } });
server.adapter.addExtension({ incoming: noteConnection });
server.http.on('request', servePage);
const closePage = await openPage(browser, `http://127.0.0.1:${server.port}/`);
try {
  for (const transport of TRANSPORTS) {
    const { result, response } = await told.next(`messages by ${transport}`);
    assert.deepEqual(result, { transport, received: MESSAGES });
    await within(connectsBy(transport), `a connection by ${transport}`);
    response.end();
  }
} finally {
  await closePage();
}
server.close();
// Faye's clients leave timers of a minute behind.
process.exit();

/** What runs in the page. Another origin than the page's is the same server by another name. */
async function talkOverEach(transports, messages, mount) {
  const tell = (what) => fetch('/tell', { method: 'POST', body: JSON.stringify(what) });
  const { Faye, location } = globalThis;
  for (const [index, transport] of transports.entries()) {
    const otherOrigin = location.origin.replace('127.0.0.1', 'localhost');
    const origin = transport.startsWith('cross-origin') ? otherOrigin : location.origin;
    const client = new Faye.Client(origin + mount, { timeout: 10 });
    for (const better of transports.slice(0, index)) client.disable(better);
    const received = [];
    let finish;
    const finished = new Promise((resolve) => (finish = resolve));
    await client.subscribe('/test', (data) => {
      if (received.push(data) === messages.length) finish();
    });
    for (const message of messages) await client.publish('/test', message);
    await finished;
    await tell({ transport, received });
    await client.disconnect();
  }
}

/** A client names the transport by which it connects; each time it is asked to wait for messages. */
function noteConnection(message, callback) {
  if (message.channel === '/meta/connect') connections.put(message.connectionType);
  callback(message);
}

/** The client may begin with another transport while it tries this one. */
async function connectsBy(transport) {
  let used;
  do used = await connections.next('a connection');
  while (used !== transport);
}

async function servePage(request, response) {
  if (request.url === '/') {
    const args = JSON.stringify([TRANSPORTS, MESSAGES, MOUNT]);
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end(
      `<!doctype html><script src="${MOUNT}/client.js"></script>` +
        `<script>(${talkOverEach})(...${args})</script>`,
    );
  }
  if (request.url !== '/tell') return;
  let body = '';
  for await (const part of request.setEncoding('utf8')) body += part;
  told.put({ result: JSON.parse(body), response });
}
