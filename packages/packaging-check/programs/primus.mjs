/** Primus with its transformer for faye-websocket, as server and client. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import Primus from 'primus';
import assertRunsOnUs from './support/runs-on-us.cjs';
import { Inbox, listen, within } from './support/waiting.mjs';

assertRunsOnUs('primus');

const MESSAGES = [{ a: [1, null] }, 'Grüße 🦊', 'x'.repeat(65_536)];
const SETTINGS = [
  { name: 'without options' },
  // Milliseconds; a client that does not answer for so long is cut off.
  { name: 'with heartbeats', pingInterval: 1500 },
  { name: 'with compression', compression: true },
  { name: 'with options of faye-websocket', transport: { ping: 1, headers: { 'X-From': 'us' } } },
];

for (const { name, ...options } of SETTINGS) {
  const { primus, url, upgrades } = await serve(options);
  const client = connect(primus, url);
  await within(once(client, 'open'), `an open connection ${name}`);
  assert.equal(upgrades[0]['x-test'], 'yes');
  await exchange(client, name);
  if (options.pingInterval !== undefined) await heartbeat(client);
  client.write('close me');
  await within(once(client, 'end'), `the end by the server ${name}`);
  await end(primus);
}
await comesBack();
await refusesWhatIsTooLong();

/** A server that sends back what it receives. */
async function serve(options, port) {
  const server = http.createServer();
  const primus = new Primus(server, { transformer: 'faye', ...options });
  const upgrades = [];
  server.prependListener('upgrade', ({ headers }) => upgrades.push(headers));
  primus.on('connection', (spark) => {
    spark.on('data', (data) => (data === 'close me' ? spark.end() : spark.write(data)));
  });
  const taken = await listen(server, port);
  return { primus, upgrades, port: taken, url: `http://127.0.0.1:${taken}` };
}

/** Primus hands its transport's options over to faye-websocket's client. */
function connect({ Socket }, url) {
  const transport = { headers: { 'X-Test': 'yes' } };
  return new Socket(url, { transport, reconnect: { min: 20, max: 100, retries: 50 } });
}

async function exchange(client, name) {
  const received = new Inbox();
  client.on('data', received.put);
  for (const message of MESSAGES) client.write(message);
  for (const message of MESSAGES) {
    // As JSON, since the client runs in a realm of its own: its objects have other prototypes.
    const got = await received.next(`a message ${name}`);
    assert.equal(JSON.stringify(got), JSON.stringify(message));
  }
  client.off('data', received.put);
}

/** The second comes to those alone who have answered the first. */
async function heartbeat(client) {
  await within(once(client, 'incoming::ping'), 'a heartbeat');
  await within(once(client, 'incoming::ping'), 'another heartbeat');
}

async function comesBack() {
  let server = await serve({});
  const client = connect(server.primus, server.url);
  await within(once(client, 'open'), 'an open connection');
  const offline = once(client, 'reconnect scheduled');
  await end(server.primus, { reconnect: true });
  await within(offline, 'the loss of the connection');
  const online = once(client, 'reconnected');
  server = await serve({}, server.port);
  await within(online, 'another connection');
  await exchange(client, 'after the server came back');
  client.end();
  await end(server.primus);
}

async function refusesWhatIsTooLong() {
  const { primus, url } = await serve({ maxLength: 1000 });
  const errors = new Inbox();
  primus.on('connection', (spark) => spark.on('error', errors.put));
  const client = connect(primus, url);
  await within(once(client, 'open'), 'an open connection');
  client.write('x'.repeat(1001));
  assert.match((await errors.next('an error')).message, /too (big|large)/);
  await within(once(client, 'reconnected'), 'another connection');
  client.end();
  await end(primus);
}

async function end(primus, options = {}) {
  await within(
    new Promise((resolve) => primus.destroy({ timeout: 1, ...options }, resolve)),
    'the end of the server',
  );
}
