/** sockjs over WebSockets beyond what every transport does: raw ones, extensions, TLS, lost connections, crowds. */
'use strict';
const assert = require('node:assert/strict');
const { once } = require('node:events');
const https = require('node:https');
require('./support/runs-on-us.cjs')('sockjs', 'sockjs-client');
const { Client } = require('faye-websocket');
const deflate = require('permessage-deflate');
const { certificate } = require('./support/certificate.cjs');
const checkBehaviours = require('./support/behaviours.cjs');
const { withServer, connect, event, messages } = require('./support/sockjs.cjs');

const echo = (connection) => connection.on('data', (data) => connection.write(data));

/** A plain WebSocket, without sockjs's frames. */
function raw(url) {
  return new Client(`${url.replace('http', 'ws')}/websocket`);
}

async function rawEchoes() {
  await withServer({}, echo, async (url) => {
    const client = raw(url);
    await once(client, 'open');
    for (const text of ['é€😀', 'x'.repeat(2 ** 16)]) {
      client.send(text);
      assert.equal((await once(client, 'message'))[0].data, text);
    }
    client.close();
    await once(client, 'close');
  });
}

async function rawClosesWithACode() {
  const onConnection = (connection) => connection.on('data', () => connection.close(3001, 'bye €'));
  await withServer({}, onConnection, async (url) => {
    const client = raw(url);
    await once(client, 'open');
    client.send('close me');
    const [{ code, reason }] = await once(client, 'close');
    assert.deepEqual({ code, reason }, { code: 3001, reason: 'bye €' });
  });
}

async function rawIsClosedByTheClient() {
  let connection;
  await withServer(
    {},
    (opened) => (connection = opened),
    async (url) => {
      const client = raw(url);
      await once(client, 'open');
      const closed = [once(client, 'close'), once(connection, 'close')];
      client.close(4001, 'enough');
      const [[{ code, reason }]] = await Promise.all(closed);
      assert.deepEqual({ code, reason }, { code: 4001, reason: 'enough' });
    },
  );
}

async function brokenFramingCloses() {
  await withServer({}, echo, async (url) => {
    const client = new Client(`${url.replace('http', 'ws')}/000/session/websocket`);
    assert.equal((await once(client, 'message'))[0].data, 'o');
    client.send('["no end');
    const [{ code, reason }] = await once(client, 'close');
    assert.deepEqual({ code, reason }, { code: 3000, reason: 'Broken framing.' });
  });
}

async function usesExtensions() {
  const options = { faye_server_options: { extensions: [deflate], maxLength: 2 ** 20 } };
  await withServer(options, echo, async (url) => {
    const transportOptions = { websocket: { extensions: [deflate] } };
    const client = await connect(url, 'websocket', { transportOptions });
    const text = 'compressed '.repeat(10_000);
    const echoed = messages(client, 2);
    client.send(text);
    client.send(text);
    assert.deepEqual(await echoed, [text, text]);
    client.close();
  });
}

async function refusesWhatIsTooLong() {
  await withServer({ faye_server_options: { maxLength: 1000 } }, echo, async (url) => {
    const client = await connect(url, 'websocket');
    client.send('x'.repeat(1001));
    assert.equal((await event(client, 'close')).code, 1009);
  });
}

async function speaksTls() {
  const { key, cert } = await certificate();
  https.globalAgent.options.ca = cert;
  const work = async (url) => {
    const transportOptions = { websocket: { tls: { ca: cert } } };
    const client = await connect(url, 'websocket', { transportOptions });
    const echoed = messages(client, 1);
    client.send('secret');
    assert.deepEqual(await echoed, ['secret']);
    client.close();
  };
  await withServer({}, echo, work, https.createServer({ key, cert }));
}

async function noticesALostConnection() {
  let connection;
  await withServer(
    {},
    (opened) => (connection = opened),
    async (url, loseConnections) => {
      const client = await connect(url, 'websocket');
      const closed = [event(client, 'close'), once(connection, 'close')];
      loseConnections();
      const [{ code, wasClean }] = await Promise.all(closed);
      assert.deepEqual({ code, wasClean }, { code: 1006, wasClean: false });
    },
  );
}

async function broadcastsToACrowd() {
  const connections = new Set();
  const onConnection = (connection) => {
    connections.add(connection);
    connection.on('close', () => connections.delete(connection));
    connection.on('data', (text) => {
      for (const other of connections) other.write(text);
    });
  };
  await withServer({}, onConnection, async (url) => {
    const crowd = Array.from({ length: 50 }, () => connect(url, 'websocket'));
    const clients = await Promise.all(crowd);
    const everywhere = clients.map((client) => messages(client, clients.length));
    clients.forEach((client, index) => client.send(`${index}`));
    for (const received of await Promise.all(everywhere)) {
      assert.deepEqual(
        received.map(Number).sort((a, b) => a - b),
        [...clients.keys()],
      );
    }
    for (const client of clients) client.close();
  });
}

checkBehaviours(
  rawEchoes,
  rawClosesWithACode,
  rawIsClosedByTheClient,
  brokenFramingCloses,
  usesExtensions,
  refusesWhatIsTooLong,
  speaksTls,
  noticesALostConnection,
  broadcastsToACrowd,
);
