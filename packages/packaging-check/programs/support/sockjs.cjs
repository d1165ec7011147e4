/** A sockjs server on a free port, and sockjs's own client over a transport that is named. */
'use strict';
const { once } = require('node:events');
const { createServer } = require('node:http');
const { Server } = require('node:https');
const sockjs = require('sockjs');
const SockJS = require('sockjs-client');

const DEFAULTS = { prefix: '/sockjs', disconnect_delay: 2000, log: () => {} };

/**
 * Gives `work` the address of a sockjs server, and ends the server and its connections afterwards.
 *
 * @param {object} options for sockjs
 * @param {(connection: import('node:events').EventEmitter) => void} onConnection
 * @param {(url: string, loseConnections: () => void) => Promise<void>} work
 * @param {import('node:http').Server} server over which sockjs speaks
 */
async function withServer(options, onConnection, work, server = createServer()) {
  const service = sockjs.createServer({ ...DEFAULTS, ...options });
  service.on('connection', onConnection);
  service.installHandlers(server);
  const sockets = new Set();
  server.on('connection', (socket) => sockets.add(socket));
  const loseConnections = () => sockets.forEach((socket) => socket.destroy());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const scheme = server instanceof Server ? 'https' : 'http';
  try {
    await work(`${scheme}://127.0.0.1:${server.address().port}/sockjs`, loseConnections);
  } finally {
    loseConnections();
    server.close();
  }
}

/** A client that may use one transport only, open. */
async function connect(url, transport, options = {}) {
  const client = new SockJS(url, null, { transports: [transport], ...options });
  await event(client, 'open');
  return client;
}

/** The next event of a type; an end before it is an error. */
function event(client, type) {
  return new Promise((resolve, reject) => {
    client.addEventListener(type, resolve);
    client.addEventListener('close', ({ code, reason }) =>
      reject(new Error(`closed before ${type}: ${code} ${reason}`)),
    );
  });
}

/** The next `count` messages. */
function messages(client, count) {
  return new Promise((resolve, reject) => {
    const received = [];
    client.addEventListener('message', ({ data }) => {
      if (received.push(data) === count) resolve(received);
    });
    client.addEventListener('close', ({ code, reason }) =>
      reject(new Error(`closed after ${received.length} messages: ${code} ${reason}`)),
    );
  });
}

module.exports = { withServer, connect, event, messages };
