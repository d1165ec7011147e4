/** What Node's own functions for streams make of a WebSocket that is passed as one. */
import { Duplex, finished as whenFinished, PassThrough, Readable } from 'node:stream';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { settled } from '../../test/duplex-pair';
import { Joined } from '../../test/memory-opening';
import type { WebSocket } from '../api/websocket';

const finished = promisify(whenFinished);

/** As the types of Node's functions want it. */
const readableOf = (ws: WebSocket): Readable => ws as never;
const writableOf = (ws: WebSocket): Writable => ws as never;

/** From 24 on, Node's `pipeline` takes the promise `closed` of what it is to write to for an end. */
const writesToIt = Number(process.versions.node.split('.')[0]) < 24;

const PREMATURE = { code: 'ERR_STREAM_PREMATURE_CLOSE' };

type Way = [string, (ws: WebSocket) => Promise<unknown>];

const PIPED: Way = ['pipeline(source, ws)', (ws) => pipeline(new PassThrough(), writableOf(ws))];

describe('an end that is not clean is an error', () => {
  const WAYS: Way[] = [
    ['finished(ws)', (ws) => finished(readableOf(ws))],
    ['finished(ws, { readable: false })', (ws) => finished(writableOf(ws), { readable: false })],
    ['pipeline(ws, destination)', (ws) => pipeline(readableOf(ws), new PassThrough())],
    ...(writesToIt ? [PIPED] : []),
  ];

  test.each(WAYS)('%s: the Error of the connection', async (_, wait) => {
    const { client, clientSide } = new Joined().open();
    const outcome = expect(wait(client)).rejects.toMatchObject({ message: 'reset' });
    clientSide.destroy(new Error('reset'));
    await outcome;
    await client.closed;
  });

  test.each(WAYS.filter(([name]) => !name.includes('false')))(
    '%s: cut off by terminate()',
    async (_, wait) => {
      const { client } = new Joined().open();
      const outcome = expect(wait(client)).rejects.toMatchObject(PREMATURE);
      client.terminate();
      await outcome;
      await client.closed;
    },
  );
});

describe('finished(ws)', () => {
  test('when both sides have closed', async () => {
    const { client, server } = new Joined().open();
    client.on('message', () => undefined);
    const done = finished(readableOf(client));
    server.send('last');
    server.close(4000);
    await done;
    expect(client.readyState).toBe(client.CLOSED);
  });
});

describe('pipeline', () => {
  test('from it: all messages, then the end of the destination', async () => {
    const { client, server } = new Joined().open();
    const destination = new PassThrough();
    const done = pipeline(readableOf(client), destination);
    server.send('one');
    server.send('two');
    server.close();
    await done;
    expect(await destination.setEncoding('utf8').toArray()).toEqual(['onetwo']);
  });

  test('from it through a generator', async () => {
    const { client, server } = new Joined().open();
    const done = pipeline(readableOf(client), async function (messages: AsyncIterable<unknown>) {
      const all: unknown[] = [];
      for await (const message of messages) all.push(message);
      return all;
    });
    server.send('one');
    server.send('two');
    server.close();
    expect(await done).toEqual(['one', 'two']);
  });

  test('into it: messages, and the end closes; done when the peer has closed, too', async () => {
    const { client, server } = new Joined().open();
    const heard: unknown[] = [];
    server.on('data', (data) => heard.push(data));
    await pipeline(['one', 'two'], writableOf(client));
    expect(heard).toEqual(['one', 'two']);
    expect(client.readyState).toBe(client.CLOSED);
  });

  test('into it, with back-pressure', async () => {
    const { client, server, clientSide } = new Joined('hybi-13', { highWaterMark: 100 }).open();
    let received = 0;
    server.on('data', (data: Buffer) => (received += data.length));
    clientSide.stall();
    const chunks = Array.from({ length: 100 }, () => Buffer.alloc(50));
    const done = pipeline(chunks, writableOf(client));
    await settled();
    expect(client.bufferedAmount).toBeLessThan(1000);
    clientSide.unstall();
    await done;
    expect(received).toBe(5000);
  });

  test('into it, from a source that fails: closes', async () => {
    const { client, server } = new Joined().open();
    server.on('message', () => undefined);
    const source = (function* (): Generator<string> {
      yield 'one';
      throw new Error('mine');
    })();
    await expect(pipeline(source, writableOf(client))).rejects.toThrow('mine');
    await server.closed;
    expect(client.readyState).toBe(client.CLOSED);
  });

  test('into it from a stream of Node: before Node 24 only', async () => {
    const { client, server } = new Joined().open();
    server.on('message', () => undefined);
    const outcome = pipeline(Readable.from(['one']), writableOf(client)).then(
      () => 'done',
      (error: unknown) => (error as { code: unknown }).code,
    );
    expect(await outcome).toBe(writesToIt ? 'done' : 'ERR_STREAM_UNABLE_TO_PIPE');
  });
});

describe('what makes a stream of it', () => {
  test('Readable.from: its iteration', async () => {
    const { client, server } = new Joined().open();
    const all = Readable.from(client).toArray();
    server.send('one');
    server.close();
    expect(await all).toEqual(['one']);
  });

  test.each([
    ['Duplex.from', (ws: WebSocket) => Duplex.from(readableOf(ws)) as Readable],
    ['Readable.wrap', (ws: WebSocket) => new Readable({ objectMode: true }).wrap(readableOf(ws))],
  ])('%s: its messages, paused while they are not read', async (_, make) => {
    const { client, server } = new Joined().open();
    const stream = make(client);
    for (let count = 0; count < 100; count++) server.send(String(count));
    await settled();
    expect(client.isPaused).toBe(true);
    const read: unknown[] = [];
    stream.on('data', (data) => read.push(data));
    await settled();
    expect(read).toHaveLength(100);
    server.close();
    await client.closed;
  });

  test.each([
    ['Readable.toWeb', (ws: WebSocket) => Readable.toWeb(readableOf(ws))],
    ['Duplex.toWeb', (ws: WebSocket) => Duplex.toWeb(ws as never)],
  ])('%s: throws, as of anything but its own streams', (_, make) => {
    const { client } = new Joined().open();
    expect(() => make(client)).toThrow('must be an');
  });

  test.each([
    ['Readable.toWeb', (ws: WebSocket) => Readable.toWeb(ws.stream())],
    ['Duplex.toWeb', (ws: WebSocket) => Duplex.toWeb(ws.stream()).readable],
  ])('%s takes ws.stream()', async (_, make) => {
    const { client, server } = new Joined().open();
    const reader = (make(client) as ReadableStream<Uint8Array>).getReader();
    server.send('one');
    expect((await reader.read()).value).toEqual(Buffer.from('one'));
    client.terminate();
    await reader.closed.catch(() => undefined);
  });
});
