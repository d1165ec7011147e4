/** Messages that nobody listens to: they are kept, but not for ever, and hide nothing of the peer. */
import { Readable } from 'node:stream';
import { OPCODE } from '@ws/frame-parser';
import { fakeDeadlines, pass } from '../../test/deadline-clock';
import { settled } from '../../test/duplex-pair';
import { ABNORMAL, Joined, record, writeRaw } from '../../test/memory-opening';
import type { WebSocket } from '../api/websocket';
import type { ConnectionOptions } from '../options';

const TIMEOUT = 1000;
/** The most that a deadline of this length is late. */
const LATE = 100;
const KB = 'x'.repeat(1000);

beforeEach(fakeDeadlines);
afterEach(() => jest.useRealTimers());

/** What a server that only pushes listens to. */
function recordEnd(ws: WebSocket): unknown[] {
  const ends: unknown[] = [];
  ws.on('close', ({ code, reason, wasClean }) => ends.push(['close', code, reason, wasClean]));
  return ends;
}

async function joined(options: ConnectionOptions = {}): Promise<Joined> {
  const pair = new Joined('hybi-13', { unheardTimeout: TIMEOUT, ...options }).open();
  await settled();
  return pair;
}

async function say(ws: WebSocket, ...texts: string[]): Promise<void> {
  for (const text of texts) ws.send(text);
  await settled();
}

const times = (count: number): string[] => Array.from({ length: count }, () => KB);

/** How a peer ends, and what the other side is told of it. */
const ENDS: [string, (pair: Joined) => void, readonly unknown[]][] = [
  ['a closing frame', ({ client }) => client.close(1000, 'bye'), ['close', 1000, 'bye', true]],
  ['the end of the stream', ({ clientSide }) => clientSide.end(), ABNORMAL],
  ['a reset', ({ serverSide }) => serverSide.destroy(new Error('reset')), ABNORMAL],
];

describe.each(ENDS)('%s behind messages that nobody listens to', (_how, end, expected) => {
  test.each([
    ['a few', 3],
    ['more than are kept', 70],
  ])('%s: is noticed when their time is over', async (_many, count) => {
    const pair = await joined();
    const ends = recordEnd(pair.server);
    await say(pair.client, ...times(count));
    end(pair);
    await pass(TIMEOUT - LATE);
    expect(ends).toEqual([]);
    await pass(2 * LATE);
    expect(ends).toEqual([expected]);
    expect(pair.server.readyState).toBe(3);
  });

  test('comes behind them when somebody listens in time', async () => {
    const pair = await joined();
    await say(pair.client, 'one', 'two');
    end(pair);
    await pass(TIMEOUT / 2);
    const events = record(pair.server);
    await settled();
    expect(events.filter(([type]) => type !== 'error')).toEqual([
      ['message', 'one'],
      ['message', 'two'],
      expected,
    ]);
  });

  test('is noticed at once when messages are dropped already', async () => {
    const pair = await joined();
    const ends = recordEnd(pair.server);
    await say(pair.client, ...times(70));
    await pass(TIMEOUT + LATE);
    await say(pair.client, ...times(200));
    expect(pair.server.unheardMessages).toBe(270);
    end(pair);
    await settled();
    expect(ends).toEqual([expected]);
  });
});

test.each([3, 70])(
  'a peer that vanishes behind %d messages is given up by pings',
  async (count) => {
    const pair = new Joined('hybi-13', { unheardTimeout: TIMEOUT, ping: 2, pingTimeout: 1000 });
    pair.openings.server.open();
    const ends: unknown[] = [];
    pair.server.on('close', ({ code, cause }) => {
      ends.push([code, (cause as { code?: string } | null)?.code]);
    });
    writeRaw(pair, 'client', ...times(count).map((payload) => ({ opcode: OPCODE.TEXT, payload })));
    await pass(10_000);
    expect(ends).toEqual([[1006, 'WS_ERR_PING_TIMEOUT']]);
  },
);

describe('messages that nobody listens to', () => {
  test('are kept up to highWaterMark: then the peer has to wait', async () => {
    const pair = await joined({ highWaterMark: 10_000 });
    await say(pair.client, ...times(9));
    expect(pair.serverSide.isPaused()).toBe(false);
    await say(pair.client, ...times(100));
    expect(pair.serverSide.isPaused()).toBe(true);
    const { readableLength } = pair.serverSide;
    await say(pair.client, ...times(10));
    expect(pair.serverSide.readableLength).toBeGreaterThan(readableLength);
    expect(pair.server.unheardMessages).toBe(0);
    const events = record(pair.server);
    await settled();
    expect(events).toHaveLength(119);
  });

  test('are dropped, and counted, from the first one’s time on', async () => {
    const { client, server } = await joined();
    await say(client, 'one');
    await pass(TIMEOUT - LATE);
    await say(client, 'two');
    expect(server.unheardMessages).toBe(0);
    await pass(2 * LATE);
    expect(server.unheardMessages).toBe(2);
    await say(client, 'three', 'four');
    expect(server.unheardMessages).toBe(4);
  });

  test('stop no reading once they are dropped: pings are answered, pongs are read', async () => {
    const { client, server, serverSide } = await joined();
    await say(client, ...times(70));
    await pass(TIMEOUT + LATE);
    const [answered, pinged] = [jest.fn(), jest.fn()];
    client.ping('from the peer', answered);
    server.ping('to the peer', pinged);
    await say(client, ...times(300));
    expect(serverSide.isPaused()).toBe(false);
    expect([answered.mock.calls.length, pinged.mock.calls.length]).toEqual([1, 1]);
    expect(serverSide.readableLength).toBe(0);
  });

  test.each([
    ['by default, 5 seconds', {}, 5000],
    ['for as long as the option says', { unheardTimeout: 20_000 }, 20_000],
  ])('wait %s', async (_, options, timeout) => {
    const { client, server } = new Joined('hybi-13', options).open();
    await say(client, 'one');
    await pass(timeout - LATE);
    expect(server.unheardMessages).toBe(0);
    await pass(2 * LATE);
    expect(server.unheardMessages).toBe(1);
  });

  test('wait for ever when the option says so', async () => {
    const pair = await joined({ unheardTimeout: Infinity });
    const ends = recordEnd(pair.server);
    await say(pair.client, 'one');
    pair.client.close(1000);
    jest.advanceTimersByTime(1e8);
    await settled();
    expect([ends, pair.server.unheardMessages]).toEqual([[], 0]);
    const events = record(pair.server);
    await settled();
    expect(events[0]).toEqual(['message', 'one']);
  });
});

/** Who begins to listen, and what it hears then: until `stop`, if it can stop without closing. */
interface Listening {
  readonly heard: unknown[];
  stop?(): void;
}

const LISTENERS: [string, (ws: WebSocket) => Listening][] = [
  [
    'a listener',
    (ws) => {
      const heard: unknown[] = [];
      const hear = ({ data }: { data: unknown }): unknown => heard.push(data);
      ws.on('message', hear);
      return { heard, stop: () => ws.off('message', hear) };
    },
  ],
  [
    'onmessage',
    (ws) => {
      const heard: unknown[] = [];
      ws.onmessage = ({ data }) => heard.push(data);
      return { heard, stop: () => (ws.onmessage = null) };
    },
  ],
  ['an iterator', (ws) => gathered(ws)],
  ['a stream', (ws) => gathered(ws.stream({ encoding: 'utf8' }))],
  ['a stream of the web', (ws) => gathered(Readable.fromWeb(ws.webStreams().readable as never))],
];

function gathered(messages: AsyncIterable<unknown>): Listening {
  const heard: unknown[] = [];
  void (async () => {
    for await (const message of messages) heard.push(String(message));
  })().catch(() => undefined);
  return { heard };
}

describe.each(LISTENERS)('%s', (_, listen) => {
  test('that comes in time hears all', async () => {
    const { client, server } = await joined();
    await say(client, 'one', 'two');
    await pass(TIMEOUT / 2);
    const { heard } = listen(server);
    await settled();
    await say(client, 'three');
    await pass(10 * TIMEOUT);
    expect([heard.join(''), server.unheardMessages]).toEqual(['onetwothree', 0]);
    server.terminate();
  });

  test('that comes too late hears what comes from then on, and it begins anew', async () => {
    const { client, server } = await joined();
    await say(client, 'lost');
    await pass(TIMEOUT + LATE);
    const listening = listen(server);
    const { heard } = listening;
    await say(client, 'one');
    expect([heard.join(''), server.unheardMessages]).toEqual(['one', 1]);
    if (listening.stop !== undefined) {
      listening.stop();
      await say(client, 'two');
      await pass(TIMEOUT - LATE);
      const again = listen(server);
      await settled();
      expect(again.heard.join('')).toBe('two');
      again.stop?.();
      await say(client, 'three');
      await pass(TIMEOUT + LATE);
      expect(server.unheardMessages).toBe(2);
    }
    server.terminate();
  });
});
