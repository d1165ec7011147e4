import { once } from 'node:events';
import { getDefaultHighWaterMark, PassThrough, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { settled } from '../../test/duplex-pair';
import { Joined, record } from '../../test/memory-opening';

describe('ws.stream(), reading', () => {
  test('gives the bytes of all messages, text as UTF-8', async () => {
    const { client, server } = new Joined().open();
    for (const data of ['hé', '', Buffer.of(1, 2)]) server.send(data);
    server.close();
    const chunks = (await client.stream().toArray()) as Buffer[];
    expect(Buffer.concat(chunks)).toEqual(Buffer.of(104, 195, 169, 1, 2));
  });

  test('gives messages in object mode', async () => {
    const { client, server } = new Joined().open();
    for (const data of ['hé', '', Buffer.of(1, 2)]) server.send(data);
    server.close();
    const chunks = await client.stream({ objectMode: true }).toArray();
    expect(chunks).toEqual(['hé', '', Buffer.of(1, 2)]);
  });

  test('decodes with an encoding, across messages', async () => {
    const { client, server } = new Joined().open();
    for (const byte of Buffer.from('é€')) server.send(Buffer.of(byte));
    server.close();
    const chunks = await client.stream({ encoding: 'utf8' }).toArray();
    expect(chunks.join('')).toBe('é€');
  });

  test('pauses the WebSocket when the stream has enough', async () => {
    const { client, server } = new Joined().open();
    const stream = client.stream({ objectMode: true, highWaterMark: 2 });
    for (let i = 0; i < 10; i++) server.send(String(i));
    await settled();
    expect([client.isPaused, stream.readableLength]).toEqual([true, 2]);
    expect(stream.read()).toBe('0');
    await settled();
    expect([client.isPaused, stream.readableLength]).toEqual([true, 2]);
    server.close();
    expect(await stream.toArray()).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9']);
  });

  test.each([1000, 1001, 1011, undefined])('a clean end with %s is an end', async (code) => {
    const { client, server } = new Joined().open();
    server.close(code);
    expect(await client.stream().toArray()).toEqual([]);
  });

  test('any other end is an error: the cause', async () => {
    const { client, clientSide } = new Joined().open();
    const error = new Error('reset');
    const reading = client.stream().toArray();
    clientSide.destroy(error);
    await expect(reading).rejects.toBe(error);
  });

  test('of a closed WebSocket ends', async () => {
    const { client, server } = new Joined().open();
    server.close();
    client.close();
    await settled();
    expect(await client.stream().toArray()).toEqual([]);
  });
});

describe('ws.stream(), writing', () => {
  test('sends every chunk as a binary message, and closes with 1000 at the end', async () => {
    const { client, server } = new Joined().open();
    const events = record(server);
    const stream = client.stream();
    stream.write('hé');
    stream.write('616263', 'hex');
    stream.end(Buffer.of(1));
    await once(stream, 'finish');
    expect(client.readyState).toBe(client.CLOSED);
    await settled();
    expect(events).toEqual([
      ['message', Buffer.from('hé')],
      ['message', Buffer.from('abc')],
      ['message', Buffer.of(1)],
      ['close', 1000, '', true],
    ]);
  });

  test('sends messages in object mode', async () => {
    const { client, server } = new Joined().open();
    const events = record(server);
    await pipeline(Readable.from(['hé', Buffer.of(1, 2)]), client.stream({ objectMode: true }));
    await settled();
    expect(events.slice(0, 2)).toEqual([
      ['message', 'hé'],
      ['message', Buffer.of(1, 2)],
    ]);
  });

  test('waits until the network takes more', async () => {
    const { client, clientSide } = new Joined().open();
    clientSide.stall();
    const stream = client.stream();
    const written: number[] = [];
    stream.write(Buffer.alloc(2000), () => written.push(1));
    stream.write(Buffer.alloc(2000), () => written.push(2));
    await settled();
    expect([written, client.bufferedAmount]).toEqual([[], 2000]);
    clientSide.unstall();
    await settled();
    expect(written).toEqual([1, 2]);
    stream.destroy();
  });

  test('may begin before the connection is open', async () => {
    const joined = new Joined();
    const events = record(joined.server);
    const stream = joined.client.stream();
    stream.write('x');
    joined.open();
    await settled();
    expect(events).toContainEqual(['message', Buffer.from('x')]);
    stream.destroy();
  });

  test.each([null, { objectMode: null, allowHalfOpen: null, highWaterMark: null, encoding: null }])(
    'options that are null are left out: %j',
    (options) => {
      const { client } = new Joined().open();
      const stream = client.stream(options);
      const { readableObjectMode, readableEncoding, allowHalfOpen } = stream;
      expect([readableObjectMode, readableEncoding, allowHalfOpen]).toEqual([false, null, false]);
      expect(stream.readableHighWaterMark).toBe(getDefaultHighWaterMark(false));
      stream.destroy();
    },
  );

  test.each([
    ['what cannot be sent', 'hybi-13', { objectMode: true }, {}, 'TypeError'],
    ['bytes to a peer that has only text', 'hixie-76', {}, Buffer.of(1), 'ConnectionError'],
  ] as const)('%s destroys the stream', async (_, version, options, chunk, name) => {
    const { client } = new Joined(version).open();
    const stream = client.stream(options);
    stream.write(chunk);
    const [error] = (await once(stream, 'error')) as [Error];
    expect(error.name).toBe(name);
    await settled();
    expect([stream.destroyed, client.readyState]).toEqual([true, client.CLOSED]);
  });

  test('a pipeline into a connection that the peer closes is rejected', async () => {
    const { client, server } = new Joined().open();
    const source = new PassThrough();
    const done = pipeline(source, client.stream());
    source.write('a');
    await settled();
    server.close();
    await settled();
    source.write('b');
    await expect(done).rejects.toMatchObject({ code: 'WS_ERR_NOT_SENT' });
  });

  test('does not cut a closing handshake short by what it can no longer send', async () => {
    const { client, server } = new Joined().open();
    const closed = once(client, 'close') as Promise<[{ wasClean: boolean }]>;
    const stream = client.stream();
    client.close();
    stream.write('late');
    const [error] = (await once(stream, 'error')) as [Error];
    expect(error).toMatchObject({ code: 'WS_ERR_NOT_SENT' });
    expect((await closed)[0].wasClean).toBe(true);
    server.terminate();
  });
});

describe('the life of ws.stream()', () => {
  test('stays open for reading after end() with allowHalfOpen', async () => {
    const { client, server } = new Joined().open();
    const events = record(server);
    const stream = client.stream({ allowHalfOpen: true });
    stream.end('question');
    await once(stream, 'finish');
    await settled();
    expect(events).toEqual([['message', Buffer.from('question')]]);
    server.send('answer');
    server.close();
    expect(await stream.toArray()).toEqual([Buffer.from('answer')]);
  });

  test('destroy() terminates the connection, and is done when that is closed', async () => {
    const { client } = new Joined().open();
    const closed = once(client, 'close') as Promise<[{ cause: unknown }]>;
    const stream = client.stream();
    stream.destroy();
    await once(stream, 'close');
    expect(client.readyState).toBe(client.CLOSED);
    expect((await closed)[0].cause).toMatchObject({ code: 'WS_ERR_TERMINATED' });
  });

  test('destroy() while full, when the connection is already lost, closes the WebSocket', async () => {
    const { client, server, clientSide } = new Joined().open();
    const stream = client.stream({ highWaterMark: 1 });
    for (let i = 0; i < 5; i++) server.send('x');
    await settled();
    clientSide.destroy();
    await settled();
    stream.destroy();
    await once(stream, 'close');
    expect(client.readyState).toBe(client.CLOSED);
  });

  test('closes by itself when both sides have ended', async () => {
    const { client, server } = new Joined().open();
    const stream = client.stream();
    stream.resume();
    server.close();
    await once(stream, 'close');
    expect([stream.readableEnded, stream.writableFinished]).toEqual([true, true]);
  });

  test('an option that is not known throws', () => {
    const { client } = new Joined();
    expect(() => client.stream({ objectmode: true } as object)).toThrow(
      new TypeError('option objectmode is not known; did you mean objectMode?'),
    );
  });
});
