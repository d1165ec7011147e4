import { settled } from '../../test/duplex-pair';
import { Joined } from '../../test/memory-opening';
import type { AnyMessageData } from '../receiving/message-data';

/** Reads to the end, or as many as `most`. */
async function read(from: AsyncIterable<AnyMessageData>, most: number = Infinity) {
  const messages: AnyMessageData[] = [];
  if (most === 0) return messages;
  for await (const message of from) {
    messages.push(message);
    if (messages.length === most) break;
  }
  return messages;
}

describe('for await (const message of ws)', () => {
  test('yields text as strings and binary as binaryType says, until the end', async () => {
    const { client, server } = new Joined().open();
    Object.assign(client, { binaryType: 'arraybuffer' });
    const messages = read(client);
    for (const data of ['', 'text', Buffer.of(1, 2)]) server.send(data);
    await settled();
    server.close(1001);
    expect(await messages).toEqual(['', 'text', Uint8Array.of(1, 2).buffer]);
  });

  test('yields what came before it began, even when the peer has closed since', async () => {
    const { client, server } = new Joined().open();
    for (let i = 0; i < 100; i++) server.send(String(i));
    server.close();
    await settled();
    expect(await read(client)).toEqual(Array.from({ length: 100 }, (_, i) => String(i)));
  });

  test('may begin before the connection is open', async () => {
    const joined = new Joined();
    const messages = read(joined.client);
    joined.open();
    joined.server.send('x');
    joined.server.end();
    expect(await messages).toEqual(['x']);
  });

  test('pauses the WebSocket while nobody asks, so that what waits is bounded', async () => {
    const { client, server, clientSide } = new Joined().open();
    const iterator = client[Symbol.asyncIterator]();
    expect(client.isPaused).toBe(true);
    const first = iterator.next();
    expect(client.isPaused).toBe(false);
    for (let i = 0; i < 50; i++) {
      server.send(Buffer.alloc(60_000));
      await settled();
    }
    expect((await first).value).toHaveLength(60_000);
    expect(client.isPaused).toBe(true);
    expect(clientSide.readableLength).toBeGreaterThan(2_000_000);
    await iterator.return?.();
  });

  test('several questions at once are answered in their order', async () => {
    const { client, server } = new Joined().open();
    const iterator = client[Symbol.asyncIterator]();
    const answers = Promise.all([iterator.next(), iterator.next(), iterator.next()]);
    server.send('a');
    server.send('b');
    server.close();
    expect(await answers).toEqual([
      { done: false, value: 'a' },
      { done: false, value: 'b' },
      { done: true, value: undefined },
    ]);
  });

  test('loses nothing when the application resumes the WebSocket by itself', async () => {
    const { client, server } = new Joined().open();
    const iterator = client[Symbol.asyncIterator]();
    client.resume();
    for (const text of ['', 'b', 'c']) server.send(text);
    await settled();
    server.close();
    await settled();
    expect(client.readyState).toBe(client.CLOSED);
    expect(await read(iterator)).toEqual(['', 'b', 'c']);
  });

  test('throws the cause of an unclean end, after all messages', async () => {
    const { client, server, clientSide } = new Joined().open();
    for (const text of ['a', 'b', 'c']) server.send(text);
    await settled();
    const iterator = client[Symbol.asyncIterator]();
    const error = new Error('reset');
    expect((await iterator.next()).value).toBe('a');
    clientSide.destroy(error);
    await settled();
    expect((await iterator.next()).value).toBe('b');
    expect((await iterator.next()).value).toBe('c');
    await expect(iterator.next()).rejects.toBe(error);
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
  });

  test.each([
    ['terminate()', (ws: Joined['client']) => ws.terminate(), 'WS_ERR_TERMINATED'],
    [
      'close() before the connection is open',
      (ws: Joined['client']) => ws.close(),
      'WS_ERR_CLOSED_EARLY',
    ],
  ])('throws after %s', async (name, end, code) => {
    const joined = new Joined();
    if (name === 'terminate()') joined.open();
    const messages = read(joined.client);
    end(joined.client);
    await expect(messages).rejects.toMatchObject({ code });
  });

  test('of a WebSocket that is closed is empty', async () => {
    const { client, server } = new Joined().open();
    server.close();
    client.close();
    await settled();
    expect(await read(client)).toEqual([]);
    expect(await read(client)).toEqual([]);
  });

  test.each([1, 2])(
    'leaving the loop after %d of 3 closes the connection with 1000',
    async (most) => {
      const { client, server } = new Joined().open();
      const closed = new Promise((resolve) => server.once('close', resolve));
      for (const text of ['a', 'b', 'c']) server.send(text);
      expect(await read(client, most)).toEqual(['a', 'b', 'c'].slice(0, most));
      expect(await closed).toMatchObject({ code: 1000, wasClean: true });
      await settled();
      expect(client.readyState).toBe(client.CLOSED);
    },
  );

  test('leaving the loop when the connection is already lost ends it', async () => {
    const { client, server, clientSide } = new Joined().open();
    const closed = new Promise((resolve) => client.once('close', resolve));
    for (const text of ['a', 'b', 'c']) server.send(text);
    const iterator = client[Symbol.asyncIterator]();
    await iterator.next();
    clientSide.destroy();
    await settled();
    expect(await iterator.return?.()).toEqual({ done: true, value: undefined });
    expect(await closed).toMatchObject({ wasClean: false });
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
  });

  test('answers those who still wait when it is left', async () => {
    const { client } = new Joined().open();
    const iterator = client[Symbol.asyncIterator]();
    const waiting = iterator.next();
    await iterator.return?.();
    expect(await waiting).toEqual({ done: true, value: undefined });
  });
});

describe('a second reader', () => {
  const READERS = {
    iterator: (ws: Joined['client']) => ws[Symbol.asyncIterator](),
    stream: (ws: Joined['client']) => ws.stream(),
    webStreams: (ws: Joined['client']) => ws.webStreams(),
  };
  const names = Object.keys(READERS) as (keyof typeof READERS)[];
  const pairs = names.flatMap((first) => names.map((second) => ({ first, second })));

  test.each(pairs)('$second beside $first is refused', ({ first, second }) => {
    const { client } = new Joined().open();
    READERS[first](client);
    const message =
      /^the messages are already being read by (an iterator|stream\(\)|webStreams\(\))$/;
    const refusal = expect.objectContaining({
      name: 'InvalidStateError',
      message: expect.stringMatching(message) as string,
    }) as Error;
    expect(() => READERS[second](client)).toThrow(refusal);
  });

  test('after the first has been left finds the end', async () => {
    const { client } = new Joined().open();
    await client[Symbol.asyncIterator]().return?.();
    expect(await read(client)).toEqual([]);
  });
});

describe('[Symbol.asyncDispose]()', () => {
  test('closes with 1000, and is done when closed', async () => {
    const { client, server } = new Joined().open();
    const closed = new Promise((resolve) => server.once('close', resolve));
    await client[Symbol.asyncDispose]();
    expect(client.readyState).toBe(client.CLOSED);
    expect(await closed).toMatchObject({ code: 1000, wasClean: true });
    await client[Symbol.asyncDispose]();
  });

  test('does not reject when the connection breaks', async () => {
    const { client, clientSide } = new Joined().open();
    const disposed = client[Symbol.asyncDispose]();
    clientSide.destroy(new Error('reset'));
    await disposed;
    expect(client.readyState).toBe(client.CLOSED);
  });
});
