/** Two listeners of `upgrade` that make a WebSocket of one socket: the first has it. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { acceptUpgrade, ServerWebSocket } from '../src';
import { WebSocket } from '../../websocket/src';
import { frame, TEXT } from '../../websocket/test/support/frames';
import { echoing, observed } from '../../websocket/test/support/observed';
import { RawClient } from '../../websocket/test/support/raw-client';
import { head, HIXIE_76, HYBI_13, KEY3 } from '../../websocket/test/support/requests';
import { listen } from '../../websocket/test/support/test-server';
import type { Upgrade } from '../../websocket/test/support/test-server';

const TAKEN = expect.objectContaining({ code: 'WS_ERR_SOCKET_TAKEN' }) as Error;

async function requested(request: string): Promise<{ client: RawClient; upgrade: Upgrade }> {
  const server = createServer();
  const client = await RawClient.connect(await listen(server), request);
  const [...upgrade] = (await once(server, 'upgrade')) as Upgrade;
  return { client, upgrade };
}

const WAYS: [string, (...upgrade: Upgrade) => unknown][] = [
  ['ServerWebSocket', (...upgrade) => new ServerWebSocket(...upgrade)],
  ['WebSocket', (...upgrade) => new WebSocket(...upgrade)],
  ['acceptUpgrade', (...upgrade) => acceptUpgrade(...upgrade)],
];

test.each(WAYS)('the second, by %s, throws, and the first works', async (_, second) => {
  const { client, upgrade } = await requested(head());
  const { ws, events } = observed(echoing(new ServerWebSocket(...upgrade)));
  const listeners = upgrade[1].eventNames().map((name) => upgrade[1].listenerCount(name));
  expect(() => second(...upgrade)).toThrow(TAKEN);
  expect(() => second(...upgrade)).toThrow(/another WebSocket/);
  expect(upgrade[1].eventNames().map((name) => upgrade[1].listenerCount(name))).toEqual(listeners);
  expect(await client.readHead()).toMatch(/^HTTP\/1\.1 101 /);
  client.write(frame(TEXT, 'once'));
  expect((await client.readFrame()).payload.toString()).toBe('once');
  expect(() => second(...upgrade)).toThrow(TAKEN);
  ws.terminate();
  expect(await client.readRest()).toBe('');
  expect(events).toEqual(['open', 'message once', 'close 1006']);
});

test.each([
  ['refused', head(HYBI_13, 'POST / HTTP/1.1')],
  ['waiting for key3', head(HIXIE_76) + KEY3.slice(1)],
])('a socket stays taken when the first is %s', async (_, request) => {
  const { client, upgrade } = await requested(request);
  new ServerWebSocket(...upgrade);
  await client.readHead();
  expect(() => new ServerWebSocket(...upgrade)).toThrow(TAKEN);
});

test.each<[string, (...upgrade: Upgrade) => unknown]>([
  ['an option', (...upgrade) => new ServerWebSocket(...upgrade, [], { maxLength: -1 })],
  ['a subprotocol', (...upgrade) => new ServerWebSocket(...upgrade, 'a b')],
  [
    'a header',
    (...upgrade) =>
      new ServerWebSocket(...upgrade, [], { headers: { 'Sec-WebSocket-Accept': 'x' } }),
  ],
])('a construction that fails for %s does not take the socket', async (_, mistaken) => {
  const { client, upgrade } = await requested(head());
  expect(() => mistaken(...upgrade)).toThrow();
  new ServerWebSocket(...upgrade);
  expect(await client.readHead()).toMatch(/^HTTP\/1\.1 101 /);
});
