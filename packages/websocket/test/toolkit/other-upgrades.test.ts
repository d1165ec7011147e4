/** Requests with an Upgrade to something else: requests as all others, where Node can be told so. */
import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import { WebSocketServer } from '@ws/server';
import { RawClient } from '../support/raw-client';
import { releaseLater } from '../support/release';
import { head, HYBI_13 } from '../support/requests';
import { listen } from '../support/test-server';
import type { Upgrade } from '../support/test-server';

type Upgradable = Server & { shouldUpgradeCallback?: (request: IncomingMessage) => boolean };

const CAN_BE_TOLD = 'shouldUpgradeCallback' in createServer();
const PAGE = { ...HYBI_13, Connection: 'Upgrade, close' };

interface Peer {
  readonly server: Upgradable;
  readonly chat: WebSocketServer;
  statusOf(upgrade: string, method?: string): Promise<string>;
}

/** A server with pages, and a WebSocketServer. */
async function serve(server: Upgradable = createServer((_, response) => response.end())) {
  const port = await listen(server);
  const chat = new WebSocketServer({ server, path: '/demo' });
  releaseLater(() => chat.close({ timeout: 0 }));
  const statusOf = async (upgrade: string, method = 'GET'): Promise<string> => {
    const request = head({ ...PAGE, Upgrade: upgrade }, `${method} /demo HTTP/1.1`);
    return (await (await RawClient.connect(port, request)).readHead()).split(' ')[1];
  };
  return { server, chat, statusOf } satisfies Peer;
}

test.each([
  ['websocket', 'GET', '101'],
  ['WebSocket', 'GET', '101'],
  ['h2c, websocket', 'GET', '101'],
  ['websocket', 'POST', '405'],
  ['h2c', 'GET', CAN_BE_TOLD ? '200' : '400'],
  ['h2c', 'POST', CAN_BE_TOLD ? '200' : '405'],
  ['TLS/1.0', 'GET', CAN_BE_TOLD ? '200' : '400'],
])('Upgrade: %s with %s is answered %s', async (upgrade, method, status) => {
  expect(await (await serve()).statusOf(upgrade, method)).toBe(status);
});

test('without a listener of requests it is refused', async () => {
  expect(await (await serve(createServer())).statusOf('h2c')).toBe('400');
});

test('other listeners of upgrade still get what they want', async () => {
  const { server, statusOf } = await serve();
  server.on('upgrade', ({ headers }: IncomingMessage, ...[socket]: [Upgrade[1]]) => {
    if (headers.upgrade === 'h2c') socket.end('HTTP/1.1 202 Accepted\r\n\r\n');
  });
  expect(await statusOf('h2c')).toBe('202');
  expect(await statusOf('websocket')).toBe('101');
});

test('what somebody has set before stays', async () => {
  const server: Upgradable = createServer();
  const theirs = () => true;
  server.shouldUpgradeCallback = theirs;
  const { chat } = await serve(server);
  expect(server.shouldUpgradeCallback).toBe(theirs);
  await chat.close();
  expect(server.shouldUpgradeCallback).toBe(theirs);
});

test('what somebody sets afterwards stays; otherwise it is set back', async () => {
  const { chat, server } = await serve();
  const original = String((createServer() as Upgradable).shouldUpgradeCallback);
  await chat.close();
  expect(String(server.shouldUpgradeCallback)).toBe(original);
  const again = new WebSocketServer({ server });
  const theirs = () => true;
  server.shouldUpgradeCallback = theirs;
  await again.close();
  expect(server.shouldUpgradeCallback).toBe(theirs);
});
