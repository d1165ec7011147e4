/** Pusher's client: events both ways, its own pings, and coming back. */
'use strict';
const assert = require('node:assert/strict');
const { once } = require('node:events');
require('./support/runs-on-us.cjs')('pusher-js');
const checkBehaviours = require('./support/behaviours.cjs');
const { withServer, event } = require('./support/pusher.cjs');

async function sendsEventsBothWays() {
  await withServer(async (connect) => {
    const pusher = connect();
    const channel = pusher.subscribe('private-news');
    await event(channel, 'pusher:subscription_succeeded');
    for (const data of [{ text: 'Grüße 🦊' }, { text: 'x'.repeat(2 ** 16) }]) {
      const received = event(channel, 'client-news');
      channel.trigger('client-news', data);
      assert.deepEqual(await received, data);
      channel.unbind('client-news');
    }
    const disconnected = event(pusher.connection, 'disconnected');
    pusher.disconnect();
    await disconnected;
  });
}

async function pingsWhenNothingComes() {
  await withServer(async (connect, server) => {
    const pusher = connect();
    for (let pings = 0; pings < 3; pings++) await once(server, 'pusher:ping');
    assert.equal(pusher.connection.state, 'connected');
    pusher.disconnect();
  });
}

async function comesBack() {
  await withServer(async (connect) => {
    const pusher = connect();
    const channel = pusher.subscribe('private-news');
    await event(channel, 'pusher:subscription_succeeded');
    const again = event(channel, 'pusher:subscription_succeeded');
    channel.trigger('client-leave', {});
    await again;
    pusher.disconnect();
  });
}

checkBehaviours(sendsEventsBothWays, pingsWhenNothingComes, comesBack);
