/** `ws.messages()`: messages as they arrive, each an iteration of its chunks. */
import { OPCODE } from '@ws/frame-parser';
import type { OutgoingFrame } from '@ws/frame-parser';
import { settled } from '../../test/duplex-pair';
import { ENDS, Joined, record, writeRaw } from '../../test/memory-opening';
import {
  chunksOf,
  closing,
  first,
  last,
  middle,
  nextOf,
  readAll,
  text,
} from '../../test/message-parts';

const peerOf = { client: 'server', server: 'client' } as const;
describe.each(ENDS)('for await (const message of ws.messages()), on a %s', (end) => {
  const arrive = (joined: Joined, ...frames: OutgoingFrame[]): void =>
    writeRaw(joined, peerOf[end], ...frames);

  test('yields messages, each with its chunks as they came', async () => {
    const joined = new Joined().open();
    const messages = readAll(joined[end]);
    arrive(joined, text('whole'), first('in '), middle(''), middle('parts'), last(''));
    arrive(joined, first(Buffer.of(1, 2)), last(Buffer.of(3)), text(''));
    arrive(joined, { opcode: OPCODE.BINARY, payload: '' }, closing);
    expect(await messages).toEqual([
      ['text', ['whole']],
      ['text', ['in ', 'parts']],
      ['binary', [Buffer.of(1, 2), Buffer.of(3)]],
      ['text', []],
      ['binary', []],
    ]);
  });

  test('yields a message before it has all arrived, and control frames in between', async () => {
    const joined = new Joined().open();
    const events = record(joined[end]);
    joined[end].on('ping', () => events.push(['ping']));
    const reader = joined[end].messages();
    arrive(joined, first('a'));
    const message = await nextOf(reader);
    const chunks = message[Symbol.asyncIterator]();
    expect((await chunks.next()).value).toBe('a');
    const next = chunks.next();
    arrive(joined, { opcode: OPCODE.PING, payload: '' });
    await settled();
    arrive(joined, last('b'));
    expect((await next).value).toBe('b');
    expect((await chunks.next()).done).toBe(true);
    expect(events).toEqual([['ping']]);
    joined[end].terminate();
  });

  test('what is left of a message when the next is asked for is skipped', async () => {
    const joined = new Joined().open();
    const reader = joined[end].messages();
    arrive(joined, first('a'), middle('b'));
    const unread = await nextOf(reader);
    const next = reader.next();
    await settled();
    arrive(joined, middle('c'), last('d'), text('next'));
    expect(await chunksOf((await next).value!)).toEqual(['next']);
    await expect(chunksOf(unread)).rejects.toMatchObject({ name: 'InvalidStateError' });
    joined[end].terminate();
  });

  test('leaving the loop of a message skips the rest of it', async () => {
    const joined = new Joined().open();
    const reader = joined[end].messages();
    arrive(joined, first('a'), middle('b'), last('c'), text('next'));
    for await (const chunk of await nextOf(reader)) {
      expect(chunk).toBe('a');
      break;
    }
    expect(await (await nextOf(reader)).text()).toBe('next');
    joined[end].terminate();
  });

  test('leaving the loop of messages gives what follows to the listeners', async () => {
    const joined = new Joined().open();
    const ws = joined[end];
    const events = record(ws);
    arrive(joined, first('a'), last('b'), text('c'), first('d'), middle('e'));
    for await (const message of ws.messages()) {
      if ((await message.text()) === 'c') break;
    }
    await settled();
    arrive(joined, last('f'), text('g'));
    await settled();
    expect(events).toEqual([
      ['message', 'def'],
      ['message', 'g'],
    ]);
    ws.terminate();
  });

  test('leaving both within a message skips it to its end', async () => {
    const joined = new Joined().open();
    const ws = joined[end];
    const events = record(ws);
    arrive(joined, first('a'));
    for await (const message of ws.messages()) {
      for await (const chunk of message) if (chunk === 'a') break;
      break;
    }
    arrive(joined, middle('b'), last('c'), text('d'));
    await settled();
    expect(events).toEqual([['message', 'd']]);
    arrive(joined, text('e'));
    expect(await (await nextOf(ws.messages())).text()).toBe('e');
    expect(events).toHaveLength(1);
    ws.terminate();
  });

  test('a message that had begun before is yielded, too', async () => {
    const joined = new Joined().open();
    arrive(joined, first('a'));
    await settled();
    const message = nextOf(joined[end].messages());
    arrive(joined, last('b'));
    expect(await (await message).text()).toBe('ab');
    joined[end].terminate();
  });

  test('what nobody had listened to is yielded first, even if the peer has closed since', async () => {
    const joined = new Joined().open();
    arrive(joined, text('a'), { opcode: OPCODE.BINARY, payload: Buffer.of(7) }, closing);
    await settled();
    expect(await readAll(joined[end])).toEqual([
      ['text', ['a']],
      ['binary', [Buffer.of(7)]],
    ]);
  });

  test('may begin before the connection is open', async () => {
    const joined = new Joined();
    const messages = readAll(joined[end]);
    joined.open();
    arrive(joined, first('a'), last('b'), closing);
    expect(await messages).toEqual([['text', ['a', 'b']]]);
  });

  test('pauses the WebSocket while no message is asked for, and while enough of one waits', async () => {
    const joined = new Joined('hybi-13', { highWaterMark: 1000 }).open();
    const ws = joined[end];
    const reader = ws.messages();
    expect(ws.isPaused).toBe(true);
    const message = nextOf(reader);
    expect(ws.isPaused).toBe(false);
    const kb = Buffer.alloc(1000);
    arrive(joined, first(kb));
    const chunks = (await message)[Symbol.asyncIterator]();
    await settled();
    expect(ws.isPaused).toBe(true);
    arrive(joined, middle(kb), middle(kb));
    await settled();
    expect(ws.isPaused).toBe(true);
    expect((await chunks.next()).value).toHaveLength(1000);
    await settled();
    expect(ws.isPaused).toBe(true);
    for (let count = 0; count < 2; count++) await chunks.next();
    expect(ws.isPaused).toBe(false);
    arrive(joined, last(''));
    expect((await chunks.next()).done).toBe(true);
    await settled();
    expect(ws.isPaused).toBe(true);
    ws.terminate();
  });
});

describe('who else reads', () => {
  test('only one reader at a time; the next one after it', async () => {
    const joined = new Joined().open();
    const { server } = joined;
    const reader = server.messages();
    const refusal = /already being read by messages\(\)/;
    for (const read of ['messages', 'stream', 'webStreams'] as const) {
      expect(() => server[read]()).toThrow(refusal);
    }
    expect(() => server[Symbol.asyncIterator]()).toThrow(refusal);
    await reader.return!();
    const stream = server.stream();
    expect(() => server.messages()).toThrow(/already being read by stream\(\)/);
    stream.destroy();
  });

  test('listeners get nothing meanwhile', async () => {
    const joined = new Joined().open();
    const events = record(joined.server);
    const messages = readAll(joined.server);
    writeRaw(joined, 'client', text('a'), first('b'), last('c'), closing);
    expect(await messages).toHaveLength(2);
    expect(events).toEqual([['close', 1000, '', true]]);
  });

  test('several questions at once: only what was asked for last can be read', async () => {
    const joined = new Joined().open();
    const reader = joined.server.messages();
    const answers = Promise.all([reader.next(), reader.next(), reader.next()]);
    writeRaw(joined, 'client', first('a'), last('b'), text('c'), text('d'), closing);
    const messages = (await answers).map(({ value }) => value!);
    await expect(messages[0].text()).rejects.toMatchObject({ name: 'InvalidStateError' });
    await expect(messages[1].text()).rejects.toMatchObject({ name: 'InvalidStateError' });
    expect(await messages[2].text()).toBe('d');
    expect((await reader.next()).done).toBe(true);
  });

  test('nothing is lost when the application resumes the WebSocket by itself', async () => {
    const joined = new Joined().open();
    const reader = joined.server.messages();
    joined.server.resume();
    writeRaw(joined, 'client', text('a'), first('b'), last('c'), closing);
    await settled();
    expect(await (await nextOf(reader)).text()).toBe('a');
    expect(await (await nextOf(reader)).text()).toBe('bc');
    expect((await reader.next()).done).toBe(true);
  });

  test('Blobs are refused', () => {
    const { server } = new Joined().open();
    Object.assign(server, { binaryType: 'blob' });
    expect(() => server.messages()).toThrow(TypeError);
    server.terminate();
  });

  test('drafts without fragments have whole messages', async () => {
    const joined = new Joined('hixie-76').open();
    const messages = readAll(joined.server);
    joined.client.send('a');
    joined.client.send('');
    joined.client.close();
    expect(await messages).toEqual([
      ['text', ['a']],
      ['text', []],
    ]);
  });
});
