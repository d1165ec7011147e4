/** `delivery: 'turn'`: one message per turn of the event loop; `unheardTimeout: 0`: none is kept. */
import { OPCODE } from '@ws/frame-parser';
import type { OutgoingFrame } from '@ws/frame-parser';
import { extended } from '../../test/controlled-extension';
import { settled } from '../../test/duplex-pair';
import { ABNORMAL, ENDS, Joined, record, writeRaw } from '../../test/memory-opening';
import { turn } from '../../test/turns';
import type { WebSocket } from '../api/websocket';
import type { ConnectionOptions } from '../options';

const TURNS: ConnectionOptions = { delivery: 'turn' };
const peerOf = { client: 'server', server: 'client' } as const;

const text = (payload: string): OutgoingFrame => ({ opcode: OPCODE.TEXT, payload });
const closing: OutgoingFrame = { opcode: OPCODE.CLOSE, payload: Buffer.of(3, 232) };
/** Reserved opcode: a violation. */
const illegal: OutgoingFrame = { opcode: 3, payload: '' };
const LETTERS = ['a', 'b', 'c', 'd'];

/** Waits for one message after the other, with an `await` in between. */
async function readOneByOne(ws: WebSocket, count: number): Promise<unknown[]> {
  const heard: unknown[] = [];
  while (heard.length < count) {
    const event = await new Promise<{ data: unknown }>((resolve) => (ws.onmessage = resolve));
    await Promise.resolve();
    heard.push(event.data);
  }
  return heard;
}

describe.each(ENDS)('delivery: turn, on a %s', (end) => {
  const arrive = (joined: Joined, ...frames: OutgoingFrame[]): void =>
    writeRaw(joined, peerOf[end], ...frames);

  test('who sets onmessage anew after an await loses nothing of a segment', async () => {
    const joined = new Joined('hybi-13', TURNS).open();
    const heard = readOneByOne(joined[end], 4);
    arrive(joined, ...LETTERS.map(text));
    expect(await heard).toEqual(LETTERS);
  });

  test('neither does one who comes late, or pauses in between', async () => {
    const joined = new Joined('hybi-13', TURNS).open();
    const ws = joined[end];
    arrive(joined, ...LETTERS.map(text));
    await settled();
    ws.on('message', () => {
      ws.pause();
      ws.resume();
    });
    expect(await readOneByOne(ws, 4)).toEqual(LETTERS);
  });

  test('no two messages come in the same turn', async () => {
    const joined = new Joined('hybi-13', TURNS).open();
    const events = record(joined[end]);
    arrive(joined, ...LETTERS.map(text));
    await settled();
    expect(events).toHaveLength(4);
    const counts: number[] = [];
    arrive(joined, ...LETTERS.map(text));
    for (let turns = 0; turns < 10; turns++) {
      const before = events.length;
      await turn();
      counts.push(events.length - before);
    }
    expect(Math.max(...counts)).toBe(1);
    expect(events).toHaveLength(8);
  });

  test.each([
    ['the closing frame', [closing], [['close', 1000, '', true]]],
    ['a violation', [illegal], [['error', 'WS_ERR_INVALID_OPCODE'], ABNORMAL]],
  ])('%s comes behind the messages before it', async (_what, frames, expected) => {
    const joined = new Joined('hybi-13', TURNS).open();
    const events = record(joined[end]);
    arrive(joined, ...LETTERS.map(text), ...frames);
    await settled();
    joined[`${peerOf[end]}Side`].end();
    await settled();
    expect(events).toEqual([...LETTERS.map((data) => ['message', data]), ...expected]);
  });

  test('so does the end of the stream, and a reset', async () => {
    for (const ends of ['end', 'destroy'] as const) {
      const joined = new Joined('hybi-13', TURNS).open();
      const events = record(joined[end]);
      arrive(joined, ...LETTERS.map(text));
      await turn();
      if (ends === 'end') joined[`${peerOf[end]}Side`].end();
      else joined[`${end}Side`].destroy();
      await settled();
      expect(events).toEqual([...LETTERS.map((data) => ['message', data]), ABNORMAL]);
    }
  });

  test('a message that extensions restore is one, too', async () => {
    const { ws, peer, session } = extended(end, TURNS);
    const heard = readOneByOne(ws, 4);
    for (const data of ['a', '~b', 'c', 'd']) peer.send(data);
    while (session.held.length === 0) await turn();
    session.current.release();
    expect(await heard).toEqual(['a', '~b', 'c', 'd']);
  });

  test('close() drops what has not come yet', async () => {
    const joined = new Joined('hybi-13', TURNS).open();
    const ws = joined[end];
    const events = record(ws);
    ws.on('message', () => ws.close());
    arrive(joined, ...LETTERS.map(text));
    await settled();
    expect(events.slice(0, 2)).toEqual([
      ['message', 'a'],
      ['close', 1005, '', true],
    ]);
  });
});

test('an iterator reads all, in both ways of delivery', async () => {
  for (const delivery of ['sync', 'turn'] as const) {
    const { client, server } = new Joined('hybi-13', { delivery }).open();
    for (const data of LETTERS) server.send(data);
    server.close();
    const heard: unknown[] = [];
    for await (const message of client) heard.push(message);
    expect(heard).toEqual(LETTERS);
  }
});

describe('unheardTimeout: 0', () => {
  test('what nobody listens to is dropped as it comes, and counted', async () => {
    const joined = new Joined('hybi-13', { unheardTimeout: 0 }).open();
    const { server } = joined;
    writeRaw(joined, 'client', text('a'), text('b'));
    await settled();
    expect(server.unheardMessages).toBe(2);
    const events = record(server);
    writeRaw(joined, 'client', text('c'));
    await settled();
    expect(events).toEqual([['message', 'c']]);
    server.onmessage = null;
    writeRaw(joined, 'client', text('d'), closing);
    await settled();
    expect(server.unheardMessages).toBe(3);
    expect(events.at(-1)).toEqual(['close', 1000, '', true]);
  });

  test('pause() keeps messages all the same, until resume()', async () => {
    const joined = new Joined('hybi-13', { unheardTimeout: 0 }).open();
    const { server } = joined;
    server.pause();
    writeRaw(joined, 'client', text('a'), text('b'));
    await settled();
    const events = record(server);
    server.resume();
    await settled();
    expect(events).toEqual([
      ['message', 'a'],
      ['message', 'b'],
    ]);
  });

  test('what lies unread behind them when the stream is lost is dropped, and counted, too', async () => {
    const joined = new Joined('hybi-13', { unheardTimeout: 0, highWaterMark: 0 }).open();
    const { server } = joined;
    const pauseOnce = (): void => {
      server.off('message', pauseOnce);
      server.pause();
    };
    server.on('message', pauseOnce);
    writeRaw(joined, 'client', text('a'), text('b'), text('c'));
    await settled();
    joined.serverSide.destroy(new Error('reset'));
    await settled();
    server.resume();
    await settled();
    expect(server.readyState).toBe(server.CLOSED);
    expect(server.unheardMessages).toBe(2);
  });

  test('a listener that comes during a later pause does not end the pause', async () => {
    const joined = new Joined('hybi-13', { unheardTimeout: 0 }).open();
    const { server } = joined;
    writeRaw(joined, 'client', text('a'));
    await settled();
    server.pause();
    server.resume();
    await settled();
    server.pause();
    server.on('message', () => undefined);
    await settled();
    expect(server.isPaused).toBe(true);
    server.terminate();
  });
});
