/** WebSocketStream, as Chromium proposes it, over real sockets. */
import { createServer } from 'node:http';
import { ServerWebSocket } from '@ws/server';
import { WebSocketError, WebSocketStream } from '@ws/websocket/stream';
import { echoing, endingOf } from './support/observed';
import { listen, TestServer } from './support/test-server';

type Server = TestServer<ServerWebSocket>;

const serve = (): Promise<Server> =>
  TestServer.listen((...upgrade) => new ServerWebSocket(...upgrade, ['chat']));
const echo = (): Promise<Server> =>
  TestServer.listen((...upgrade) => echoing(new ServerWebSocket(...upgrade)));
const failure = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'fulfilled',
    (error: unknown) => error,
  );

test('opens with the subprotocol, and reads and writes text and bytes', async () => {
  const server = await echo();
  const stream = new WebSocketStream(server.url);
  expect(stream.url).toBe(server.url);
  const { readable, writable, protocol, extensions } = await stream.opened;
  expect([protocol, extensions]).toEqual(['', '']);
  const [reader, writer] = [readable.getReader(), writable.getWriter()];
  for (const chunk of ['text', Uint8Array.of(1, 2), '']) {
    await writer.write(chunk);
    expect(await reader.read()).toEqual({ done: false, value: chunk });
  }
  stream.close({ closeCode: 4000, reason: 'enough' });
  expect(await stream.closed).toEqual({ closeCode: 4000, reason: 'enough' });
  expect(await reader.read()).toEqual({ done: true, value: undefined });
});

test('takes the options of Client, too', async () => {
  const server = await serve();
  const stream = new WebSocketStream(server.url, { protocols: ['chat'], deflate: true });
  expect((await stream.opened).protocol).toBe('chat');
  (await server.next()).close(4001);
  expect(await stream.closed).toEqual({ closeCode: 4001, reason: '' });
});

test.each<[string, (info: Awaited<WebSocketStream['opened']>) => Promise<void>, object]>([
  ['writable.close()', ({ writable }) => writable.close(), { code: 1000, reason: '' }],
  ['writable.abort()', ({ writable }) => writable.abort(), { code: 1005, reason: '' }],
  ['readable.cancel()', ({ readable }) => readable.cancel(), { code: 1000, reason: '' }],
  [
    'writable.abort(error)',
    ({ writable }) => writable.abort(new WebSocketError('', { closeCode: 4002, reason: 'no' })),
    { code: 4002, reason: 'no' },
  ],
  [
    'readable.cancel(error)',
    ({ readable }) => readable.cancel(new WebSocketError('', { reason: 'why' })),
    { code: 1000, reason: 'why' },
  ],
])('%s closes the connection', async (_, end, expected) => {
  const server = await serve();
  const stream = new WebSocketStream(server.url);
  const ended = endingOf(await server.next());
  await end(await stream.opened);
  expect(await ended).toMatchObject({ ...expected, wasClean: true });
  expect(await stream.closed).toMatchObject({ closeCode: expect.any(Number) as number });
});

test('a connection that is lost rejects closed, and fails the streams', async () => {
  const server = await serve();
  const stream = new WebSocketStream(server.url);
  const { readable } = await stream.opened;
  (await server.next()).terminate();
  const error = await failure(stream.closed);
  expect(error).toBeInstanceOf(WebSocketError);
  expect(error).toBeInstanceOf(DOMException);
  expect(error).toMatchObject({ name: 'WebSocketError', closeCode: null, reason: '' });
  expect(await failure(readable.getReader().read())).toMatchObject({
    code: 'WS_ERR_NO_CLOSING_FRAME',
  });
});

test('a server that refuses rejects both promises with the cause', async () => {
  const server = createServer((_, response) => response.writeHead(403).end());
  const stream = new WebSocketStream(`ws://127.0.0.1:${await listen(server)}/`);
  const cause = { code: 'WS_ERR_UNEXPECTED_STATUS', statusCode: 403 };
  expect(await failure(stream.opened)).toMatchObject({ name: 'WebSocketError', cause });
  expect(await failure(stream.closed)).toMatchObject({ name: 'WebSocketError', cause });
});

describe('a signal', () => {
  const reason = new Error('enough');

  test.each([true, false])('that has aborted at once: %p gives up the opening', async (already) => {
    const server = await serve();
    const controller = new AbortController();
    if (already) controller.abort(reason);
    const stream = new WebSocketStream(server.url, { signal: controller.signal });
    controller.abort(reason);
    expect(await failure(stream.opened)).toBe(reason);
    expect(await failure(stream.closed)).toBe(reason);
  });

  test('that aborts later has no effect', async () => {
    const server = await echo();
    const controller = new AbortController();
    const stream = new WebSocketStream(server.url, { signal: controller.signal });
    const { readable, writable } = await stream.opened;
    controller.abort(reason);
    await writable.getWriter().write('still open');
    expect((await readable.getReader().read()).value).toBe('still open');
    stream.close();
    expect(await stream.closed).toEqual({ closeCode: 1005, reason: '' });
  });
});

test('nobody need look at the promises', async () => {
  const unhandled = jest.fn();
  process.on('unhandledRejection', unhandled);
  const server = await serve();
  const stream = new WebSocketStream(server.url);
  stream.close();
  await failure(stream.closed);
  process.off('unhandledRejection', unhandled);
  expect(unhandled).not.toHaveBeenCalled();
});

test.each<[object, string]>([
  [{ closeCode: 999 }, 'InvalidAccessError'],
  [{ closeCode: 1001 }, 'InvalidAccessError'],
  [{ reason: 'x'.repeat(124) }, 'SyntaxError'],
])('%p is refused', async (options, name) => {
  const server = await serve();
  const stream = new WebSocketStream(server.url);
  expect(() => stream.close(options)).toThrow(expect.objectContaining({ name }) as Error);
  expect(() => new WebSocketError('', options)).toThrow(expect.objectContaining({ name }) as Error);
  stream.close();
  await failure(stream.closed);
});
