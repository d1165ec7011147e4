/** What sockjs and its client promise over every transport that works outside of browsers. */
'use strict';
const assert = require('node:assert/strict');
const { once } = require('node:events');
require('./support/runs-on-us.cjs')('sockjs', 'sockjs-client');
const checkBehaviours = require('./support/behaviours.cjs');
const { withServer, connect, event, messages } = require('./support/sockjs.cjs');

const TRANSPORTS = ['websocket', 'eventsource', 'xhr-streaming', 'xhr-polling'];
/** Characters of every length in UTF-8, line ends, what JSON and URIs escape, and half a pair. */
const TEXTS = ['', 'a', 'é€😀', '\r\n\u2028\u2029\0', '"\\%25%', '\ud800', 'x'.repeat(2 ** 16)];

function echo(connection) {
  connection.on('data', (text) => connection.write(text));
}

async function sendsBothWays(transport) {
  await withServer({}, echo, async (url) => {
    const client = await connect(url, transport);
    const texts = [...TEXTS, ...Array.from({ length: 200 }, (_, index) => `message ${index}`)];
    const echoed = messages(client, texts.length);
    for (const text of texts) client.send(text);
    assert.deepEqual(await echoed, texts);
    client.close();
  });
}

/** The server ends a response of this many bytes, and the client asks for another. */
async function goesOnAfterTheResponseLimit(transport) {
  await withServer({ response_limit: 4096 }, echo, async (url) => {
    const client = await connect(url, transport);
    const texts = Array.from({ length: 50 }, (_, index) => `${index}`.padStart(1000));
    const echoed = messages(client, texts.length);
    for (const text of texts) client.send(text);
    assert.deepEqual(await echoed, texts);
    client.close();
  });
}

async function isClosedByTheServer(transport) {
  const onConnection = (connection) => connection.on('data', () => connection.close(3001, 'bye €'));
  await withServer({}, onConnection, async (url) => {
    const client = await connect(url, transport);
    client.send('close me');
    const { code, reason, wasClean } = await event(client, 'close');
    assert.deepEqual({ code, reason, wasClean }, { code: 3001, reason: 'bye €', wasClean: true });
  });
}

async function isClosedByTheClient(transport) {
  let connection;
  await withServer(
    { disconnect_delay: 500 },
    (opened) => (connection = opened),
    async (url) => {
      const client = await connect(url, transport);
      const closed = event(client, 'close');
      const ended = once(connection, 'close');
      client.close(4001, 'enough');
      const { code, reason } = await closed;
      assert.deepEqual({ code, reason }, { code: 4001, reason: 'enough' });
      await ended;
    },
  );
}

const BEHAVIOURS = [
  sendsBothWays,
  goesOnAfterTheResponseLimit,
  isClosedByTheServer,
  isClosedByTheClient,
];

const overEveryTransport = BEHAVIOURS.map((behaviour) =>
  Object.defineProperty(() => Promise.all(TRANSPORTS.map(behaviour)), 'name', {
    value: behaviour.name,
  }),
);

checkBehaviours(...overEveryTransport);
