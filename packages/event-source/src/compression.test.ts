/** Behind middleware that compresses: `compression` of npm, as Express has it. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { createGunzip } from 'node:zlib';
import { EventStreamParser } from '../test/event-stream-parser';
import { answerOf, closed, streaming } from '../test/streaming';

type Middleware = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

const compress = jest.requireActual<(options: object) => Middleware>('compression')({});
const compressed: RequestListener = (request, response) =>
  compress(request, response, () => undefined);

const HEADERS = { Accept: 'text/event-stream', 'Accept-Encoding': 'gzip' };

test('every event is flushed, and what middleware does to the head is kept', async () => {
  const { port, sources } = await streaming((source) => source.send('0'), null, compressed);
  const response = await answerOf(port, { headers: HEADERS });
  expect(response.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'Accept-Encoding' });
  const parser = new EventStreamParser();
  const events = response.pipe(createGunzip());
  events.on('data', (bytes: Buffer) => parser.push(bytes));
  for (let count = 1; count < 4; count++) {
    while (parser.events.length < count) await once(events, 'data');
    sources[0].send(String(count));
  }
  sources[0].close();
  await once(events, 'end');
  expect(parser.events.map(({ data }) => data)).toEqual(['0', '1', '2', '3']);
});

test('a slow reader is seen through the compression: send is false, and drain follows', async () => {
  const { port, sources } = await streaming(undefined, null, compressed);
  const response = await answerOf(port, { headers: HEADERS });
  const noise = randomBytes(300_000).toString('base64');
  while (sources[0].send(noise)) await new Promise(setImmediate);
  expect(sources[0].bufferedAmount).toBeGreaterThan(0);
  const drained = once(sources[0], 'drain');
  response.resume();
  await drained;
  expect(sources[0].bufferedAmount).toBe(0);
});

test('a client that leaves: close', async () => {
  const { port, sources } = await streaming(undefined, null, compressed);
  const response = await answerOf(port, { headers: HEADERS });
  response.on('error', () => undefined).destroy();
  await closed(sources[0]);
  expect(sources[0].send('late')).toBe(false);
});
