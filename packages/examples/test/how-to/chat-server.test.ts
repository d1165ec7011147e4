import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { Client } from '@ws/websocket';
import type { MessageEvent, WebSocketServer } from '@ws/websocket';
import { createChat } from './chat-server';

let chat: WebSocketServer;

beforeEach(async () => {
  chat = createChat();
  await once(chat, 'listening');
});

afterEach(async () => {
  jest.useRealTimers();
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
  expect(data).toBe('hello');
});

test('who leaves is no client any more', async () => {
  const ada = await enter();
  ada.close(1000, 'bye');
  expect((await ada.closed).reason).toBe('bye');
  while (chat.clients.size > 0) await setImmediate();
});

test('a client that says nothing for ten minutes is closed', async () => {
  jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
  const ada = await enter();
  while (ada.readyState !== ada.CLOSED) await jest.advanceTimersByTimeAsync(60_000);
  expect((await ada.closed).code).toBe(1006);
});
