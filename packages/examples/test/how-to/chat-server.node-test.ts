import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { Client } from '@ws/websocket';
import type { MessageEvent, WebSocketServer } from '@ws/websocket';
import { createChat } from './chat-server.js';

let chat: WebSocketServer;

beforeEach(async () => {
  chat = createChat();
  await once(chat, 'listening');
});

afterEach(async () => {
  mock.reset();
  mock.timers.reset();
  await chat.close({ timeout: 0 });
});

/** A client whose connection is open. */
async function enter(): Promise<Client> {
  const { port } = chat.address() as AddressInfo;
  return new Client(`ws://127.0.0.1:${port}/`).opened;
}

test('what one says is sent to the others', async () => {
  const [ada, bob] = [await enter(), await enter()];
  ada.send('hello');
  const [{ data }] = (await once(bob, 'message')) as [MessageEvent];
  assert.equal(data, 'hello');
});

/** Fakes the time; what it returns lets a minute pass. */
function fakeTime(): () => void {
  let time = performance.now();
  mock.timers.enable({ apis: ['setTimeout'] });
  mock.method(performance, 'now', () => time);
  return () => {
    time += 60_000;
    mock.timers.tick(60_000);
  };
}

test('a client that answers pings stays connected', async () => {
  const passMinute = fakeTime();
  const ada = await enter();
  const [connection] = chat.clients;
  for (let minute = 0; minute < 5; minute++) {
    const pong = once(connection, 'pong');
    passMinute();
    await pong;
  }
  assert.equal(ada.readyState, ada.OPEN);
});

test('a client that says nothing for ten minutes is closed', async () => {
  const passMinute = fakeTime();
  const ada = await enter();
  while (ada.readyState !== ada.CLOSED) {
    passMinute();
    await setImmediate();
  }
  assert.equal((await ada.closed).code, 1006);
});
