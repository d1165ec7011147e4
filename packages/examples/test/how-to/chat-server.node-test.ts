import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { Client } from '@ws/websocket';
import type { MessageEvent, WebSocketServer } from '@ws/websocket';
import { createChat } from '../../src/how-to/chat-server';

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

test('a client that says nothing for ten minutes is closed', async () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  let time = performance.now();
  mock.method(performance, 'now', () => time);
  const ada = await enter();
  while (ada.readyState !== ada.CLOSED) {
    time += 60_000;
    mock.timers.tick(60_000);
    await new Promise(setImmediate);
  }
  assert.equal((await ada.closed).code, 1006);
});
