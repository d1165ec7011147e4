/** A small server of Pusher's protocol, version 7, and its client. */
'use strict';
const { once } = require('node:events');
const { createServer } = require('node:http');
const WebSocket = require('faye-websocket');
const Pusher = require('pusher-js');

/** Seconds of silence after which a client pings. */
const ACTIVITY_TIMEOUT = 0.05;

/**
 * Gives `work` a function that makes a client, and the server, which emits the name of each event that it
 * receives. It sends events of clients back, and at `client-leave` closes with a code that asks to come back.
 *
 * @param {(connect: () => Pusher, server: import('node:http').Server) => Promise<void>} work
 */
async function withServer(work) {
  const server = createServer();
  server.on('upgrade', (request, socket, head) => {
    const ws = new WebSocket(request, socket, head, [], { ping: 30 });
    const say = (event, data, channel) =>
      ws.send(JSON.stringify({ event, channel, data: JSON.stringify(data) }));
    ws.on('open', () => {
      const data = { socket_id: '1.1', activity_timeout: ACTIVITY_TIMEOUT };
      say('pusher:connection_established', data);
    });
    ws.on('message', (message) => {
      const { event, channel, data } = JSON.parse(message.data);
      server.emit(event);
      if (event === 'pusher:ping') say('pusher:pong', {});
      else if (event === 'pusher:subscribe') {
        say('pusher_internal:subscription_succeeded', {}, data.channel);
      } else if (event === 'client-leave') ws.close(4200, 'come back');
      else if (event.startsWith('client-')) say(event, data, channel);
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  try {
    await work(() => connect(server.address().port), server);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

function connect(port) {
  const authorize = (_id, callback) => callback(false, { auth: 'signature' });
  return new Pusher('key', {
    wsHost: '127.0.0.1',
    wsPort: port,
    encrypted: false,
    enabledTransports: ['ws'],
    disableStats: true,
    authorizer: () => ({ authorize }),
  });
}

/** The data of the next event of a channel, a connection. */
function event(target, name) {
  return new Promise((resolve) => target.bind(name, resolve));
}

module.exports = { withServer, event };
