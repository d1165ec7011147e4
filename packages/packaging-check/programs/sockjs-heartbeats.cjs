/**
 * sockjs pings a WebSocket that has been silent, and closes the session when no pong comes in 10 seconds.
 * Here they are less, and each such deadline is seen.
 */
'use strict';
const assert = require('node:assert/strict');
const { once } = require('node:events');
const net = require('node:net');
const { setTimeout } = require('node:timers/promises');
const { URL } = require('node:url');
require('./support/runs-on-us.cjs')('sockjs', 'sockjs-client');
const checkBehaviours = require('./support/behaviours.cjs');
const { withServer, connect, event, messages } = require('./support/sockjs.cjs');
const { observeTimeouts } = require('./support/timeouts.cjs');

const OPTIONS = { heartbeat_delay: 10 };
const SESSION = '/000/session/websocket';

async function pongsKeepTheSession() {
  const deadlines = observeTimeouts(10_000);
  const echo = (connection) => connection.on('data', (text) => connection.write(text));
  await withServer(OPTIONS, echo, async (url) => {
    const client = await connect(url, 'websocket');
    while (deadlines.cleared < 5) {
      const echoed = messages(client, 1);
      client.send('still there');
      assert.deepEqual(await echoed, ['still there']);
      await setTimeout(OPTIONS.heartbeat_delay);
    }
    const closed = event(client, 'close');
    client.close();
    assert.equal((await closed).code, 1000);
  });
  deadlines.restore();
}

async function silenceEndsIt() {
  const deadlines = observeTimeouts(10_000, 50);
  const closed = [];
  const onConnection = (connection) => connection.on('close', () => closed.push('close'));
  await withServer(OPTIONS, onConnection, async (url) => {
    const { hostname, port, pathname } = new URL(url);
    const socket = net.connect(Number(port), hostname);
    const received = [];
    socket.on('data', (chunk) => received.push(chunk));
    socket.write(
      `GET ${pathname}${SESSION} HTTP/1.1\r\nHost: ${hostname}\r\nConnection: Upgrade\r\n` +
        'Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n' +
        'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
    );
    while (!Buffer.concat(received).includes('c[3000,"No response from heartbeat"]')) {
      await once(socket, 'data');
    }
    socket.destroy();
  });
  assert.deepEqual(closed, ['close']);
  deadlines.restore();
}

checkBehaviours(pongsKeepTheSession, silenceEndsIt);
