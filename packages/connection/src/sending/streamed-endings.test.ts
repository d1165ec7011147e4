import { PassThrough } from 'node:stream';
import { RSV1 } from '../../test/controlled-extension';
import { settled } from '../../test/duplex-pair';
import { failure, FedSource } from '../../test/fed-source';
import { uncaughtFrom } from '../../test/listening';
import { ENDS, Joined, record, writeRaw } from '../../test/memory-opening';

describe('a source that fails', () => {
  const CAUSE = new Error('the disk is broken');

  test('before its first chunk costs nothing but the message', async () => {
    const joined = new Joined().open();
    const events = record(joined.client);
    const source = new FedSource();
    const sent = failure(joined.server.sendStream(source));
    joined.server.send('behind');
    await settled();
    await source.fail(CAUSE);
    expect(await sent).toMatchObject({ code: 'WS_ERR_SOURCE_FAILED', cause: CAUSE });
    await settled();
    expect(events).toEqual([['message', 'behind']]);
  });

  test.each(ENDS)('later, of a %s, ends the connection with 1011', async (end) => {
    const joined = new Joined().open();
    const [ws, peer] =
      end === 'client' ? [joined.client, joined.server] : [joined.server, joined.client];
    const [events, peerEvents] = [record(ws), record(peer)];
    const source = new FedSource();
    const sent = failure(ws.sendStream(source));
    const behind = new Promise((resolve) => ws.send('behind', resolve));
    await settled();
    await source.give('x');
    await source.fail(CAUSE);
    const error = await sent;
    expect(error).toMatchObject({ code: 'WS_ERR_SOURCE_FAILED', cause: CAUSE });
    expect(await behind).toBe(error);
    await settled();
    expect(peerEvents).toEqual([['close', 1011, '', true]]);
    expect(events).toEqual([
      ['error', 'WS_ERR_SOURCE_FAILED'],
      ['close', 1011, '', true],
    ]);
  });

  const NOT_UTF8 = 'the bytes of a text message are not UTF-8';

  test.each<[string, unknown[], string, boolean]>([
    ['a number', ['x', 7], 'cannot send 7 as a part: strings and bytes are parts', true],
    ['bytes that are not UTF-8', [Buffer.of(0xff)], NOT_UTF8, false],
    ['half a character', [Buffer.of(0xe2, 0x82)], NOT_UTF8, true],
    ['half a character before text', [Buffer.of(0xe2), 'x'], NOT_UTF8, true],
  ])('by %s', async (_, chunks, message, begun) => {
    const joined = new Joined().open();
    const events = record(joined.server);
    const sent = failure(joined.server.sendStream(chunks as string[], { text: true }));
    expect(await sent).toMatchObject({ code: 'WS_ERR_SOURCE_FAILED', cause: { message } });
    await settled();
    expect(joined.server.readyState).toBe(begun ? joined.server.CLOSED : joined.server.OPEN);
    expect(events).toHaveLength(begun ? 2 : 0);
  });

  test('is a Readable that fails before its turn: nothing is uncaught', async () => {
    const joined = new Joined();
    const source = new PassThrough();
    let sent: Promise<{ cause?: unknown }> | null = null;
    const uncaught = await uncaughtFrom(async () => {
      sent = failure(joined.server.sendStream(source));
      source.destroy(CAUSE);
      await settled();
      joined.open();
      await settled();
    });
    expect(uncaught).toEqual([]);
    expect(await sent!).toMatchObject({ code: 'WS_ERR_SOURCE_FAILED', cause: CAUSE });
  });
});

describe('a signal', () => {
  test('that has aborted sends nothing', async () => {
    const joined = new Joined().open();
    const source = new FedSource();
    const sent = failure(joined.server.sendStream(source, { signal: AbortSignal.abort('why') }));
    expect(await sent).toMatchObject({ code: 'WS_ERR_SOURCE_FAILED', cause: 'why' });
    await settled();
    expect([source.asked, source.returned]).toEqual([0, 1]);
    joined.server.send('on it goes');
    expect(joined.server.readyState).toBe(joined.server.OPEN);
  });

  test.each([0, 1])('that aborts after %d chunks', async (chunks) => {
    const joined = new Joined().open();
    const events = record(joined.client);
    const source = new FedSource();
    const controller = new AbortController();
    const sent = failure(joined.server.sendStream(source, { signal: controller.signal }));
    joined.server.send('behind');
    await settled();
    if (chunks === 1) await source.give('x');
    controller.abort('why');
    expect(await sent).toMatchObject({ code: 'WS_ERR_SOURCE_FAILED', cause: 'why' });
    await settled();
    expect(source.returned).toBe(1);
    expect(events).toEqual([chunks === 0 ? ['message', 'behind'] : ['close', 1011, '', true]]);
  });
});

describe('the end of the connection', () => {
  const reset = (): Error => Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });

  const ENDINGS: [string, (joined: Joined) => void][] = [
    ['terminate()', ({ server }) => server.terminate()],
    ['a closing frame of the peer', ({ client }) => client.close(4001)],
    ['the loss of the network', ({ serverSide }) => serverSide.destroy()],
    ['a reset', ({ serverSide }) => serverSide.destroy(reset())],
    [
      'a breach of the protocol',
      (joined) => writeRaw(joined, 'client', { opcode: 1, rsv: RSV1, payload: '' }),
    ],
  ];

  test.each(ENDINGS)('%s rejects it, and lets the source go', async (_, act) => {
    const joined = new Joined().open();
    const source = new FedSource();
    const waiting = new FedSource();
    const sent = failure(joined.server.sendStream(source));
    const behind = failure(joined.server.sendStream(waiting));
    await settled();
    await source.give('x');
    const closed = new Promise((resolve) => joined.server.once('close', resolve));
    act(joined);
    expect([(await sent).code, (await behind).code]).toEqual([
      'WS_ERR_NOT_SENT',
      'WS_ERR_NOT_SENT',
    ]);
    await closed;
    expect([source.returned, waiting.returned, waiting.asked]).toEqual([1, 1, 0]);
    await source.give('y');
  });

  test('a peer that closes is answered at once, though the source gives nothing', async () => {
    const joined = new Joined().open();
    const events = record(joined.client);
    void joined.server.sendStream(new FedSource());
    await settled();
    joined.client.close(4001, 'enough');
    await settled();
    expect(events).toEqual([['close', 4001, 'enough', true]]);
  });

  test('destroys a Readable, and cancels a web stream', async () => {
    const joined = new Joined().open();
    const readable = new PassThrough();
    const cancel = jest.fn();
    void joined.server.sendStream(readable);
    await settled();
    joined.server.terminate();
    const web = joined.server.sendStream(new ReadableStream<string>({ cancel }));
    expect((await failure(web)).code).toBe('WS_ERR_NOT_SENT');
    expect(readable.destroyed).toBe(true);
    expect(cancel).toHaveBeenCalledTimes(1);
  });

  test.each([
    ['a part', 100, 'x'.repeat(1000)],
    ['the last part', 100_000, 'x'],
  ])('a failing write of %s', async (_, highWaterMark, chunk) => {
    const unhandled = jest.fn();
    process.on('unhandledRejection', unhandled);
    const joined = new Joined('hybi-13', { highWaterMark }).open();
    joined.serverSide.stall();
    const sent = failure(joined.server.sendStream([chunk]));
    void joined.server.sendStream([chunk]);
    await settled();
    const error = reset();
    joined.serverSide.unstall(error);
    await settled();
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
    expect(await sent).toMatchObject({ code: 'WS_ERR_NOT_SENT', cause: error });
  });

  test('is no unhandled rejection to who does not wait', async () => {
    const unhandled = jest.fn();
    process.on('unhandledRejection', unhandled);
    const joined = new Joined().open();
    void joined.server.sendStream(new FedSource());
    await settled();
    joined.client.terminate();
    await settled();
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });
});
