import { settled } from '../../test/duplex-pair';
import { uncaughtFrom } from '../../test/listening';
import { ENDS, Joined, record, writeRaw } from '../../test/memory-opening';
import type { ConnectionOptions } from '../options';

const LIMIT = 5000;
const codeOf = (error: Error | null): unknown => (error as { code?: unknown } | null)?.code ?? null;

/** A connection whose client's bytes nobody reads. */
function stalled(options: ConnectionOptions): Joined {
  const joined = new Joined('hybi-13', options).open();
  joined.clientSide.stall();
  return joined;
}

describe('a peer that does not read', () => {
  async function sendMuch(joined: Joined): Promise<boolean[]> {
    const results: boolean[] = [];
    for (let count = 0; count < 100; count++) {
      results.push(joined.client.send('x'.repeat(500)));
      if (count % 3 === 0) await settled();
    }
    await settled();
    return results;
  }

  test.each(['close', 'drop'] as const)('%s: no more than the limit waits', async (slowReader) => {
    const joined = stalled({ maxBufferedAmount: LIMIT, slowReader });
    const { clientSide } = joined;
    const results = await sendMuch(joined);
    expect(results.at(-1)).toBe(false);
    clientSide.unstall();
    await settled();
    const sent = clientSide.written.byteLength;
    expect(sent).toBeGreaterThan(LIMIT - 600); // and the closing frame comes behind it
    expect(sent).toBeLessThanOrEqual(LIMIT + 8);
  });

  test('none: everything waits', async () => {
    const joined = stalled({ maxBufferedAmount: LIMIT, slowReader: 'none' });
    await sendMuch(joined);
    expect(joined.client.bufferedAmount).toBe(50_000);
    expect(joined.client.droppedMessages).toBe(0);
  });

  test('drop: what was dropped is counted, the rest arrives, and drain says when to go on', async () => {
    const joined = stalled({ maxBufferedAmount: LIMIT, slowReader: 'drop' });
    const events = record(joined.server);
    const drain = jest.fn();
    joined.client.on('drain', drain);
    await sendMuch(joined);
    const dropped = joined.client.droppedMessages;
    expect(dropped).toBeGreaterThan(50);
    expect(drain).not.toHaveBeenCalled();
    joined.clientSide.unstall();
    await settled();
    expect(events).toHaveLength(100 - dropped);
    expect(drain).toHaveBeenCalledTimes(1);
    expect(joined.client.send('again')).toBe(true);
  });

  test('close: what was sent before arrives, then 1013', async () => {
    const joined = stalled({ maxBufferedAmount: LIMIT });
    const events = record(joined.server);
    await sendMuch(joined);
    expect(joined.client.readyState).toBe(2);
    expect(joined.client.droppedMessages).toBe(1);
    joined.clientSide.unstall();
    await settled();
    expect(events.length).toBeGreaterThan(5);
    expect(events.at(-1)).toEqual(['close', 1013, '', true]);
  });

  test('empty messages, too, are not for free', async () => {
    const joined = stalled({ maxBufferedAmount: 1000, slowReader: 'drop' });
    for (let count = 0; count < 5000; count++) joined.client.send('');
    await settled();
    for (let count = 0; count < 5000; count++) joined.client.send('');
    expect(joined.clientSide.writableLength).toBeLessThanOrEqual(1000 + 6);
    expect(joined.client.droppedMessages).toBeGreaterThan(9000);
  });

  test('drain follows, though so little waits that the stream itself says nothing', async () => {
    const joined = stalled({ maxBufferedAmount: 500, slowReader: 'drop' });
    const drain = jest.fn(() => void joined.client.send('y'.repeat(400)));
    joined.client.on('drain', drain);
    expect(joined.client.send('x'.repeat(400))).toBe(true);
    await settled();
    expect(joined.client.send('x'.repeat(400))).toBe(false);
    await settled();
    expect(drain).not.toHaveBeenCalled();
    joined.clientSide.unstall();
    await settled();
    expect(drain).toHaveBeenCalledTimes(1);
    expect(joined.client.droppedMessages).toBe(1);
  });

  test('a message longer than the limit is sent when nothing else waits', async () => {
    const joined = stalled({ maxBufferedAmount: 10, slowReader: 'drop' });
    const events = record(joined.server);
    const drain = jest.fn();
    joined.client.on('drain', drain);
    const sent = ['x'.repeat(1000), 'y'].map((text) => joined.client.send(text));
    expect(sent).toEqual([true, false]);
    joined.clientSide.unstall();
    await settled();
    expect(events).toEqual([['message', 'x'.repeat(1000)]]);
    expect(drain).toHaveBeenCalledTimes(1);
  });

  test('the sender of what is dropped is told, later', async () => {
    const { client } = new Joined('hybi-13', { maxBufferedAmount: 10, slowReader: 'drop' }).open();
    const told: unknown[] = [];
    client.send('x');
    client.send('x'.repeat(11), (error) => told.push(codeOf(error)));
    expect(told).toEqual([]);
    await settled();
    expect(told).toEqual(['WS_ERR_SLOW_READER']);
  });
});

describe.each(ENDS)('the callback of send(), by the %s', (name) => {
  test('comes with null when the message was handed to the network', async () => {
    const joined = new Joined().open();
    joined[`${name}Side`].stall();
    const told: unknown[] = [];
    joined[name].send('one', (error) => told.push(1, error));
    joined[name].send(Uint8Array.of(2), (error) => told.push(2, error));
    await settled();
    expect(told).toEqual([]);
    joined[`${name}Side`].unstall();
    await settled();
    expect(told).toEqual([1, null, 2, null]);
  });

  test.each([
    ['before it was written', () => Promise.resolve()],
    ['while the network is full', settled],
  ])('comes with an error, once, when the stream is destroyed %s', async (_, pass) => {
    const joined = new Joined().open();
    joined[`${name}Side`].stall();
    const told: unknown[] = [];
    joined[name].send('one', (error) => told.push(error));
    await pass();
    joined[name].terminate();
    await settled();
    expect(told).toEqual([expect.any(Error)]);
  });

  test.each([
    ['once closing has begun', new Joined().open(), (joined: Joined) => joined[name].close()],
    ['before open, when it never opens', new Joined(), () => {}],
  ])('comes with an error %s', async (_, joined, before) => {
    before(joined);
    const told: unknown[] = [];
    joined[name].send('one', (error) => told.push(codeOf(error)));
    joined[name].terminate();
    await settled();
    expect(told).toEqual(['WS_ERR_NOT_SENT']);
  });

  test('may throw: the others are called, and the connection goes on', async () => {
    const joined = new Joined().open();
    const told = jest.fn();
    const mistake = new Error('application');
    const uncaught = await uncaughtFrom(async () => {
      joined[name].send('one', () => {
        throw mistake;
      });
      joined[name].send('two', told);
      await settled();
    });
    expect(uncaught).toEqual([mistake]);
    expect([told.mock.calls, joined[name].readyState]).toEqual([[[null]], 1]);
  });
});

describe('Blobs', () => {
  class Unreadable extends Blob {
    override arrayBuffer(): Promise<ArrayBuffer> {
      return Promise.reject(new Error('unreadable'));
    }
  }
  class Never extends Blob {
    override arrayBuffer(): Promise<ArrayBuffer> {
      return new Promise(() => {});
    }
  }

  test.each(ENDS)('keep their place in what the %s sends', async (name) => {
    const joined = new Joined();
    const events = record(joined[name === 'client' ? 'server' : 'client']);
    const ws = joined[name];
    ws.send(new Blob(['early']));
    joined.open();
    ws.send('text');
    ws.send(new Blob(['Blob', '!']));
    ws.send(Uint8Array.of(1, 2));
    ws.send(new Blob([]));
    expect(ws.bufferedAmount).toBe(16);
    ws.close(1000, 'done');
    await settled();
    const data = events.slice(1, -1).map((event) => event[1]);
    const binary = ['early', 'Blob!'].map((text) => Buffer.from(text));
    expect(data).toEqual([binary[0], 'text', binary[1], Buffer.of(1, 2), Buffer.alloc(0)]);
    expect(events.at(-1)).toEqual(['close', 1000, 'done', true]);
    expect(ws.bufferedAmount).toBe(0);
  });

  test('one that cannot be read: an error, and the rest arrives', async () => {
    const { client, server } = new Joined().open();
    const [events, heard] = [record(client), record(server)];
    const told: unknown[] = [];
    client.on('error', ({ error }) => events.push([(error.cause as Error).message]));
    client.send(new Unreadable(['x'.repeat(100_000)]), (error) => told.push(codeOf(error)));
    client.send('text', (error) => told.push(codeOf(error)));
    const drained = new Promise((resolve) => client.once('drain', resolve));
    client.close(1000);
    await settled();
    await drained;
    expect(heard).toEqual([
      ['message', 'text'],
      ['close', 1000, '', true],
    ]);
    expect(events).toEqual([
      ['error', 'WS_ERR_UNREADABLE_BLOB'],
      ['unreadable'],
      ['close', 1000, '', true],
    ]);
    expect(told).toEqual(['WS_ERR_UNREADABLE_BLOB', null]);
  });

  test('one that cannot be read: its sender is told once, though it then ends the connection', async () => {
    const { client } = new Joined().open();
    const told: unknown[] = [];
    client.on('error', () => client.terminate());
    client.send(new Unreadable(['x']), (error) => told.push(codeOf(error)));
    await settled();
    expect(told).toEqual(['WS_ERR_UNREADABLE_BLOB']);
  });

  test('one that cannot be read, and whose callback throws, does not hold up the rest', async () => {
    const { client, server } = new Joined().open();
    const heard = record(server);
    const mistake = new Error('application');
    const uncaught = await uncaughtFrom(async () => {
      client.send(new Unreadable(), () => {
        throw mistake;
      });
      client.send('text');
      await settled();
    });
    expect(uncaught).toEqual([mistake]);
    expect(heard).toEqual([['message', 'text']]);
  });

  test('the senders of what waits behind one are told when the connection ends', async () => {
    const { client } = new Joined().open();
    const told: unknown[] = [];
    client.send(new Never(['blob']), (error) => told.push(codeOf(error)));
    client.send('text', (error) => told.push(codeOf(error)));
    client.terminate();
    await settled();
    expect(told).toEqual(['WS_ERR_NOT_SENT', 'WS_ERR_NOT_SENT']);
    expect(client.bufferedAmount).toBe(8);
  });

  // "An endpoint MAY delay sending a Close frame until its current message is sent" §5.5.1
  test('what waits is sent before a closing frame is answered, and nothing behind it', async () => {
    const joined = new Joined().open();
    const events = record(joined.server);
    const blob = new Blob(['blob']);
    const bytes = await blob.arrayBuffer();
    let read: (bytes: ArrayBuffer) => void = () => {};
    blob.arrayBuffer = () => new Promise((resolve) => (read = resolve));
    joined.client.send(blob);
    joined.client.send('text');
    writeRaw(joined, 'server', { opcode: 8, payload: Uint8Array.of(3, 232) });
    await settled();
    expect(joined.client.readyState).toBe(2);
    expect(joined.client.send('late')).toBe(false);
    expect(joined.clientSide.written).toHaveLength(0);
    read(bytes);
    await settled();
    expect(events).toEqual([
      ['message', Buffer.from('blob')],
      ['message', 'text'],
      ['close', 1000, '', true],
    ]);
  });

  test('count towards the limit while they are read', () => {
    const options = { maxBufferedAmount: 10, slowReader: 'drop' } as const;
    const { client } = new Joined('hybi-13', options).open();
    expect(client.send(new Never(['12345678']))).toBe(true);
    expect(client.send('123')).toBe(false);
    expect([client.bufferedAmount, client.droppedMessages]).toEqual([8, 1]);
    client.terminate();
  });
});
