/** Faye: its own extensions on both ends see, change and refuse messages; the acknowledgements tell. */
import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers';
import faye from 'faye';
import { serve } from './support/faye.mjs';
import { Inbox, within } from './support/waiting.mjs';

for (const disabled of [[], ['websocket']]) await exchange(disabled);
// Faye's clients leave timers of a minute behind.
process.exit();

async function exchange(disabled) {
  const server = await serve();
  server.adapter.addExtension({
    incoming(message, request, callback) {
      assert.equal(typeof request.headers.host, 'string');
      const isPublished = !message.channel.startsWith('/meta/');
      if (isPublished && message.ext?.token !== 'secret') message.error = '403::Invalid token';
      callback(message);
    },
    outgoing(message, callback) {
      delete message.ext;
      callback(message);
    },
  });
  const [subscriber, publisher] = [0, 1].map(() => {
    const client = new faye.Client(server.url, { timeout: 10 });
    disabled.forEach((transport) => client.disable(transport));
    return client;
  });
  const received = new Inbox();
  subscriber.addExtension({
    incoming(message, callback) {
      if (message.data !== undefined) message.data = { changed: message.data, ext: message.ext };
      callback(message);
    },
  });
  await within(subscriber.subscribe('/secrets', received.put), 'a subscription');

  await assert.rejects(within(publisher.publish('/secrets', 'refused'), 'the refusal'), {
    code: 403,
    message: 'Invalid token',
  });
  publisher.addExtension({
    outgoing(message, callback) {
      if (message.channel === '/secrets') message.ext = { token: 'secret' };
      setImmediate(callback, message);
    },
  });
  await within(publisher.publish('/secrets', 'accepted'), 'the acknowledgement');
  assert.deepEqual(await received.next('the message'), { changed: 'accepted', ext: undefined });

  for (const client of [subscriber, publisher]) await within(client.disconnect(), 'an end');
  server.close();
}
