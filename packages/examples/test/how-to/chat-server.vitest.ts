import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Client } from '@ws/websocket';
import type { MessageEvent, WebSocketServer } from '@ws/websocket';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createChat } from './chat-server.js';

let chat: WebSocketServer;

beforeEach(async () => {
  chat = createChat();
  await once(chat, 'listening');
});

afterEach(async () => {
  vi.useRealTimers();
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

test('a client that says nothing for ten minutes is closed', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  const ada = await enter();
  while (ada.readyState !== ada.CLOSED) await vi.advanceTimersByTimeAsync(60_000);
  expect((await ada.closed).code).toBe(1006);
});
