/** A client that reads slowly, or not at all: what waits is counted, and has an end. */
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { answerOf, closed, EventClient, logOf, streaming } from '../test/streaming';
import type { EventSource } from '.';

const MESSAGE = 'x'.repeat(50_000);

/** Sends until the kernel takes no more, and `send` says so. */
async function fill(source: EventSource): Promise<number> {
  for (let count = 1; ; count++) {
    if (!source.send(MESSAGE)) return count;
    await new Promise(setImmediate);
  }
}

test('send is false while more than highWaterMark waits; drain follows, once', async () => {
  const { port, sources } = await streaming();
  const response = await answerOf(port);
  const log = logOf(sources[0]);
  const count = await fill(sources[0]);
  expect(sources[0].bufferedAmount).toBeGreaterThan(65_536);
  expect([sources[0].send(MESSAGE), sources[0].ping()]).toEqual([false, false]);
  const drained = once(sources[0], 'drain');
  const client = new EventClient(response);
  await drained;
  expect(sources[0].bufferedAmount).toBe(0);
  expect(sources[0].send('last')).toBe(true);
  expect(await client.data(count + 2)).toEqual([...Array<string>(count + 1).fill(MESSAGE), 'last']);
  expect(log).toEqual(['drain 1']);
});

test('a highWaterMark of 0: everything waits for its turn, and drain says when it has left', async () => {
  const { port, sources } = await streaming(undefined, { highWaterMark: 0 });
  const response = await answerOf(port);
  const drained = once(sources[0], 'drain');
  expect(sources[0].send('x')).toBe(false);
  await drained;
  expect(await new EventClient(response).data(1)).toEqual(['x']);
});

test('a burst in one tick to a client that reads is no reason to close', async () => {
  const { port, sources } = await streaming(undefined, { maxBufferedAmount: 3_000_000 });
  const client = new EventClient(await answerOf(port));
  for (let count = 0; count < 30; count++) sources[0].send(MESSAGE);
  expect(await client.data(30)).toHaveLength(30);
});

test('one message may be longer than maxBufferedAmount, while nothing else waits', async () => {
  const { port } = await streaming((source) => source.end(MESSAGE), {
    maxBufferedAmount: 10,
  });
  expect(await new EventClient(await answerOf(port)).rest()).toEqual([MESSAGE]);
});

test('more than maxBufferedAmount: the response is destroyed, error tells why, close follows', async () => {
  const { port, sources } = await streaming(undefined, { maxBufferedAmount: 1_000_000 });
  const response = await answerOf(port);
  const [source] = sources;
  const log = logOf(source);
  const failed = once(source, 'error');
  let most = 0;
  await fill(source);
  while (source.writable) {
    most = Math.max(most, source.bufferedAmount);
    source.send(MESSAGE);
  }
  expect(most).toBeLessThanOrEqual(1_000_000);
  expect(log).toEqual([]);
  expect([source.readyState, source.bufferedAmount]).toEqual([3, 0]);
  expect(source.close()).toBe(false);
  expect(await failed).toMatchObject([{ error: { code: 'WS_ERR_SLOW_READER' } }]);
  expect(log).toEqual(['error 3', 'close 3']);
  response.on('error', () => undefined).resume();
  await once(response, 'close').catch(() => undefined);
  expect(response.complete).toBe(false);
});

test('nobody needs to listen to that', async () => {
  const { port, sources } = await streaming(undefined, { maxBufferedAmount: 100_000 });
  const response = await answerOf(port);
  while (sources[0].writable) sources[0].send(MESSAGE);
  response.on('error', () => undefined).resume();
  await once(response, 'close').catch(() => undefined);
  expect(response.complete).toBe(false);
});

test('without a maxBufferedAmount everything waits', async () => {
  const { port, sources } = await streaming(undefined, { maxBufferedAmount: Infinity });
  const response = await answerOf(port);
  for (let count = 0; count < 500; count++) sources[0].send(MESSAGE);
  expect(sources[0].writable).toBe(true);
  sources[0].close();
  expect(await new EventClient(response).rest()).toHaveLength(500);
});

test('close lets out what waits', async () => {
  const { port, sources } = await streaming();
  const response = await answerOf(port);
  const count = await fill(sources[0]);
  sources[0].end('last');
  const data = await new EventClient(response).rest();
  expect([data.length, data.at(-1), response.complete]).toEqual([count + 1, 'last', true]);
});

test('it is given up when that takes longer than closeTimeout', async () => {
  const { port, sources, server } = await streaming(undefined, { closeTimeout: 50 });
  const connected = once(server, 'connection');
  const response = await answerOf(port);
  response.on('error', () => undefined);
  const [socket] = (await connected) as [Socket];
  await fill(sources[0]);
  sources[0].close();
  await once(socket, 'close');
  expect(response.complete).toBe(false);
});

test('a client that has left is no reader that is slow', async () => {
  const { port, sources } = await streaming();
  const response = await answerOf(port);
  const log = logOf(sources[0]);
  await fill(sources[0]);
  response.on('error', () => undefined).destroy();
  await closed(sources[0]);
  expect([log, sources[0].bufferedAmount]).toEqual([['close 3'], 0]);
});
