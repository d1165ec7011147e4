/** Faye: publishing and subscribing over every transport of its Node client, in the clear and over TLS. */
import assert from 'node:assert/strict';
import deflate from 'permessage-deflate';
import faye from 'faye';
import { selfSigned, serve } from './support/faye.mjs';
import { Inbox, within } from './support/waiting.mjs';

const CERTIFICATE = await selfSigned();
const BIG = 'Zażółć gęślą jaźń 🦊 '.repeat(4000).slice(0, 65_536);

const CASES = [
  { name: 'ws', upgrades: true },
  { name: 'ws, compressed', upgrades: true, deflated: true },
  { name: 'http, long-polling', disabled: 'websocket' },
  { name: 'wss', upgrades: true, tls: CERTIFICATE },
  { name: 'wss, compressed', upgrades: true, tls: CERTIFICATE, deflated: true },
  { name: 'https, long-polling', disabled: 'websocket', tls: CERTIFICATE },
];

for (const setting of CASES) {
  try {
    await publishAndSubscribe(setting);
  } catch (error) {
    throw new Error(`over ${setting.name}`, { cause: error });
  }
}

// Faye's clients leave timers of a minute behind.
process.exit();

async function publishAndSubscribe({ upgrades = false, disabled, deflated = false, tls }) {
  const requests = [];
  const sessions = { created: 0, sent: 0 };
  const extension = counted(deflate, sessions);
  const server = await serve({
    tls,
    extensions: deflated ? [extension] : [],
    onRequest: (request) => requests.push(request),
  });
  const clients = [0, 1].map(() => {
    const client = new faye.Client(server.url, { timeout: 10, tls: { ca: tls?.cert } });
    if (disabled !== undefined) client.disable(disabled);
    if (deflated) client.addWebsocketExtension(extension);
    client.setHeader('X-Test', 'yes');
    return client;
  });
  try {
    await exchange(server, ...clients);
    await sendMany(...clients, upgrades);
    const upgraded = requests.filter((request) => request.headers.upgrade === 'websocket');
    assert.equal(upgraded.length, upgrades ? 2 : 0);
    assert.ok(requests.every((request) => request.headers['x-test'] === 'yes'));
    assert.equal(sessions.created, deflated ? 4 : 0, 'sessions of permessage-deflate');
    assert.equal(sessions.sent > 0, deflated, 'messages were compressed');
    for (const client of clients) await within(client.disconnect(), 'the end of a client');
  } finally {
    server.close();
  }
}

async function exchange({ adapter }, subscriber, publisher) {
  const [direct, wild, deep] = [new Inbox(), new Inbox(), new Inbox()];
  await within(subscriber.subscribe('/chat/a', direct.put), 'a subscription');
  await within(
    subscriber.subscribe('/chat/*').withChannel((channel, data) => wild.put({ channel, data })),
    'a subscription to a wildcard',
  );
  await within(subscriber.subscribe('/chat/**', deep.put), 'a subscription to all below');

  await within(publisher.publish('/chat/a', { text: 'Grüße 🦊' }), 'the acknowledgement');
  for (const inbox of [direct, deep]) {
    assert.deepEqual(await inbox.next('a message'), { text: 'Grüße 🦊' });
  }
  assert.deepEqual(await wild.next('a message'), {
    channel: '/chat/a',
    data: { text: 'Grüße 🦊' },
  });

  await within(publisher.publish('/chat/a/b', [1, null]), 'the acknowledgement');
  assert.deepEqual(await deep.next('a message below'), [1, null]);

  await within(publisher.publish('/chat/c', BIG), 'the acknowledgement of a big message');
  assert.deepEqual(await wild.next('a big message'), { channel: '/chat/c', data: BIG });
  assert.equal(await deep.next('a big message'), BIG);

  await within(adapter.getClient().publish('/chat/a', 'from the server'), 'the acknowledgement');
  assert.equal(await direct.next("the server's message"), 'from the server');
}

/** Requests by HTTP may overtake each other. */
async function sendMany(publisher, subscriber, inOrder) {
  const numbers = Array.from({ length: 50 }, (_, index) => index);
  const inbox = new Inbox();
  await within(subscriber.subscribe('/numbers', inbox.put), 'a subscription');
  for (const number of numbers) publisher.publish('/numbers', number);
  const received = [];
  while (received.length < numbers.length) received.push(await inbox.next('a number'));
  assert.deepEqual(inOrder ? received : received.toSorted((a, b) => a - b), numbers);
}

/** An extension that counts its sessions, and the messages that they send. */
function counted(extension, counts) {
  const observe = (session) => {
    if (session === null) return session;
    counts.created += 1;
    const process = session.processOutgoingMessage;
    session.processOutgoingMessage = function (message, callback) {
      counts.sent += 1;
      return process.call(this, message, callback);
    };
    return session;
  };
  return {
    name: extension.name,
    type: extension.type,
    rsv1: extension.rsv1,
    rsv2: extension.rsv2,
    rsv3: extension.rsv3,
    createClientSession: () => observe(extension.createClientSession()),
    createServerSession: (offers) => observe(extension.createServerSession(offers)),
  };
}
