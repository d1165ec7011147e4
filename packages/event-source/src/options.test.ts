/** Mistakes stop before anything is written, and what may be left out may be null. */
import { createServer, request as httpRequest } from 'node:http';
import { listen } from '../../websocket/test/support/test-server';
import { connect, streaming } from '../test/streaming';
import { EVENT_SOURCE_OPTIONS, EventSource } from '.';
import type { EventSourceOptions } from '.';

/** What the constructor throws; the response can still be answered. */
async function thrownBy(make: (...args: never[]) => unknown): Promise<unknown> {
  let thrown: unknown = null;
  const server = createServer((request, response) => {
    try {
      make(...([request, response] as never[]));
    } catch (error) {
      thrown = error;
      response.end('answered');
    }
  });
  const client = await connect(await listen(server));
  await client.rest();
  expect(client.text).toBe('answered');
  return thrown;
}

test.each<[object | string, ErrorConstructor | RangeErrorConstructor, string]>([
  [{ ping: -1 }, RangeError, 'option ping: -1 is not from 0 to 3600 seconds'],
  [{ ping: 10_000 }, RangeError, 'option ping: 10000 is not from 0 to 3600 seconds'],
  [{ ping: NaN }, RangeError, 'option ping: NaN is not from 0 to 3600 seconds'],
  [{ ping: '10' }, TypeError, 'option ping: "10" is not a number of seconds, but a string'],
  [{ retry: 5000 }, RangeError, 'option retry: 5000 is not from 0 to 3600 seconds'],
  [{ retry: {} }, TypeError, 'option retry: [object Object] is not a number of seconds'],
  [{ highWaterMark: -1 }, RangeError, 'option highWaterMark: -1 is not an integer from 0'],
  [{ maxBufferedAmount: 0.5 }, RangeError, 'option maxBufferedAmount: 0.5 is not an integer'],
  [{ closeTimeout: 0 }, RangeError, 'option closeTimeout: 0 is not an integer of milliseconds'],
  [{ trustProxy: 1 }, TypeError, 'option trustProxy: 1 is not a boolean'],
  [{ headers: ['a'] }, TypeError, 'option headers: pass a plain object'],
  [{ headers: { 'X-A': 'b\r\nc: d' } }, TypeError, 'option headers: header "X-A" has a character'],
  [{ headers: { 'a:b': '' } }, TypeError, 'option headers: "a:b" is not a valid header name'],
  [{ headers: { 'content-length': 5 } }, TypeError, '"content-length" is set by Node'],
  [{ headers: { 'Transfer-Encoding': 'gzip' } }, TypeError, '"Transfer-Encoding" is set by Node'],
  [{ headers: { 'Content-Type': 'text/html' } }, TypeError, 'of events is text/event-stream'],
  [{ rety: 5 }, TypeError, 'option rety is not known; did you mean retry?'],
  ['retry', TypeError, 'options: "retry" is not an object'],
])('%p is refused', async (options, kind, message) => {
  const error = await thrownBy(
    (request, response) => new EventSource(request, response, options as EventSourceOptions),
  );
  expect(error).toBeInstanceOf(kind);
  expect((error as Error).message).toContain(message);
});

test.each<[string, (request: never, response: never) => unknown, string]>([
  ['no request', (_, response) => new EventSource({} as never, response), 'request: [object Obj'],
  ['no response', (request) => new EventSource(request, null as never), 'response: null is not a'],
  ['both swapped', (request, response) => new EventSource(response, request), 'request: [object'],
])('%s', async (_, make, message) => {
  const error = await thrownBy(make);
  expect(error).toBeInstanceOf(TypeError);
  expect((error as Error).message).toContain(message);
});

test.each([null, undefined, ...EVENT_SOURCE_OPTIONS.map((name) => ({ [name]: null }))])(
  'options %p are as none',
  async (options) => {
    const { port } = await streaming((source) => source.send('x'), options);
    const client = await connect(port);
    expect(await client.data(1)).toEqual(['x']);
    expect(client.parser.retry).toBe(5000);
  },
);

test.each<[EventSourceOptions, number | null]>([
  [{ retry: 0 }, 0],
  [{ retry: 0.0015 }, 1],
  [{ retry: 3600 }, 3_600_000],
  [{ retry: false }, null],
])('%p: the client is told to wait %p ms', async (options, expected) => {
  const { port } = await streaming((source) => source.send('x'), options);
  const client = await connect(port);
  await client.data(1);
  expect(client.parser.retry).toBe(expected);
});

test.each<[EventSourceOptions, string]>([
  [{}, 'http://own.example/'],
  [{ trustProxy: true }, 'https://public.example/'],
])('%p: behind a proxy the URL is %s', async (options, url) => {
  const { port, sources } = await streaming(undefined, options);
  const forwarded = [
    { 'X-Forwarded-Host': 'public.example', 'X-Forwarded-Proto': 'https' },
    { Forwarded: 'host=forged.example, host=public.example;proto=https' },
  ];
  for (const headers of forwarded) {
    await connect(port, { headers: { Host: 'own.example', ...headers } });
  }
  expect(sources.map((source) => source.url)).toEqual([url, url]);
});

test('a POST may be answered with events as well', async () => {
  const { port } = await streaming((source) => source.end('x'));
  const body = await new Promise<string>((resolve) => {
    httpRequest({ port, method: 'POST', agent: false }, (response) => {
      response.setEncoding('utf8').once('data', resolve);
    }).end('asked');
  });
  expect(body).toContain('data: x\n\n');
});
