/** Clients that go away, or stay too long, around the answer to their request. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { ServerWebSocket } from '../src';
import type { ServerOptions } from '../src';
import { closeFrame, closePayload } from '../../websocket/test/support/frames';
import { observed } from '../../websocket/test/support/observed';
import type { Observed } from '../../websocket/test/support/observed';
import { RawClient } from '../../websocket/test/support/raw-client';
import { head, HYBI_13 } from '../../websocket/test/support/requests';
import { listen, TestServer } from '../../websocket/test/support/test-server';
import type { Upgrade } from '../../websocket/test/support/test-server';

const REFUSED = head(HYBI_13, 'POST / HTTP/1.1');
const CLOSED_1006 = { code: 1006, reason: '', wasClean: false };

function serve(options?: ServerOptions): Promise<TestServer<Observed<ServerWebSocket>>> {
  return TestServer.listen((...upgrade) =>
    observed(new ServerWebSocket(...upgrade, undefined, options)),
  );
}

/** Takes one upgrade request and leaves it to the test what becomes of it. */
async function upgradeOf(request: string): Promise<{ client: RawClient; upgrade: Upgrade }> {
  const server = createServer();
  const client = await RawClient.connect(await listen(server), request);
  const [...upgrade] = (await once(server, 'upgrade')) as Upgrade;
  upgrade[1].on('error', () => {});
  return { client, upgrade };
}

describe.each([
  ['accepted', head()],
  ['refused', REFUSED],
])('a client that is gone before it is %s', (_, request) => {
  test('ends in error and close, once each', async () => {
    const { client, upgrade } = await upgradeOf(request);
    const gone = new Promise((resolve) => upgrade[1].on('close', resolve));
    upgrade[1].resume();
    client.reset();
    await gone;
    const { events, closed } = observed(new ServerWebSocket(...upgrade));
    expect(await closed).toEqual(CLOSED_1006);
    expect(events).toEqual(['error WS_ERR_CLIENT_GONE', 'close 1006']);
  });

  test('may reset while the answer is on its way', async () => {
    const server = await serve();
    const client = await RawClient.connect(server.port, request);
    client.reset();
    const { events, closed } = await server.next();
    expect(await closed).toEqual(CLOSED_1006);
    expect(events.filter((event) => event.startsWith('close'))).toHaveLength(1);
    expect(events.filter((event) => event.startsWith('error')).length).toBeLessThanOrEqual(1);
  });
});

test('nobody needs to listen to error', async () => {
  const server = await TestServer.listen((...upgrade) => new ServerWebSocket(...upgrade));
  const client = await RawClient.connect(server.port, REFUSED);
  expect(await client.readHead()).toMatch(/^HTTP\/1\.1 405 /);
  expect(await client.readRest()).not.toBe('');
  const next = await RawClient.connect(server.port, head());
  expect(await next.readHead()).toMatch(/^HTTP\/1\.1 101 /);
});

test('a refused client that does not end its stream is ended', async () => {
  const { client, upgrade } = await upgradeOf(REFUSED);
  client.socket.allowHalfOpen = true;
  const gone = once(upgrade[1], 'close');
  const { events } = observed(new ServerWebSocket(...upgrade, [], { handshakeTimeout: 20 }));
  await client.readRest();
  await gone;
  expect(events).toEqual(['error WS_ERR_REFUSED', 'close 1006']);
});

test.each([
  ['resets', (client: RawClient): unknown => client.reset()],
  ['ends its stream', (client: RawClient): unknown => client.socket.end()],
])('a refused client that has read its refusal, and %s, leaves no socket', async (_, leave) => {
  const { client, upgrade } = await upgradeOf(REFUSED);
  client.socket.allowHalfOpen = true;
  const { events } = observed(new ServerWebSocket(...upgrade));
  await client.readRest();
  const gone = new Promise((resolve) => upgrade[1].on('close', resolve));
  leave(client);
  await gone;
  expect(events).toEqual(['error WS_ERR_REFUSED', 'close 1006']);
});

test('a refused client that reads nothing, and sends on, is ended', async () => {
  const { client, upgrade } = await upgradeOf(REFUSED);
  client.socket.pause();
  upgrade[1].write(Buffer.alloc(64 * 1024 * 1024));
  const gone = once(upgrade[1], 'close');
  client.write(Buffer.alloc(1_000_000));
  const { events } = observed(new ServerWebSocket(...upgrade, [], { handshakeTimeout: 20 }));
  await gone;
  expect(events).toEqual(['error WS_ERR_REFUSED', 'close 1006']);
});

test('a refused client may go on sending; nothing of it is kept', async () => {
  const server = await serve();
  const client = await RawClient.connect(server.port, REFUSED);
  await client.readHead();
  client.write(Buffer.alloc(1_000_000));
  expect(await client.readRest()).toContain('GET request');
});

test('terminate() before the answer', async () => {
  const { client, upgrade } = await upgradeOf(head());
  const { ws, events, closed } = observed(new ServerWebSocket(...upgrade));
  ws.send('never');
  ws.terminate();
  ws.terminate();
  expect(ws.readyState).toBe(2);
  expect(await closed).toEqual(CLOSED_1006);
  expect(events).toEqual(['error WS_ERR_TERMINATED', 'close 1006']);
  expect(await client.readRest()).toBe('');
});

test('terminate() in the open event', async () => {
  const server = await TestServer.listen((...upgrade) => {
    const seen = observed(new ServerWebSocket(...upgrade));
    seen.ws.on('open', () => seen.ws.terminate());
    return seen;
  });
  await RawClient.connect(server.port, head());
  const { events, closed } = await server.next();
  expect(await closed).toEqual(CLOSED_1006);
  expect(events).toEqual(['open', 'close 1006']);
});

test('close() in the open event', async () => {
  const server = await TestServer.listen((...upgrade) => {
    const seen = observed(new ServerWebSocket(...upgrade));
    seen.ws.on('open', () => seen.ws.close(1001, 'full'));
    return seen;
  });
  const client = await RawClient.connect(server.port, head());
  await client.readHead();
  expect((await client.readFrame()).payload).toEqual(closePayload(1001, 'full'));
  client.write(closeFrame(1001));
  const { events, closed } = await server.next();
  expect(await closed).toEqual({ code: 1001, reason: '', wasClean: true });
  expect(events).toEqual(['open', 'close 1001']);
});
