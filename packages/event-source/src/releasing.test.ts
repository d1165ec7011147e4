/** Pings, and what is left when a source has closed: nothing. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { releaseLater } from '../../websocket/test/support/release';
import { listen } from '../../websocket/test/support/test-server';
import { answerOf, closed, connect, EventClient, streaming } from '../test/streaming';
import { EventSource } from '.';
import type { EventSourceOptions } from '.';

function fakeTimers(): void {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
  releaseLater(() => jest.useRealTimers());
}

/** The pings that a client got in so many seconds. */
async function pingsIn(seconds: number, options: EventSourceOptions | null): Promise<number> {
  fakeTimers();
  const { port, sources } = await streaming(undefined, options);
  const client = await connect(port);
  for (let second = 0; second < seconds; second++) {
    jest.advanceTimersByTime(1000);
    await new Promise(setImmediate);
    await new Promise(setImmediate);
  }
  sources[0].send('end');
  await client.data(1);
  return client.parser.comments.length;
}

test.each<[EventSourceOptions | null, number]>([
  [null, 3],
  [{ ping: 5 }, 6],
  [{ ping: 40 }, 0],
  [{ ping: 0 }, 0],
  [{ ping: false }, 0],
])('with %p there are %d pings in 32 seconds', async (options, count) => {
  expect(await pingsIn(32, options)).toBe(count);
});

test('ping sends a comment at once', async () => {
  const { port } = await streaming((source) => {
    expect(source.ping()).toBe(true);
    source.end('x');
  });
  const client = await connect(port);
  await client.rest();
  expect([client.parser.comments, client.text]).toEqual([[''], 'retry: 5000\n\n:\n\ndata: x\n\n']);
});

test('no pings pile up for a client that does not read', async () => {
  fakeTimers();
  const { port, sources } = await streaming();
  const response = await answerOf(port);
  while (sources[0].send('x'.repeat(50_000))) await new Promise(setImmediate);
  const { bufferedAmount } = sources[0];
  jest.advanceTimersByTime(100_000);
  await new Promise(setImmediate);
  await new Promise(setImmediate);
  expect(sources[0].bufferedAmount).toBe(bufferedAmount);
  new EventClient(response).leave();
});

const NONE = [0, 0, 0];

interface Made {
  readonly source: EventSource;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly over: Promise<unknown>;
}

/** How many listeners there are of what a source listens to. */
function listenersOf(emitter: NodeJS.EventEmitter): number[] {
  return ['close', 'drain', 'error'].map((name) => emitter.listenerCount(name));
}

test('many that have closed, one way or the other, leave no timer and no listener', async () => {
  fakeTimers();
  const made: Made[] = [];
  const server = createServer((request, response) => {
    const source = new EventSource(request, response);
    made.push({ source, request, response, over: once(response, 'close') });
  });
  const port = await listen(server);
  const clients = await Promise.all(Array.from({ length: 100 }, () => connect(port)));
  const signal = new AbortController().signal;
  made.forEach(({ source }, index) => {
    source.addEventListener('drain', () => undefined, { signal });
    if (index % 2 === 0) source.end('x');
  });
  for (const client of clients) client.leave();
  await Promise.all(made.flatMap(({ source, over }) => [closed(source), over]));
  for (const { request, response } of made) {
    expect([listenersOf(response), listenersOf(request)]).toEqual([NONE, NONE]);
  }
  server.close();
  jest.advanceTimersByTime(60_000);
  expect(jest.getTimerCount()).toBe(0);
});
