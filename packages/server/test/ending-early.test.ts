/** Servers that close or give up a connection in the very listener of `upgrade`, before it is open. */
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { createServer, ServerResponse } from 'node:http';
import { ServerWebSocket } from '../src';
import type { ServerOptions } from '../src';
import { closeFrame, closePayload } from '../../websocket/test/support/frames';
import { observed } from '../../websocket/test/support/observed';
import type { Observed } from '../../websocket/test/support/observed';
import { RawClient } from '../../websocket/test/support/raw-client';
import { head, HIXIE_76, HYBI_13 } from '../../websocket/test/support/requests';
import { listen, TestServer } from '../../websocket/test/support/test-server';
import type { Upgrade } from '../../websocket/test/support/test-server';

const CLOSED_1006 = { code: 1006, reason: '', wasClean: false };
const ABORTED = ['error WS_ERR_ABORTED', 'close 1006'];

type Seen = Observed<ServerWebSocket>;

function serve(
  act: (ws: ServerWebSocket) => void,
  options?: ServerOptions,
): Promise<TestServer<Seen>> {
  return TestServer.listen((...upgrade: Upgrade) => {
    const seen = observed(new ServerWebSocket(...upgrade, [], options));
    act(seen.ws);
    return seen;
  });
}

test('a message and close() before open: the handshake, the message, the closing frame', async () => {
  const server = await serve((ws) => {
    ws.send('log in first');
    ws.close(4401, 'unauthorized');
  });
  const client = await RawClient.connect(server.port, head());
  expect(await client.readHead()).toMatch(/^HTTP\/1\.1 101 /);
  expect((await client.readFrame()).payload.toString()).toBe('log in first');
  expect((await client.readFrame()).payload).toEqual(closePayload(4401, 'unauthorized'));
  client.write(closeFrame(4401));
  const { closed, events } = await server.next();
  expect(await closed).toEqual({ code: 4401, reason: '', wasClean: true });
  expect(events).toEqual(['close 4401']);
});

test('close() before a refusal: the refusal', async () => {
  const server = await serve((ws) => ws.close(4401));
  const client = await RawClient.connect(server.port, head(HYBI_13, 'POST / HTTP/1.1'));
  expect(await client.readRest()).toMatch(/^HTTP\/1\.1 4\d\d /);
  const { closed, events } = await server.next();
  expect(await closed).toEqual(CLOSED_1006);
  expect(events).toEqual(['error WS_ERR_REFUSED', 'close 1006']);
});

describe('a signal', () => {
  let controller: AbortController;
  beforeEach(() => {
    controller = new AbortController();
  });

  test.each([
    ['has aborted already', (): void => controller.abort(), () => undefined],
    ['aborts before the answer', () => undefined, (): void => controller.abort()],
  ])('that %s: 503, error and close', async (_, before, after) => {
    before();
    const server = await serve(
      (ws) => {
        ws.send('never');
        after();
        expect([ws.readyState, ws.send('never')]).toEqual([2, false]);
      },
      { signal: controller.signal },
    );
    const client = await RawClient.connect(server.port, head());
    expect(await client.readRest()).toMatch(/^HTTP\/1\.1 503 Service Unavailable\r\n/);
    const { closed, events, errors } = await server.next();
    expect(await closed).toEqual(CLOSED_1006);
    expect(events).toEqual(ABORTED);
    expect(errors[0]?.cause).toBe(controller.signal.reason);
  });

  test('that aborts while an earlier response is under way: 503 behind that', async () => {
    const server = createServer();
    const responses: ServerResponse[] = [];
    server.on('request', (_: IncomingMessage, response: ServerResponse) =>
      responses.push(response),
    );
    const seen = once(server, 'upgrade').then((upgrade) =>
      observed(new ServerWebSocket(...(upgrade as Upgrade), [], { signal: controller.signal })),
    );
    const get = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n';
    const client = await RawClient.connect(await listen(server), get + head());
    const { closed, events } = await seen;
    controller.abort();
    expect(await closed).toEqual(CLOSED_1006);
    expect(events).toEqual(ABORTED);
    responses[0].end('first');
    expect(await client.readRest()).toMatch(/first.*HTTP\/1\.1 503 /s);
  });

  test('that aborts behind the answer: the socket ends', async () => {
    const server = await serve(() => undefined, { signal: controller.signal });
    const client = await RawClient.connect(server.port, head(HIXIE_76));
    await client.readHead();
    const { closed, events } = await server.next();
    controller.abort();
    expect(await closed).toEqual(CLOSED_1006);
    expect(events).toEqual(ABORTED);
    expect(await client.readRest()).toBe('');
  });
});
