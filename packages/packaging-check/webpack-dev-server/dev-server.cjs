/** A change of a source, and of a static file, reaches sockjs's client as messages of the development server. */
'use strict';
const assert = require('node:assert/strict');
const { once } = require('node:events');
const { mkdirSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
require('./support/runs-on-us.cjs')('sockjs', 'sockjs-client');
const SockJS = require('sockjs-client');
const webpack = require('webpack');
const WebpackDevServer = require('webpack-dev-server');
const checkBehaviours = require('./support/behaviours.cjs');

const STATIC = join(__dirname, 'static');
const PAGE = join(STATIC, 'index.html');
const ENTRY = join(__dirname, 'entry.js');

/** What the server says, in its order. */
class Messages {
  #waiting = [];
  #wake = () => {};

  constructor(client) {
    client.onmessage = ({ data }) => {
      this.#waiting.push(JSON.parse(data));
      this.#wake();
    };
  }

  /** The data of the next message of a type; those before it are dropped. */
  async next(type) {
    for (;;) {
      while (this.#waiting.length === 0) await new Promise((resolve) => (this.#wake = resolve));
      const message = this.#waiting.shift();
      assert(!['error', 'errors', 'warnings'].includes(message.type), JSON.stringify(message));
      if (message.type === type) return message.data;
    }
  }
}

async function tellsOfChanges() {
  mkdirSync(STATIC);
  writeFileSync(PAGE, 'first');
  writeFileSync(ENTRY, 'console.log("first");\n');
  const compiler = webpack({ mode: 'development', context: __dirname, entry: ENTRY });
  const server = new WebpackDevServer(compiler, {
    contentBase: STATIC,
    watchContentBase: true,
    quiet: true,
    transportMode: 'sockjs',
  });
  const watching = once(server.contentBaseWatchers[0], 'ready');
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.listeningApp.address();
  const origin = `http://127.0.0.1:${port}`;
  // A browser says where a page is from, and the server asks for it.
  const transportOptions = { websocket: { headers: { Origin: origin } } };
  const client = new SockJS(`${origin}/sockjs-node`, null, { transportOptions });
  const messages = new Messages(client);

  const hash = await messages.next('hash');
  await messages.next('ok');
  assert.equal(client.transport, 'websocket');
  writeFileSync(ENTRY, 'console.log("second");\n');
  while ((await messages.next('hash')) === hash);
  await messages.next('ok');
  const bundle = await (await globalThis.fetch(`${origin}/main.js`)).text();
  assert(bundle.includes('second'), 'the bundle has the change');
  await watching;
  writeFileSync(PAGE, 'second');
  await messages.next('content-changed');

  const closed = new Promise((resolve) => (client.onclose = resolve));
  client.close();
  await closed;
  await new Promise((resolve) => server.close(resolve));
}

checkBehaviours(tellsOfChanges);
