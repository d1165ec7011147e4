/** The eight bytes behind a hixie-76 request, however they come. */
import { holdUpgrade, ServerWebSocket } from '../src';
import { echoing, observed } from '../../websocket/test/support/observed';
import type { Observed } from '../../websocket/test/support/observed';
import { RawClient } from '../../websocket/test/support/raw-client';
import { CHALLENGE, head, HIXIE_76, KEY3 } from '../../websocket/test/support/requests';
import { TestServer } from '../../websocket/test/support/test-server';

const FRAME = '\0hello\xff';
const WITH_LENGTH = { ...HIXIE_76, 'Content-Length': '8' };
const SPLITS = Array.from({ length: 9 }, (_, at) => at);

function serve(handshakeTimeout?: number): Promise<TestServer<Observed<ServerWebSocket>>> {
  return TestServer.listen((...upgrade) =>
    observed(echoing(new ServerWebSocket(...upgrade, [], { handshakeTimeout }))),
  );
}

async function expectOpens(client: RawClient): Promise<void> {
  expect((await client.read(CHALLENGE.length)).toString('latin1')).toBe(CHALLENGE);
  expect(await client.readTo('\xff')).toBe(FRAME);
}

describe.each([
  ['without a Content-Length', HIXIE_76],
  ['as a body of Content-Length 8', WITH_LENGTH],
])('key3 %s', (_, headers) => {
  test.each(SPLITS)('split after %i bytes, the rest after the response head', async (at) => {
    const { port } = await serve();
    const client = await RawClient.connect(port, head(headers) + KEY3.slice(0, at));
    await client.readHead();
    client.write(KEY3.slice(at) + FRAME);
    await expectOpens(client);
  });

  test('in one segment with the request and the first frame', async () => {
    const { port } = await serve();
    const client = await RawClient.connect(port, head(headers) + KEY3 + FRAME);
    await client.readHead();
    await expectOpens(client);
  });

  test('byte by byte', async () => {
    const { port } = await serve();
    const client = await RawClient.connect(port, head(headers));
    await client.readHead();
    for (const byte of KEY3 + FRAME) await client.writeNow(byte);
    await expectOpens(client);
  });
});

test.each([
  ['without a Content-Length', HIXIE_76],
  ['as a body', WITH_LENGTH],
])('%s is not lost while the socket is held', async (_, headers) => {
  const server = await TestServer.listen((...upgrade) => {
    holdUpgrade(upgrade[1]);
    return upgrade;
  });
  const client = await RawClient.connect(server.port, head(headers) + KEY3.slice(0, 3));
  const upgrade = await server.next();
  await client.writeNow(KEY3.slice(3, 5));
  echoing(new ServerWebSocket(...upgrade));
  await client.readHead();
  client.write(KEY3.slice(5) + FRAME);
  await expectOpens(client);
});

test('is waited for no longer than handshakeTimeout', async () => {
  const server = await serve(20);
  const client = await RawClient.connect(server.port, head(HIXIE_76) + KEY3.slice(0, 7));
  await client.readHead();
  expect(await client.readRest()).toBe('');
  const { closed, events, errors } = await server.next();
  expect(await closed).toEqual({ code: 1006, reason: '', wasClean: false });
  expect(events).toEqual(['error WS_ERR_HANDSHAKE_TIMEOUT', 'close 1006']);
  expect(errors[0]?.message).toMatch(/longer than handshakeTimeout/);
});

test.each([
  ['ends its stream', (client: RawClient): unknown => client.socket.end()],
  ['resets', (client: RawClient): unknown => client.reset()],
])('a client that %s before it has sent key3', async (_, leave) => {
  const server = await serve();
  const client = await RawClient.connect(server.port, head(HIXIE_76) + KEY3.slice(0, 3));
  await client.readHead();
  leave(client);
  const { closed, events } = await server.next();
  expect(await closed).toEqual({ code: 1006, reason: '', wasClean: false });
  expect(events).toEqual([expect.stringMatching(/^error /), 'close 1006']);
});

test('what is sent meanwhile waits, and so does close()', async () => {
  const server = await serve();
  const sends = await RawClient.connect(server.port, head(HIXIE_76));
  await sends.readHead();
  const first = await server.next();
  first.ws.send('early');
  sends.write(KEY3);
  expect((await sends.read(CHALLENGE.length + 7)).toString('latin1')).toBe(
    `${CHALLENGE}\0early\xff`,
  );
  const closes = await RawClient.connect(server.port, head(HIXIE_76));
  await closes.readHead();
  const second = await server.next();
  second.ws.send('last');
  second.ws.close();
  expect(second.ws.readyState).toBe(2);
  closes.write(KEY3);
  expect(await closes.readTo('\xff\0')).toBe(`${CHALLENGE}\0last\xff\xff\0`);
  closes.write('\xff\0');
  expect(await second.closed).toEqual({ code: 1000, reason: '', wasClean: true });
  expect(second.events).toEqual(['close 1000']);
});

test('what is sent meanwhile has its limits', async () => {
  const server = await TestServer.listen((...upgrade) =>
    observed(new ServerWebSocket(...upgrade, [], { maxBufferedAmount: 2 ** 20 })),
  );
  const client = await RawClient.connect(server.port, head(HIXIE_76));
  await client.readHead();
  const { ws, closed, events } = await server.next();
  const amounts: number[] = [];
  for (let sent = 0; sent < 500 && ws.readyState === 0; sent++) {
    amounts.push(ws.bufferedAmount);
    expect(ws.send('x'.repeat(100_000))).toBe(false);
  }
  expect(Math.max(...amounts)).toBeLessThanOrEqual(2 ** 20);
  expect((await closed).code).toBe(1006);
  expect(events).toEqual(['error WS_ERR_SLOW_READER', 'close 1006']);
});

test('close() waits for it no longer than handshakeTimeout', async () => {
  const server = await serve(20);
  const client = await RawClient.connect(server.port, head(HIXIE_76));
  await client.readHead();
  const { ws, closed, events } = await server.next();
  ws.close();
  expect((await closed).code).toBe(1006);
  expect(events).toEqual(['error WS_ERR_HANDSHAKE_TIMEOUT', 'close 1006']);
});
