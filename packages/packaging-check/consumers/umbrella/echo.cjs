'use strict';

/**
 * Messages to a server and back over loopback, dialled by either class, long enough to be masked by SIMD and to be
 * compressed; each closes cleanly.
 */
const assert = require('node:assert/strict');
const { once } = require('node:events');
const { createServer } = require('node:http');

const TEXT = 'Grüße '.repeat(1000);

module.exports = async function echo({ WebSocket, Client, isWebSocket }) {
  const server = createServer().listen(0, '127.0.0.1');
  server.on('upgrade', (request, socket, head) => {
    assert.ok(isWebSocket(request));
    const ws = new WebSocket(request, socket, head, [], { deflate: true });
    ws.on('message', (event) => ws.send(event.data));
  });
  await once(server, 'listening');
  const url = `ws://127.0.0.1:${server.address().port}/`;
  for (const Dialling of [Client, WebSocket]) {
    for (const deflate of [false, true]) {
      assert.equal(await replyTo(TEXT, new Dialling(url, [], { deflate })), TEXT);
    }
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
