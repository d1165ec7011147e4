/** One message of `ws.messages()`: all of it at once, and what the connection's end does to it. */
import type { OutgoingFrame } from '@ws/frame-parser';
import { settled } from '../../test/duplex-pair';
import { Joined, writeRaw } from '../../test/memory-opening';
import { closing, first, last, middle, nextOf, readAll, text } from '../../test/message-parts';

describe('text() and bytes()', () => {
  const SNOWMAN = Buffer.from('☃');
  /** What a text and a binary message are read as. */
  const READINGS: [string, OutgoingFrame[], string, Buffer][] = [
    ['a text', [first('sn'), last('ow')], 'snow', Buffer.from('snow')],
    ['bytes', [first(SNOWMAN.subarray(0, 1)), last(SNOWMAN.subarray(1))], '☃', SNOWMAN],
    ['nothing', [text('')], '', Buffer.alloc(0)],
    ['what is no UTF-8', [first(Buffer.of(0x61)), last(Buffer.of(0xff))], 'a�', Buffer.of(97, 255)],
  ];

  test.each(READINGS)('%s', async (_what, frames, asText, asBytes) => {
    const joined = new Joined().open();
    const reader = joined.server.messages();
    writeRaw(joined, 'client', ...frames, ...frames);
    expect(await (await nextOf(reader)).text()).toBe(asText);
    expect(await (await nextOf(reader)).bytes()).toEqual(asBytes);
    joined.server.terminate();
  });

  test('reject what is over their limit, and skip the rest', async () => {
    const joined = new Joined('hybi-13', { maxLength: 5 }).open();
    const reader = joined.server.messages();
    for (let count = 0; count < 3; count++) {
      writeRaw(joined, 'client', first('☃☃'), middle('x'), last('y'));
    }
    await expect((await nextOf(reader)).text()).rejects.toThrow(
      new RangeError('the message is longer than 5 bytes'),
    );
    expect(await (await nextOf(reader)).text(8)).toBe('☃☃xy');
    await expect((await nextOf(reader)).bytes(7)).rejects.toThrow(RangeError);
    writeRaw(joined, 'client', text('on'));
    expect(await (await nextOf(reader)).text(Infinity)).toBe('on');
    joined.server.terminate();
  });

  test.each([
    ['5', TypeError, 'limit: "5" is not a number'],
    [-1, RangeError, 'limit: -1 is not a number of bytes'],
    [NaN, RangeError, 'limit: NaN is not a number of bytes'],
  ])('refuse the limit %p, and skip nothing', async (limit, error, message) => {
    const joined = new Joined().open();
    const reader = joined.server.messages();
    writeRaw(joined, 'client', text('x'));
    const received = await nextOf(reader);
    await expect(received.text(limit as number)).rejects.toThrow(error);
    await expect(received.bytes(limit as number)).rejects.toThrow(message);
    expect(await received.text()).toBe('x');
    joined.server.terminate();
  });

  test('a message is read once', async () => {
    const joined = new Joined().open();
    const reader = joined.server.messages();
    writeRaw(joined, 'client', text('x'));
    const message = await nextOf(reader);
    expect(await message.text()).toBe('x');
    await expect(message.text()).rejects.toMatchObject({ name: 'InvalidStateError' });
    expect(() => message[Symbol.asyncIterator]()).toThrow('is being read, or has been');
    joined.server.terminate();
  });

  test('many small fragments are put together', async () => {
    const joined = new Joined().open();
    const reader = joined.server.messages();
    const frames = Array.from({ length: 5000 }, (_, i) => middle(String(i % 10)));
    writeRaw(joined, 'client', first('x'), ...frames, last('y'));
    expect(await (await nextOf(reader)).text()).toHaveLength(5002);
    joined.server.terminate();
  });
});

describe('the end', () => {
  /** How the connection ends within a message, and the cause of that. */
  const LOSSES: [string, (joined: Joined) => unknown, RegExp | null][] = [
    ['a reset', ({ serverSide }) => serverSide.destroy(new Error('reset')), /reset/],
    ['the end of the stream', ({ clientSide }) => clientSide.end(), /without a closing frame/],
    ['a closing frame', (joined) => writeRaw(joined, 'client', closing), null],
    ['a violation', (joined) => writeRaw(joined, 'client', { opcode: 3, payload: '' }), /opcode/],
    ['terminate()', ({ server }) => server.terminate(), /terminated/],
    ['close()', ({ server }) => server.close(), null],
  ];

  test.each(LOSSES)('%s within a message: its iteration fails', async (_how, end, cause) => {
    const joined = new Joined().open();
    const reader = joined.server.messages();
    writeRaw(joined, 'client', first('a'));
    const message = await nextOf(reader);
    await settled();
    end(joined);
    await settled();
    joined.clientSide.end();
    const chunks = message[Symbol.asyncIterator]();
    expect((await chunks.next()).value).toBe('a');
    const failure = (await chunks.next().catch((error: unknown) => error)) as Error;
    expect(failure).toMatchObject({ code: 'WS_ERR_MESSAGE_INCOMPLETE' });
    if (cause === null) {
      expect(failure.cause).toBeUndefined();
      expect(await reader.next()).toEqual({ done: true, value: undefined });
    } else {
      expect((failure.cause as Error).message).toMatch(cause);
      await expect(reader.next()).rejects.toBe(failure.cause);
    }
    expect(await reader.next()).toEqual({ done: true, value: undefined });
  });

  test('a message that has arrived can be read after the end', async () => {
    const joined = new Joined().open();
    const reader = joined.server.messages();
    writeRaw(joined, 'client', first('a'), last('b'));
    const message = await nextOf(reader);
    await settled();
    joined.server.terminate();
    await settled();
    expect(await message.text()).toBe('ab');
    await expect(reader.next()).rejects.toMatchObject({ code: 'WS_ERR_TERMINATED' });
  });

  test('a WebSocket that is closed has no messages', async () => {
    const { server } = new Joined().open();
    server.terminate();
    await settled();
    expect(await readAll(server)).toEqual([]);
  });

  test('a total over maxStreamedLength fails the connection; maxLength is no limit', async () => {
    const limits = { maxLength: 10, maxStreamedLength: 100 };
    const joined = new Joined('hybi-13', limits).open();
    const reader = joined.server.messages();
    writeRaw(joined, 'client', first('x'.repeat(50)), last('x'.repeat(50)));
    expect(await (await nextOf(reader)).text(100)).toHaveLength(100);
    writeRaw(joined, 'client', first('x'.repeat(50)), last('x'.repeat(51)));
    await expect((await nextOf(reader)).text(200)).rejects.toMatchObject({
      code: 'WS_ERR_MESSAGE_INCOMPLETE',
      cause: { code: 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH' },
    });
  });
});
