/** Faye: a client comes back, and subscribes again, when its server was away or has lost a connection. */
import assert from 'node:assert/strict';
import faye from 'faye';
import { serve } from './support/faye.mjs';
import { Inbox, within } from './support/waiting.mjs';

/** How long the server holds back its answer to a client that has nothing to receive, in seconds. */
const BRIEFLY = { adapterOptions: { timeout: 1 } };

for (const disabled of [[], ['websocket']]) await comeBack(disabled);
// Faye's clients leave timers of a minute behind.
process.exit();

async function comeBack(disabled) {
  let server = await serve(BRIEFLY);
  const client = new faye.Client(server.url, { retry: 0.1, timeout: 10 });
  disabled.forEach((transport) => client.disable(transport));
  const changes = new Inbox();
  for (const state of ['up', 'down']) client.on(`transport:${state}`, () => changes.put(state));
  const messages = new Inbox();
  await within(client.subscribe('/news/*', messages.put), 'a subscription');
  assert.equal(await changes.next('the transport'), 'up');
  await publish(server, 'before', messages);

  server.close();
  assert.equal(await changes.next('the loss of the transport'), 'down');
  const lost = client.publish('/news/sent', 'while the server was away');
  server = await serve({ ...BRIEFLY, port: server.port });
  const subscribed = whenSubscribed(server);
  assert.equal(await changes.next('the transport once more'), 'up');
  await subscribed;
  await publish(server, 'after', messages);
  await within(lost, 'the acknowledgement of what was sent meanwhile');

  server.closeSockets();
  if (disabled.length === 0) {
    assert.equal(await changes.next('the loss of a connection'), 'down');
    assert.equal(await changes.next('another connection'), 'up');
  }
  await publish(server, 'with the same server', messages);

  await within(client.disconnect(), 'the end of the client');
  server.close();
}

/** Publishes from another client until the message has come, since a server may have it early. */
async function publish({ url }, text, messages) {
  const publisher = new faye.Client(url);
  await within(publisher.publish('/news/test', text), 'an acknowledgement');
  let received;
  do received = await messages.next(`the message ${text}`);
  while (received === 'while the server was away');
  assert.equal(received, text);
  await within(publisher.disconnect(), 'the end of the publisher');
}

function whenSubscribed({ adapter }) {
  return within(
    new Promise((resolve) => {
      adapter.on('subscribe', (_client, channel) => {
        if (channel === '/news/*') resolve();
      });
    }),
    'the subscription to the new server',
  );
}
