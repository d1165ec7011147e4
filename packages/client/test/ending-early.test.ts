/** Clients that end before they are open, or in the middle of what comes. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { echoServer } from './echo-server';
import { dialled } from './answering';
import { Client } from '../src';
import { observed } from '../../websocket/test/support/observed';

const TEXTS = ['one', 'two', 'three'];

test('what a stream pipes into one that is not open yet is all sent', async () => {
  const server = await echoServer();
  const client = observed(new Client(server.url));
  Readable.from(TEXTS).pipe(client.ws as unknown as NodeJS.WritableStream);
  const accepted = await server.next();
  expect((await accepted.closed).wasClean).toBe(true);
  expect(accepted.events.slice(1, 4)).toEqual(TEXTS.map((text) => `message ${text}`));
  expect((await client.closed).wasClean).toBe(true);
});

test('a pipeline through an echo server has all of it', async () => {
  const server = await echoServer();
  const client = dialled(server.url, [], {});
  const sent = Array.from({ length: 100 }, (_, index) => `${index} ${'x'.repeat(10_000)}`);
  const received: string[] = [];
  await pipeline(Readable.from(sent), client.ws.stream({ objectMode: true }), async (source) => {
    for await (const message of source) received.push(message as string);
  });
  expect(received).toEqual(sent);
});

test('an empty stream into stream() opens, and closes with 1000', async () => {
  const server = await echoServer();
  const client = dialled(server.url, [], {});
  await pipeline(Readable.from([]), client.ws.stream());
  expect(await client.closed).toMatchObject({ code: 1000, wasClean: true });
});

test('with a signal that has aborted already nothing is dialled: error and close', async () => {
  const server = await echoServer();
  const signal = AbortSignal.abort(new Error('changed my mind'));
  const client = dialled(server.url, [], { signal });
  expect(client.ws.readyState).toBe(Client.CLOSING);
  expect(await client.closed).toEqual({ code: 1006, reason: '', wasClean: false });
  expect(client.events).toEqual(['error WS_ERR_ABORTED', 'close 1006']);
  expect(client.errors[0]?.cause).toBe(signal.reason);
});
