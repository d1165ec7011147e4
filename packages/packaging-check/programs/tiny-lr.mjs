/** tiny-lr: what a page's LiveReload client and those who tell of changes expect of it. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import FayeWebSocket from 'faye-websocket';
import tinyLr from 'tiny-lr';
import assertRunsOnUs from './support/runs-on-us.cjs';
import { Inbox, listen, within } from './support/waiting.mjs';

assertRunsOnUs('tiny-lr');

const HELLO = { command: 'hello', protocols: ['http://livereload.com/protocols/official-7'] };
const reload = (path) => ({
  command: 'reload',
  path,
  liveCSS: true,
  reloadMissingCSS: true,
  liveImg: true,
});

await asServer();
await asMiddleware();

async function asServer() {
  const server = tinyLr();
  const base = `127.0.0.1:${await listen(server.server)}`;
  await servesItsScript(base);
  const created = new Inbox();
  const destroyed = new Inbox();
  server.on('MSG /create', (id, url) => created.put({ id, url }));
  server.on('MSG /destroy', (id, url) => destroyed.put({ id, url }));

  const pages = [];
  for (const url of ['http://one/', 'http://two/']) {
    const page = await openPage(base);
    page.ws.send(JSON.stringify({ command: 'info', plugins: {}, url }));
    page.client = await created.next('a client');
    assert.equal(page.client.url, url);
    pages.push(page);
  }
  pages[0].ws.send('not JSON');
  await tellsOfChanges(base, pages);

  pages[0].ws.close();
  assert.deepEqual(await destroyed.next('the end of a client'), pages[0].client);
  assert.equal(await pages[0].messages.next('the end of a page'), 'closed');
  const closed = within(once(server, 'close'), 'the end of the server');
  await fetch(`http://${base}/kill`, { headers: { Connection: 'close' } });
  assert.equal(await pages[1].messages.next('the end of a page'), 'closed');
  await closed;
}

async function tellsOfChanges(base, pages) {
  const clients = pages.map(({ client }) => client);
  const got = await (await fetch(`http://${base}/changed?files=site.css,app.js`)).json();
  assert.deepEqual(got, { clients, files: ['site.css', 'app.js'] });
  const posted = await post(`http://${base}/changed`, { files: ['größe.png'] });
  assert.deepEqual(posted, { clients, files: ['größe.png'] });
  assert.deepEqual(await post(`http://${base}/alert`, { message: 'Grüße' }), {
    clients,
    message: 'Grüße',
  });
  for (const { messages } of pages) {
    for (const path of ['site.css', 'app.js', 'größe.png']) {
      assert.deepEqual(await messages.next('a change'), reload(path));
    }
    assert.deepEqual(await messages.next('an alert'), { command: 'alert', message: 'Grüße' });
  }
}

async function servesItsScript(base) {
  const script = await fetch(`http://${base}/livereload.js`);
  assert.match(script.headers.get('content-type'), /javascript/);
  const own = createRequire(createRequire(import.meta.url).resolve('tiny-lr'));
  const file = await readFile(own.resolve('livereload-js/dist/livereload.js'), 'utf8');
  assert.equal(await script.text(), file);
  assert.equal((await (await fetch(`http://${base}/`)).json()).tinylr, 'Welcome');
  assert.equal((await fetch(`http://${base}/nothing`)).status, 404);
}

/** As in an application of connect or express, which tiny-lr gives a method `listen`. */
async function asMiddleware() {
  const app = (request, response) =>
    middleware(request, response, () => response.end('the application'));
  const middleware = tinyLr.middleware({ app, dashboard: true });
  const http = await new Promise((resolve) => {
    const listening = app.listen(0, () => resolve(listening));
  });
  const base = `127.0.0.1:${http.address().port}`;
  const page = await openPage(base);
  assert.equal(await (await fetch(`http://${base}/`)).text(), 'the application');
  await post(`http://${base}/changed`, { files: 'a.css b.css' });
  for (const path of ['a.css', 'b.css']) {
    assert.deepEqual(await page.messages.next('a change'), reload(path));
  }
  page.ws.close();
  assert.equal(await page.messages.next('the end of a page'), 'closed');
  http.close();
  http.closeAllConnections();
}

/** What a page does first; its messages, then `closed`. */
async function openPage(base) {
  const ws = new FayeWebSocket.Client(`ws://${base}/livereload`);
  const messages = new Inbox();
  ws.onmessage = ({ data }) => messages.put(JSON.parse(data));
  ws.onclose = () => messages.put('closed');
  ws.onopen = () => ws.send(JSON.stringify(HELLO));
  const { command, protocols, serverName } = await messages.next('the greeting');
  assert.deepEqual({ command, protocols, serverName }, { ...HELLO, serverName: 'tiny-lr' });
  return { ws, messages };
}

async function post(url, body) {
  const headers = { 'Content-Type': 'application/json' };
  return (await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })).json();
}
