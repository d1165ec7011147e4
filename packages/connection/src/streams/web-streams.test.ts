import { ReadableStream, TransformStream } from 'node:stream/web';
import { once } from 'node:events';
import { settled } from '../../test/duplex-pair';
import { Joined, record } from '../../test/memory-opening';

async function all<T>(stream: ReadableStream<T>): Promise<T[]> {
  const chunks: T[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
}

describe('webStreams().readable', () => {
  test('has text as strings and binary as plain Uint8Arrays, to a clean end', async () => {
    const { client, server } = new Joined().open();
    for (const data of ['hé', '', Buffer.of(1, 2)]) server.send(data);
    server.close(1001);
    const chunks = await all(client.webStreams().readable);
    expect(chunks).toEqual(['hé', '', Uint8Array.of(1, 2)]);
    expect(Buffer.isBuffer(chunks[2])).toBe(false);
  });

  test('keeps one message; the others wait in the network', async () => {
    const { client, server } = new Joined().open();
    const reader = client.webStreams().readable.getReader();
    for (const text of ['a', 'b', 'c']) server.send(text);
    await settled();
    expect(client.isPaused).toBe(true);
    for (const value of ['a', 'b', 'c']) {
      expect(await reader.read()).toEqual({ done: false, value });
    }
    await settled();
    expect(client.isPaused).toBe(false);
    await reader.cancel();
  });

  test('fails with the cause of an unclean end, behind all messages', async () => {
    const { client, server, clientSide } = new Joined().open();
    const reader = client.webStreams().readable.getReader();
    for (const text of ['a', 'b', 'c']) server.send(text);
    await settled();
    const error = new Error('reset');
    clientSide.destroy(error);
    await settled();
    for (const value of ['a', 'b', 'c']) {
      expect(await reader.read()).toEqual({ done: false, value });
    }
    await expect(reader.read()).rejects.toBe(error);
  });

  test('cancel() closes the connection with 1000', async () => {
    const { client, server } = new Joined().open();
    const closed = once(server, 'close') as Promise<[{ code: number; wasClean: boolean }]>;
    await client.webStreams().readable.cancel('enough');
    expect((await closed)[0]).toMatchObject({ code: 1000, wasClean: true });
  });
});

describe('webStreams().writable', () => {
  test('sends what is piped in, closes with 1000, and is done when that is done', async () => {
    const { client, server } = new Joined().open();
    const events = record(server);
    await ReadableStream.from(['hé', Uint8Array.of(1)]).pipeTo(client.webStreams().writable);
    expect(client.readyState).toBe(client.CLOSED);
    await settled();
    expect(events).toEqual([
      ['message', 'hé'],
      ['message', Buffer.of(1)],
      ['close', 1000, '', true],
    ]);
  });

  test('a write is done when the network has taken it', async () => {
    const { client, clientSide } = new Joined().open();
    clientSide.stall();
    const writer = client.webStreams().writable.getWriter();
    let done = false;
    const write = writer.write(Buffer.alloc(2000)).then(() => (done = true));
    await settled();
    expect([done, writer.desiredSize]).toEqual([false, 0]);
    clientSide.unstall();
    await write;
    await writer.ready;
    expect(writer.desiredSize).toBe(1);
    await writer.close();
  });

  test('a write of what cannot be sent is rejected', async () => {
    const writer = new Joined().open().client.webStreams().writable.getWriter();
    await expect(writer.write({} as never)).rejects.toThrow(TypeError);
  });

  test.each([42, null, undefined, [1, 2]])('%j is sent as its string', async (chunk) => {
    const { client, server } = new Joined().open();
    const events = record(server);
    const writer = client.webStreams().writable.getWriter();
    await writer.write(chunk as never);
    await settled();
    expect(events).toEqual([['message', String(chunk)]]);
  });

  test('abort() closes the connection, without the code of a normal end', async () => {
    const { client, server } = new Joined().open();
    const closed = once(server, 'close') as Promise<[{ code: number }]>;
    await client.webStreams().writable.abort(new Error('broken'));
    expect((await closed)[0].code).toBe(1005);
  });

  test('fails when the connection ends, by its cause if there is one', async () => {
    const lost = new Joined().open();
    const error = new Error('reset');
    const { closed } = lost.client.webStreams().writable.getWriter();
    lost.clientSide.destroy(error);
    await expect(closed).rejects.toBe(error);
    const ended = new Joined().open();
    const writer = ended.client.webStreams().writable.getWriter();
    ended.server.close();
    await expect(writer.closed).rejects.toMatchObject({ code: 'WS_ERR_NOT_SENT' });
  });

  test('close() fails when the closing handshake does', async () => {
    const { client, clientSide } = new Joined().open();
    const error = new Error('reset');
    const closing = client.webStreams().writable.getWriter().close();
    await Promise.resolve();
    clientSide.destroy(error);
    await expect(closing).rejects.toBe(error);
  });

  test('of a closed WebSocket has failed', async () => {
    const { client, server } = new Joined().open();
    client.close();
    server.close();
    await settled();
    const { readable, writable } = client.webStreams();
    expect(await all(readable)).toEqual([]);
    await expect(writable.getWriter().closed).rejects.toMatchObject({ code: 'WS_ERR_NOT_SENT' });
  });
});

test('an echo through a TransformStream', async () => {
  const { client, server } = new Joined().open();
  const { readable, writable } = server.webStreams();
  const upper = new TransformStream<string | Uint8Array, string>({
    transform: (chunk, controller) => controller.enqueue(String(chunk).toUpperCase()),
  });
  const echo = readable
    .pipeThrough(upper)
    .pipeTo(writable)
    .catch(() => 'the peer has closed');
  const events = record(client);
  client.send('one');
  client.send('two');
  await settled();
  client.close();
  await echo;
  expect(events.slice(0, 2)).toEqual([
    ['message', 'ONE'],
    ['message', 'TWO'],
  ]);
});
