/** Faye: its client in a browser, over each of the transports that it has there. */
import assert from 'node:assert/strict';
import { findBrowser, openPage } from './support/browser.mjs';
import { MOUNT, serve } from './support/faye.mjs';
import { Inbox } from './support/waiting.mjs';

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
const requests = [];
const server = await serve({ onRequest: (request) => requests.push(request) });
server.http.on('request', servePage);
const closePage = await openPage(browser, `http://127.0.0.1:${server.port}/`);
try {
  for (const transport of TRANSPORTS) {
    const result = await told.next(`messages by ${transport}`);
    assert.deepEqual(result, { transport, received: MESSAGES });
    const used = new Set(requests.splice(0).map(transportOf));
    const best = TRANSPORTS.find((other) => used.has(other));
    assert.equal(best, transport);
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
    await client.disconnect();
    await tell({ transport, received });
  }
}

function transportOf({ method, url, headers }) {
  if (!url.startsWith(MOUNT) || url.endsWith('.js')) return 'none';
  if (headers.upgrade === 'websocket') return 'websocket';
  if (headers.accept === 'text/event-stream') return 'eventsource';
  if (method !== 'POST') return 'callback-polling';
  return headers.origin.endsWith(headers.host) ? 'long-polling' : 'cross-origin-long-polling';
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
  told.put(JSON.parse(body));
  response.end();
}
