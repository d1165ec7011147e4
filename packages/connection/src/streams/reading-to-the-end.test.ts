/** What the peer sends before its closing frame is read, though the stream has ended on this side. */
import { once } from 'node:events';
import { PassThrough, Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ReadableStream } from 'node:stream/web';
import { fakeDeadlines, pass } from '../../test/deadline-clock';
import { settled } from '../../test/duplex-pair';
import { ENDS, Joined, record } from '../../test/memory-opening';
import type { WebSocket } from '../api/websocket';

const TEXTS = ['one', 'two', 'three'];
type End = (typeof ENDS)[number];

/** Sends every message back. */
function echoing(ws: WebSocket): WebSocket {
  ws.on('message', ({ data }) => ws.send(data));
  return ws;
}

function ends(joined: Joined, end: End): { ws: WebSocket; peer: WebSocket } {
  return { ws: joined[end], peer: joined[end === 'client' ? 'server' : 'client'] };
}

describe.each(ENDS)('of a %s', (end) => {
  test.each([true, false])('pipeline() through stream(), open %s', async (isOpen) => {
    const joined = new Joined();
    if (isOpen) joined.open();
    const { ws, peer } = ends(joined, end);
    echoing(peer);
    const taken: string[] = [];
    const sink = new Writable({
      objectMode: true,
      write: (chunk: string, _encoding, done) => (taken.push(chunk), done()),
    });
    const done = pipeline(Readable.from(TEXTS), ws.stream({ objectMode: true }), sink);
    if (!isOpen) joined.open();
    await done;
    expect(taken).toEqual(TEXTS);
  });

  test('a slow sink gets all, though closeTimeout passes', async () => {
    fakeDeadlines();
    const joined = new Joined('hybi-13', { closeTimeout: 1000 }).open();
    const { ws, peer } = ends(joined, end);
    echoing(peer);
    const taken: string[] = [];
    let goOn: () => void = () => undefined;
    const sink = new Writable({
      ...{ objectMode: true, highWaterMark: 1 },
      write: (chunk: string, _encoding, done) => {
        taken.push(chunk);
        goOn = done;
      },
    });
    const stream = ws.stream({ objectMode: true, highWaterMark: 1 });
    const done = pipeline(Readable.from(TEXTS), stream, sink);
    for (let count = 0; count < TEXTS.length; count++) {
      await pass(2500);
      goOn();
    }
    await done;
    expect(taken).toEqual(TEXTS);
    await settled();
    expect(jest.getTimerCount()).toBe(0);
    jest.useRealTimers();
  });

  test('web streams', async () => {
    const { ws, peer } = ends(new Joined().open(), end);
    echoing(peer);
    const { readable, writable } = ws.webStreams();
    const writing = ReadableStream.from(TEXTS).pipeTo(writable);
    const read: unknown[] = [];
    for await (const message of readable) read.push(message);
    await writing;
    expect(read).toEqual(TEXTS);
  });

  test('pipes into and out of the WebSocket itself', async () => {
    const { ws, peer } = ends(new Joined().open(), end);
    echoing(peer);
    const out = ws.pipe(new PassThrough({ objectMode: true }));
    Readable.from(TEXTS).pipe(ws as never);
    expect(await out.toArray()).toEqual(TEXTS);
  });

  test('messages in parts, after end()', async () => {
    const { ws, peer } = ends(new Joined().open(), end);
    echoing(peer);
    const read: string[] = [];
    for (const text of TEXTS) ws.send(text);
    const reading = (async () => {
      for await (const message of ws.messages()) read.push(await message.text());
    })();
    ws.end();
    await reading;
    expect(read).toEqual(TEXTS);
  });

  test('the iterator, after end()', async () => {
    const { ws, peer } = ends(new Joined().open(), end);
    echoing(peer);
    const read: unknown[] = [];
    for (const text of TEXTS) ws.send(text);
    ws.end();
    for await (const message of ws) read.push(message);
    expect(read).toEqual(TEXTS);
  });

  test('listeners, after end(); none after close()', async () => {
    for (const close of [false, true]) {
      const { ws, peer } = ends(new Joined().open(), end);
      echoing(peer);
      const events = record(ws);
      ws.end('last');
      if (close) ws.close();
      expect(ws.readyState).toBe(ws.CLOSING);
      await settled();
      const last = close ? [] : [['message', 'last']];
      expect(events).toEqual([...last, ['close', 1005, '', true]]);
    }
  });
});

describe('what nobody reads does not keep a connection from closing:', () => {
  test('a stream that is full', async () => {
    const { client, server } = new Joined().open();
    const stream = client.stream({ objectMode: true, highWaterMark: 2 });
    for (let count = 0; count < 10; count++) server.send(String(count));
    stream.end();
    await once(stream, 'finish');
    expect(client.readyState).toBe(client.CLOSED);
    expect(stream.readableLength).toBe(2);
  });

  test('a stream that gets full while it closes', async () => {
    const { client, server } = new Joined().open();
    const stream = client.stream({ objectMode: true, highWaterMark: 2 });
    server.on('message', () => TEXTS.forEach((text) => server.send(text)));
    stream.end('ask');
    await once(stream, 'finish');
    expect(client.readyState).toBe(client.CLOSED);
  });

  test('one that is read later has what came', async () => {
    const { client, server } = new Joined().open();
    echoing(server);
    const stream = client.stream();
    stream.end('ask');
    await once(stream, 'finish');
    expect(Buffer.concat((await stream.toArray()) as Buffer[]).toString()).toBe('ask');
  });

  test('web streams', async () => {
    const { client, server } = new Joined().open();
    echoing(server);
    const writer = client.webStreams().writable.getWriter();
    for (const text of TEXTS) void writer.write(text);
    await writer.close();
    expect(client.readyState).toBe(client.CLOSED);
  });

  test('a WebSocket without listeners', async () => {
    const { client, server } = new Joined('hybi-13', { highWaterMark: 10 }).open();
    for (let count = 0; count < 10; count++) server.send(String(count));
    client.end();
    await once(client as never, 'close');
    expect(client.unheardMessages).toBe(0);
  });
});

describe('a peer that does not close', () => {
  beforeEach(fakeDeadlines);
  afterEach(() => {
    jest.useRealTimers();
  });

  test('is given up after closeTimeout without a message, whatever else it sends', async () => {
    const joined = new Joined('hybi-13', { closeTimeout: 1000 });
    joined.openings.client.open();
    const { client, serverSide } = joined;
    const events = record(client);
    serverSide.resume();
    client.end();
    for (let count = 0; count < 5; count++) {
      serverSide.write(Buffer.of(0x81, 1, 97));
      await pass(900);
    }
    expect(events).toEqual(Array(5).fill(['message', 'a']));
    for (let count = 0; count < 3; count++) {
      serverSide.write(Buffer.of(0x89, 0));
      await pass(600);
    }
    expect(events.slice(5)).toEqual([
      ['error', 'WS_ERR_CLOSE_TIMEOUT'],
      ['close', 1006, '', false],
    ]);
  });
});
