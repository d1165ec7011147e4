import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { PassThrough, Readable } from 'node:stream';
import { settled } from '../../test/duplex-pair';
import { Joined, record } from '../../test/memory-opening';
import { SlowDestination } from '../../test/slow-destination';

describe('ws.pipe(destination)', () => {
  test.each([
    [undefined, 'undefined'],
    ['a file', '"a file"'],
    [{ write() {} }, '[object Object]'],
  ])('%p is nothing to pipe to, and messages are still delivered', async (destination, name) => {
    const { client, server } = new Joined().open();
    const error = new TypeError(`cannot pipe to ${name}: pass a writable stream or a WebSocket`);
    expect(() => client.pipe(destination as never)).toThrow(error);
    const events = record(client);
    server.send('text');
    await settled();
    expect(events).toEqual([['message', 'text']]);
  });

  test('writes text as strings and binary as Buffers, whatever binaryType is', async () => {
    for (const binaryType of ['nodebuffer', 'arraybuffer', 'uint8array'] as const) {
      const { client, server } = new Joined().open();
      Object.assign(client, { binaryType });
      const destination = new PassThrough({ objectMode: true });
      expect(client.pipe(destination)).toBe(destination);
      server.send('text');
      server.send(Buffer.of(1, 2));
      server.close();
      expect(await destination.toArray()).toEqual(['text', Buffer.of(1, 2)]);
    }
  });

  test('pauses the WebSocket until the destination has drained', async () => {
    const { client, server } = new Joined().open();
    const slow = client.pipe(new SlowDestination({ objectMode: true }));
    for (const text of ['a', 'b', 'c']) server.send(text);
    await settled();
    expect([client.isPaused, slow.taken, slow.writableLength]).toEqual([true, ['a'], 1]);
    slow.goOn();
    await settled();
    expect([client.isPaused, slow.taken]).toEqual([true, ['a', 'b']]);
    slow.goOn();
    await settled();
    slow.goOn();
    await settled();
    expect([client.isPaused, slow.taken]).toEqual([false, ['a', 'b', 'c']]);
  });

  test('to two destinations goes as fast as the slower one', async () => {
    const { client, server } = new Joined().open();
    const [one, two] = [
      client.pipe(new SlowDestination({ objectMode: true })),
      client.pipe(new SlowDestination({ objectMode: true })),
    ];
    for (const text of ['a', 'b']) server.send(text);
    await settled();
    one.goOn();
    await settled();
    expect([client.isPaused, one.taken, two.taken]).toEqual([true, ['a'], ['a']]);
    two.goOn();
    await settled();
    expect([one.taken, two.taken]).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ]);
  });

  test.each([
    [{}, true],
    [{ end: true }, true],
    [{ end: undefined }, true],
    [{ end: null }, true],
    [null, true],
    [{ end: false }, false],
  ])('options %j: ends the destination at close: %s', async (options, ends) => {
    const { client, server } = new Joined().open();
    const destination = client.pipe(new PassThrough(), options);
    server.close();
    await settled();
    expect(client.readyState).toBe(client.CLOSED);
    expect(destination.writableEnded).toBe(ends);
  });

  test('ends the destination also when the connection was lost', async () => {
    const { client, clientSide } = new Joined().open();
    const destination = client.pipe(new PassThrough());
    clientSide.destroy(new Error('reset'));
    await settled();
    expect(destination.writableEnded).toBe(true);
  });

  test.each(['stdout', 'stderr'] as const)('never ends process.%s', async (name) => {
    const { client, server } = new Joined().open();
    const end = jest.spyOn(process[name], 'end');
    client.pipe(process[name], { end: true });
    server.close();
    await settled();
    expect([client.readyState, end.mock.calls]).toEqual([client.CLOSED, []]);
    end.mockRestore();
  });

  test('of a closed WebSocket ends the destination', async () => {
    const { client, server } = new Joined().open();
    server.close();
    client.close();
    await settled();
    const destination = client.pipe(new PassThrough());
    await settled();
    expect(destination.writableEnded).toBe(true);
  });

  test('ends when the destination has closed; what comes then waits for a listener', async () => {
    const { client, server } = new Joined().open();
    const slow = client.pipe(new SlowDestination({ objectMode: true }));
    server.send('a');
    await settled();
    slow.destroy();
    await settled();
    server.send('b');
    await settled();
    expect([slow.taken, client.isPaused]).toEqual([['a'], false]);
    const events = record(client);
    await settled();
    expect(events).toEqual([['message', 'b']]);
  });

  test('to itself is an echo', async () => {
    const { client, server } = new Joined().open();
    server.pipe(server);
    const events = record(client);
    client.send('text');
    client.send(Buffer.of(1));
    await settled();
    client.close(3000, 'bye');
    await settled();
    expect(events).toEqual([
      ['message', 'text'],
      ['message', Buffer.of(1)],
      ['close', 3000, 'bye', true],
    ]);
  });

  test('has no Blobs to give', () => {
    const { client } = new Joined().open();
    Object.assign(client, { binaryType: 'blob' });
    for (const face of [
      () => client.pipe(client),
      () => client.stream(),
      () => client.webStreams(),
    ]) {
      expect(face).toThrow(
        new TypeError("streams have no Blobs: set another binaryType than 'blob'"),
      );
    }
  });
});

/** A WebSocket as the types of `readable.pipe()` want it: they ask for all of an EventEmitter. */
const destination = (ws: Joined['client']): NodeJS.WritableStream => ws as never;

describe('readable.pipe(ws)', () => {
  test('sends strings as text and bytes as binary, and closes at the end', async () => {
    const { client, server } = new Joined().open();
    const events = record(server);
    const source = Readable.from(['text', Buffer.of(1, 2)]);
    expect(source.pipe(destination(client))).toBe(client);
    await settled();
    expect(events).toEqual([
      ['message', 'text'],
      ['message', Buffer.of(1, 2)],
      ['close', 1005, '', true],
    ]);
  });

  test('leaves the connection open with { end: false }', async () => {
    const { client } = new Joined().open();
    Readable.from(['text']).pipe(destination(client), { end: false });
    await settled();
    expect(client.readyState).toBe(client.OPEN);
  });

  test('waits while the peer does not read', async () => {
    const { client, clientSide } = new Joined('hybi-13', { highWaterMark: 100 }).open();
    clientSide.stall();
    let read = 0;
    const source = new Readable({
      highWaterMark: 50,
      read() {
        this.push(read++ < 1000 ? Buffer.alloc(50) : null);
      },
    });
    source.pipe(destination(client));
    await settled();
    const before = read;
    await settled();
    expect([read, client.bufferedAmount < 5000]).toEqual([before, true]);
    clientSide.unstall();
    await finished(source);
    expect([before < 200, read]).toEqual([true, 1001]);
  });

  test('ends by unpipe(), by which the source leaves no listener behind', async () => {
    const { client, server } = new Joined().open();
    const events = record(server);
    const source = new PassThrough();
    const told: unknown[][] = [];
    const onPipe = (...args: unknown[]) => told.push(args);
    client.on('pipe', onPipe);
    client.on('unpipe', onPipe);
    source.pipe(destination(client));
    source.write('a');
    await settled();
    source.unpipe(destination(client));
    source.resume();
    source.write('b');
    await settled();
    expect(events).toEqual([['message', Buffer.from('a')]]);
    expect(told).toEqual([[source], [source, { hasUnpiped: true }]]);
    expect(source.listenerCount('data')).toBe(0);
    for (const type of ['drain', 'error', 'close', 'finish'])
      expect(client.listenerCount(type)).toBe(0);
    client.off('pipe', onPipe);
    source.pipe(destination(client));
    expect(told).toHaveLength(2);
  });

  test.each(['close', 'terminate'] as const)(
    'ends by %s(), and the source is not read on',
    async (end) => {
      const { client } = new Joined().open();
      const source = new PassThrough();
      source.pipe(destination(client));
      client[end]();
      await once(client, 'close');
      expect([source.listenerCount('data'), source.isPaused()]).toEqual([0, true]);
    },
  );

  test('survives an error of the connection', async () => {
    const { client, clientSide } = new Joined().open();
    const source = new PassThrough();
    source.pipe(destination(client));
    clientSide.destroy(new Error('reset'));
    await settled();
    expect([client.readyState, source.listenerCount('data')]).toEqual([client.CLOSED, 0]);
  });
});
