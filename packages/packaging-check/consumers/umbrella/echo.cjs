'use strict';

/** Messages to a server and back over loopback, dialled by either class; each closes cleanly. */
const assert = require('node:assert/strict');
const { once } = require('node:events');
const { createServer } = require('node:http');

module.exports = async function echo({ WebSocket, Client, isWebSocket }) {
  const server = createServer().listen(0, '127.0.0.1');
  server.on('upgrade', (request, socket, head) => {
    assert.ok(isWebSocket(request));
    const ws = new WebSocket(request, socket, head);
    ws.on('message', (event) => ws.send(event.data));
  });
  await once(server, 'listening');
  const url = `ws://127.0.0.1:${server.address().port}/`;
  for (const Dialling of [Client, WebSocket]) {
    assert.equal(await replyTo('Grüße', new Dialling(url)), 'Grüße');
  }
  server.close();
};

function replyTo(text, ws) {
  return new Promise((resolve, reject) => {
    let reply;
    ws.onopen = () => ws.send(text);
    ws.onmessage = (event) => {
      reply = event.data;
      ws.close(1000);
    };
    ws.onerror = (event) => reject(event.error);
    ws.onclose = (event) => (event.wasClean ? resolve(reply) : reject(new Error('not clean')));
  });
}
