/** One AbortSignal for many connections, as for everything that a process does. */
import { getEventListeners } from 'node:events';
import WebSocket from '../src';
import type { WebSocket as Connection } from '../src';
import { endingOf, nextEvent } from './support/observed';
import { releaseLater } from './support/release';
import { TestServer } from './support/test-server';
import type { Upgrade } from './support/test-server';

const COUNT = 11;

let controller: AbortController;
let warnings: unknown[];

beforeEach(() => {
  controller = new AbortController();
  warnings = [];
  const onWarning = (warning: Error): unknown => warnings.push(warning.name);
  process.on('warning', onWarning);
  releaseLater(() => process.off('warning', onWarning));
});

const listeners = (): number => getEventListeners(controller.signal, 'abort').length;

interface Crowd {
  readonly clients: readonly Connection[];
  readonly servers: readonly Connection[];
}

/** Connections that have the signal at both ends; looks at its listeners at every step. */
async function crowd(): Promise<Crowd> {
  const { signal } = controller;
  const server = await TestServer.listen(
    (...upgrade: Upgrade) => new WebSocket(...upgrade, [], { signal }),
  );
  const clients: Connection[] = [];
  for (let count = 0; count < COUNT; count++) {
    clients.push(new WebSocket(server.url, [], { signal }));
    expect(listeners()).toBe(1);
  }
  const servers: Connection[] = [];
  for (const client of clients) {
    if (client.readyState === WebSocket.CONNECTING) await nextEvent(client, 'open');
    servers.push(await server.next());
    expect(listeners()).toBe(1);
  }
  return { clients, servers };
}

test('has one listener however many have it, and none when all have closed', async () => {
  const { clients, servers } = await crowd();
  const endings = [...clients, ...servers].map(endingOf);
  for (const client of clients) {
    expect(listeners()).toBe(1);
    client.close(1000);
  }
  for (const { code } of await Promise.all(endings)) expect(code).toBe(1000);
  expect([listeners(), warnings]).toEqual([0, []]);
});

test('that aborts ends all, and has no listener then', async () => {
  const { clients, servers } = await crowd();
  const endings = [...clients, ...servers].map(endingOf);
  controller.abort();
  expect(listeners()).toBe(0);
  for (const { code } of await Promise.all(endings)) expect(code).toBe(1006);
  expect([listeners(), warnings]).toEqual([0, []]);
});

test('is let go of by those that never open', async () => {
  const { signal } = controller;
  const server = await TestServer.listen((_request, socket) => socket.destroy());
  const clients = Array.from({ length: COUNT }, () => new WebSocket(server.url, [], { signal }));
  expect(listeners()).toBe(1);
  await Promise.all(clients.map(endingOf));
  expect([listeners(), warnings]).toEqual([0, []]);
});

test('is let go of by those that are closed before they open', async () => {
  const { signal } = controller;
  const server = await TestServer.listen((...upgrade: Upgrade) => upgrade);
  const clients = Array.from({ length: COUNT }, () => new WebSocket(server.url, [], { signal }));
  const endings = clients.map(endingOf);
  for (const client of clients) client.close();
  await Promise.all(endings);
  expect([listeners(), warnings]).toEqual([0, []]);
});
