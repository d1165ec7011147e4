/** What monitoring learns of clients that were answered with an HTTP error without a WebSocketServer. */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { rejectUpgrade, ServerWebSocket } from '../src';
import type { ServerChannels } from '../src';
import { RawClient } from '../../websocket/test/support/raw-client';
import { releaseLater } from '../../websocket/test/support/release';
import { head, HYBI_13 } from '../../websocket/test/support/requests';
import { listen } from '../../websocket/test/support/test-server';
import type { Upgrade } from '../../websocket/test/support/test-server';

function refusals(): ServerChannels['websocket:refused'][] {
  const messages: ServerChannels['websocket:refused'][] = [];
  const listener = (message: unknown): void => void messages.push(message as never);
  subscribe('websocket:refused', listener);
  releaseLater(() => void unsubscribe('websocket:refused', listener));
  return messages;
}

async function asked(
  request: string = head(),
): Promise<{ readonly client: RawClient; readonly upgrade: Upgrade }> {
  const server = createServer();
  const upgrades = once(server, 'upgrade');
  const client = await RawClient.connect(await listen(server), request);
  return { client, upgrade: (await upgrades) as Upgrade };
}

const NOBODY = { context: null, route: null };

test.each<[what: string, request: string, status: number]>([
  ['no key', head({ ...HYBI_13, 'Sec-WebSocket-Key': undefined }), 400],
  ['another method', head(HYBI_13, 'POST / HTTP/1.1'), 405],
  ['an unknown version', head({ ...HYBI_13, 'Sec-WebSocket-Version': '99' }), 426],
])('a WebSocket of a request with %s', async (_, request, status) => {
  const messages = refusals();
  const { client, upgrade } = await asked(request);
  const ws = new ServerWebSocket(...upgrade);
  const seen: number[] = [];
  ws.on('error', () => seen.push(messages.length));
  expect(messages).toEqual([]);
  expect(await client.readRest()).toContain(`HTTP/1.1 ${status} `);
  expect(messages).toEqual([{ status, reason: 'handshake', request: upgrade[0], ...NOBODY }]);
  expect(seen).toEqual([1]);
});

test('a WebSocket that the application gives up before it is open', async () => {
  const messages = refusals();
  const { client, upgrade } = await asked();
  new ServerWebSocket(...upgrade, [], { signal: AbortSignal.abort() });
  expect(await client.readRest()).toContain('HTTP/1.1 503 ');
  expect(messages).toEqual([
    { status: 503, reason: 'application', request: upgrade[0], ...NOBODY },
  ]);
});

test('rejectUpgrade()', async () => {
  const messages = refusals();
  const { client, upgrade } = await asked();
  rejectUpgrade(upgrade[1], 401, 'Log in first.');
  await client.readRest();
  expect(messages).toEqual([{ status: 401, reason: 'application', request: null, ...NOBODY }]);
});

test('who is accepted, has left, or cannot be answered so is not refused', async () => {
  const messages = refusals();
  const accepted = await asked();
  new ServerWebSocket(...accepted.upgrade);
  await accepted.client.readHead();
  const gone = await asked(head({ ...HYBI_13, 'Sec-WebSocket-Key': undefined }));
  gone.upgrade[1].destroy();
  const ws = new ServerWebSocket(...gone.upgrade);
  await ws.closed;
  const rejected = await asked();
  expect(() => rejectUpgrade(rejected.upgrade[1], 99)).toThrow(RangeError);
  rejected.upgrade[1].destroy();
  rejectUpgrade(rejected.upgrade[1], 403);
  expect(messages).toEqual([]);
});
