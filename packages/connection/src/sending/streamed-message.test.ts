import { Readable } from 'node:stream';
import { settled } from '../../test/duplex-pair';
import { failure, FedSource, iterate } from '../../test/fed-source';
import { ENDS, Joined, record } from '../../test/memory-opening';
import type { SendSource } from './chunk-source';

const bytes = (text: string): Buffer => Buffer.from(text);

describe.each(ENDS)('sendStream() of a %s', (end) => {
  const open = (): { joined: Joined; ws: Joined['client']; events: unknown[][] } => {
    const joined = new Joined().open();
    const events = record(joined[end === 'client' ? 'server' : 'client']);
    return { joined, ws: joined[end], events };
  };

  const SOURCES: [string, () => SendSource, string | Buffer][] = [
    ['an async iterable', () => iterate('one ', 'two'), 'one two'],
    ['an array of strings', () => ['one ', '', 'two'], 'one two'],
    ['an array of bytes', () => [bytes('ab'), new Uint8Array([99]).buffer], bytes('abc')],
    ['a generator', () => new Set(['x', 'y']).values(), 'xy'],
    ['a Readable', () => Readable.from([bytes('ab'), bytes('cd')]), bytes('abcd')],
    ['a Readable with an encoding', () => Readable.from([bytes('€')]).setEncoding('utf8'), '€'],
    ['a web stream', () => new Blob(['abc']).stream(), bytes('abc')],
    ['a Blob', () => new Blob(['a', 'bc']), bytes('abc')],
    ['strings and bytes', () => iterate<string | Buffer>('a', bytes('€')), 'a€'],
    ['bytes and strings', () => iterate<string | Buffer>(bytes('a'), '€'), bytes('a€')],
    ['nothing', () => [], Buffer.alloc(0)],
    ['an empty string', () => [''], ''],
    ['long chunks', () => [bytes('0123456789'.repeat(50_000))], bytes('0123456789'.repeat(50_000))],
    ['long text', () => ['😀€x'.repeat(50_000)], '😀€x'.repeat(50_000)],
  ];

  test.each(SOURCES)('%s is one message', async (_, source, expected) => {
    const { ws, events } = open();
    await ws.sendStream(source());
    await settled();
    expect(events).toEqual([['message', expected]]);
    expect(ws.bufferedAmount).toBe(0);
  });

  test.each([
    ['surrogate pairs', ['a\ud83d', '\ude00', '\ud83d', '', '\ude00'], 'a😀😀'],
    ['half a pair at the end', ['a\ud83d'], 'a\ufffd'],
    ['half a pair before another character', ['\ud83d', 'b'], '\ufffdb'],
    ['half a pair before bytes', ['\ud83d', bytes('b')], '\ufffdb'],
    ['bytes of one character', [...bytes('€😀')].map((byte) => Buffer.of(byte)), '€😀'],
  ])('text is whole again: %s', async (_, chunks, expected) => {
    const { ws, events } = open();
    await ws.sendStream(chunks, { text: true });
    await settled();
    expect(events).toEqual([['message', expected]]);
  });

  test('text: false sends strings as bytes', async () => {
    const { ws, events } = open();
    await ws.sendStream(['€'], { text: false });
    await settled();
    expect(events).toEqual([['message', bytes('€')]]);
  });

  test('a chunk is the source’s again when the next one is asked for', async () => {
    const { ws, events } = open();
    const memory = Buffer.alloc(40_000);
    async function* refilled(): AsyncGenerator<Buffer> {
      for (const value of [1, 2, 3]) yield await Promise.resolve(memory.fill(value));
    }
    await ws.sendStream(refilled());
    await settled();
    expect(memory.every((value) => value === 3)).toBe(true);
    const expected = Buffer.concat([1, 2, 3].map((value) => Buffer.alloc(40_000, value)));
    expect(events).toEqual([['message', expected]]);
  });

  test('parts leave as they come; control frames go between them, messages wait behind', async () => {
    const { ws, events, joined } = open();
    const source = new FedSource();
    const sent = ws.sendStream(source);
    ws.send('behind');
    await settled();
    await source.give('first');
    expect(joined[`${end}Side`].written.byteLength).toBeGreaterThan(4);
    const ponged = jest.fn();
    ws.ping('now', ponged);
    await settled();
    expect(ponged).toHaveBeenCalledWith(null);
    expect(ws.bufferedAmount).toBe(6);
    await source.give(' second');
    await source.end();
    await sent;
    await settled();
    expect(events).toEqual([
      ['message', 'first second'],
      ['message', 'behind'],
    ]);
    expect(source.returned).toBe(0);
  });

  test('before the connection is open it waits', async () => {
    const joined = new Joined();
    const events = record(joined[end === 'client' ? 'server' : 'client']);
    const source = new FedSource();
    const sent = joined[end].sendStream(source);
    await settled();
    expect(source.asked).toBe(0);
    joined.open();
    await settled();
    await source.give('x');
    await source.end();
    await sent;
    expect(events).toEqual([['open'], ['message', 'x']]);
  });

  test('close() waits for it', async () => {
    const { ws, events } = open();
    const source = new FedSource();
    const sent = ws.sendStream(source);
    ws.close(4000);
    await settled();
    await source.give('x');
    await source.end();
    await sent;
    expect(events).toEqual([
      ['message', 'x'],
      ['close', 4000, '', true],
    ]);
  });
});

describe('a network that takes nothing', () => {
  test('bounds what the source is asked for', async () => {
    const joined = new Joined('hybi-13', { highWaterMark: 10_000 }).open();
    const events = record(joined.client);
    joined.serverSide.stall();
    let asked = 0;
    function* chunks(): Generator<Buffer> {
      for (; asked < 100; asked++) yield Buffer.alloc(4000, asked);
    }
    const sent = joined.server.sendStream(chunks());
    await settled();
    expect(asked).toBeLessThan(5);
    expect(joined.server.bufferedAmount).toBeLessThan(20_000);
    for (let writes = 0; writes < 100; writes++) {
      joined.serverSide.unstall();
      joined.serverSide.stall();
      await settled();
    }
    joined.serverSide.unstall();
    await sent;
    await settled();
    expect(events[0][1]).toHaveLength(400_000);
  });

  test('does not hold it back for what others have sent behind it', async () => {
    const joined = new Joined('hybi-13', { highWaterMark: 100 }).open();
    const events = record(joined.client);
    const sent = joined.server.sendStream(iterate('a', 'b'));
    expect(joined.server.send('x'.repeat(1000))).toBe(false);
    const drained = new Promise((resolve) => joined.server.on('drain', resolve));
    await sent;
    await drained;
    await settled();
    expect(events.map(([, data]) => (data as string).length)).toEqual([2, 1000]);
  });

  test('with more than maxBufferedAmount waiting it is refused', async () => {
    const joined = new Joined('hybi-13', { maxBufferedAmount: 1000, slowReader: 'drop' }).open();
    joined.serverSide.stall();
    joined.server.send('x'.repeat(2000));
    const source = new FedSource();
    const { code } = await failure(joined.server.sendStream(source));
    expect([code, source.returned, joined.server.droppedMessages]).toEqual([
      'WS_ERR_SLOW_READER',
      1,
      1,
    ]);
  });
});

test('an endless source that is quicker than the network keeps nothing waiting', async () => {
  const joined = new Joined().open();
  function* endless(): Generator<string> {
    for (;;) yield '';
  }
  const sent = failure(joined.server.sendStream(endless()));
  await settled();
  joined.server.terminate();
  expect((await sent).code).toBe('WS_ERR_NOT_SENT');
});

describe('what is no source, or no option', () => {
  test.each<[unknown, object, RegExp]>([
    ['text', {}, /cannot send the parts of "text": pass a stream, an iterable or a Blob/],
    [Buffer.of(1), {}, /a whole message is for send\(\)/],
    [null, {}, /cannot send the parts of null/],
    [{}, {}, /cannot send the parts of \[object Object\]/],
    [[], { text: 1 }, /option text: 1 is not a boolean/],
    [[], { signal: {} }, /option signal: \[object Object\] is not an AbortSignal/],
    [[], { txt: true }, /option txt is not known; did you mean text\?/],
  ])('%p, %p', async (source, options, message) => {
    const { client } = new Joined().open();
    const sent = client.sendStream(source as string[], options);
    await expect(sent).rejects.toThrow(TypeError);
    await expect(client.sendStream(source as string[], options)).rejects.toThrow(message);
  });
});

describe('a peer of a hixie draft', () => {
  test('gets text gathered', async () => {
    const joined = new Joined('hixie-76').open();
    const events = record(joined.client);
    await joined.server.sendStream(iterate('a', '€'));
    await settled();
    expect(events).toEqual([['message', 'a€']]);
  });

  test.each([
    ['of more than maxBufferedAmount', ['x'.repeat(60), 'y'.repeat(60)], 'WS_ERR_NOT_SENT'],
    ['of bytes', [bytes('x')], 'WS_ERR_NO_BINARY'],
    ['of nothing, which is bytes', [], 'WS_ERR_NO_BINARY'],
  ])('gets no message %s, and nothing else changes', async (_, chunks, code) => {
    const joined = new Joined('hixie-76', { maxBufferedAmount: 100 }).open();
    const events = record(joined.client);
    expect((await failure(joined.server.sendStream(chunks))).code).toBe(code);
    joined.server.send('behind');
    await settled();
    expect(events).toEqual([['message', 'behind']]);
  });
});

test.each([0, 65_536])(
  'a write between two of its steps is no reason to wait: highWaterMark %p',
  async (highWaterMark) => {
    for (let steps = 0; steps < 30; steps++) {
      const { client, server } = new Joined('hybi-13', { highWaterMark }).open();
      const events = record(server);
      let isSent = false;
      void client.sendStream([bytes('one '), bytes('two')]).then(() => (isSent = true));
      for (let step = 0; step < steps; step++) await Promise.resolve();
      client.pause();
      client.close(1000);
      await settled();
      const expected = [
        ['message', bytes('one two')],
        ['close', 1000, '', true],
      ];
      expect([steps, isSent, events]).toEqual([steps, true, expected]);
    }
  },
);
