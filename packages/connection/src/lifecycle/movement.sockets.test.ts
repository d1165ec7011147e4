/**
 * Bytes that move are life, and what has arrived is read before anybody is judged: on real sockets,
 * whose kernel takes and gives a part at a time.
 */
import { CLIENT, encodeFrame, OPCODE } from '@ws/frame-parser';
import { fakeDeadlines, pass } from '../../test/deadline-clock';
import { record } from '../../test/memory-opening';
import { destroyPairs, socketPair } from '../../test/socket-pair';
import type { SocketPair } from '../../test/socket-pair';
import { turn, turnsUntil } from '../../test/turns';
import type { ConnectionOptions } from '../options';
import { writeQueueSize } from '../transport/plain-socket';

const TIMEOUT = 1000;
const LARGE = 60_000_000;

afterEach(() => {
  jest.useRealTimers();
  destroyPairs();
});

const text = (payload: string): Uint8Array => encodeFrame(CLIENT, { opcode: OPCODE.TEXT, payload });
const PONG = encodeFrame(CLIENT, { opcode: OPCODE.PONG, payload: '' });
const CLOSE = encodeFrame(CLIENT, { opcode: OPCODE.CLOSE, payload: Uint8Array.of(3, 232) });

/** Deadlines, and what the peer sends in time to meet them. */
const DEADLINES: [string, ConnectionOptions, (pair: SocketPair) => void, Uint8Array][] = [
  ['a pong', { ping: 1, pingTimeout: TIMEOUT }, () => undefined, PONG],
  ['any message', { ping: 1, pingTimeout: TIMEOUT }, () => undefined, text('x')],
  ['a message, for idleTimeout', { idleTimeout: 2 * TIMEOUT }, () => undefined, text('x')],
  ['a closing frame', { closeTimeout: TIMEOUT }, ({ ws }) => ws.close(1000), CLOSE],
];

describe('a process that was busy, or stopped, reads before it judges:', () => {
  test.each(DEADLINES)('%s', async (_, options, before, bytes) => {
    fakeDeadlines();
    const pair = await socketPair(options);
    const events = record(pair.ws);
    pair.far.resume();
    await pass(1200);
    before(pair);
    await pass(500);
    pair.far.write(bytes);
    jest.advanceTimersByTime(20 * TIMEOUT);
    await pass(100);
    expect(events.filter(([type]) => type === 'error')).toEqual([]);
    pair.far.end();
    await turnsUntil(() => events.at(-1)?.[0] === 'close');
    expect(events.at(-1)).toEqual(bytes === CLOSE ? ['close', 1000, '', true] : expect.anything());
  });

  test('a pong that has waited in the kernel while the event loop stood still', async () => {
    const pair = await socketPair({ ping: 0.05, pingTimeout: 400 });
    const events = record(pair.ws);
    await new Promise((resolve) => pair.far.once('data', resolve).resume());
    pair.far.write(PONG);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 600);
    for (let turns = 0; turns < 20; turns++) await turn();
    expect([events, pair.ws.readyState]).toEqual([[], 1]);
  });
});

/** Reads until the kernel has taken more of what the other end has to write. */
async function readSome({ near, far }: SocketPair): Promise<void> {
  const before = writeQueueSize(near);
  far.resume();
  await turnsUntil(() => writeQueueSize(near) !== before || near.writableLength === 0);
  far.pause();
}

/** Has the peer read a little, every half of a deadline, until there is no more; gives the pauses. */
async function readSlowly(pair: SocketPair): Promise<number> {
  let pauses = 0;
  await turn();
  for (; pair.near.writableLength > 0 && !pair.near.destroyed; pauses++) {
    await readSome(pair);
    await pass(TIMEOUT / 2);
  }
  return pauses;
}

describe('a slow but steady reader of a long message', () => {
  beforeEach(fakeDeadlines);

  test.each<[string, ConnectionOptions]>([
    ['is not idle', { idleTimeout: TIMEOUT }],
    ['gets the time to answer a ping behind it', { ping: 1, pingTimeout: TIMEOUT }],
  ])('%s', async (_, options) => {
    const pair = await socketPair(options);
    const events = record(pair.ws);
    pair.ws.send(Buffer.alloc(LARGE));
    const pauses = await readSlowly(pair);
    expect(pauses).toBeGreaterThan(4);
    expect([events, pair.ws.bufferedAmount]).toEqual([[], 0]);
    await pass(5 * TIMEOUT);
    expect(events.map(([type]) => type)).toEqual(['error', 'close']);
  });

  test('gets the closing frame behind it, however long that takes', async () => {
    const pair = await socketPair({ closeTimeout: TIMEOUT });
    const events = record(pair.ws);
    pair.ws.send(Buffer.alloc(LARGE));
    pair.ws.close(1000, 'behind');
    const pauses = await readSlowly(pair);
    expect(pauses).toBeGreaterThan(4);
    expect(events).toEqual([]);
    pair.far.write(CLOSE);
    pair.far.end();
    pair.far.resume();
    await turnsUntil(() => events.length > 0);
    expect(events).toEqual([['close', 1000, '', true]]);
  });

  test('is given up once it stands still', async () => {
    const pair = await socketPair({ closeTimeout: TIMEOUT });
    const events = record(pair.ws);
    pair.ws.send(Buffer.alloc(LARGE));
    pair.ws.close(1000);
    await turn();
    await readSome(pair);
    await pass(4 * TIMEOUT);
    expect(events).toEqual([
      ['error', 'WS_ERR_CLOSE_TIMEOUT'],
      ['close', 1006, '', false],
    ]);
  });
});

test('a peer that is gone is given up, though the kernel takes all that is sent to it', async () => {
  fakeDeadlines();
  const pair = await socketPair({ ping: 1, pingTimeout: TIMEOUT });
  const events = record(pair.ws);
  for (let sent = 0; sent < 50 && events.length === 0; sent++) {
    pair.ws.send('news');
    await pass(TIMEOUT / 10);
  }
  expect(events[0]).toEqual(['error', 'WS_ERR_PING_TIMEOUT']);
});

describe('a long message that comes a little at a time', () => {
  beforeEach(fakeDeadlines);
  const whole = text('x'.repeat(5000));
  const PIECES: [string, readonly Uint8Array[]][] = [
    [
      'in one frame',
      Array.from({ length: 10 }, (_, at) => whole.subarray(at * 501, at * 501 + 501)),
    ],
    [
      'in fragments',
      Array.from({ length: 10 }, (_, at) => {
        const opcode = at === 0 ? OPCODE.TEXT : OPCODE.CONTINUATION;
        return encodeFrame(CLIENT, { opcode, payload: 'x'.repeat(500), fin: at === 9 });
      }),
    ],
  ];

  test.each(PIECES)('%s is no idleness', async (_, pieces) => {
    const pair = await socketPair({ idleTimeout: TIMEOUT });
    const events = record(pair.ws);
    for (const piece of pieces) {
      expect(events).toEqual([]);
      pair.far.write(piece);
      await pass(TIMEOUT / 2);
    }
    expect(events).toEqual([['message', 'x'.repeat(5000)]]);
    await pass(2 * TIMEOUT);
    expect(events[1]).toEqual(['error', 'WS_ERR_IDLE_TIMEOUT']);
  });

  test('while the application has paused, nothing is idle', async () => {
    const pair = await socketPair({ idleTimeout: TIMEOUT });
    const events = record(pair.ws);
    pair.ws.pause();
    await pass(10 * TIMEOUT);
    expect(events).toEqual([]);
    pair.ws.resume();
    await pass(3 * TIMEOUT);
    expect(events[0]).toEqual(['error', 'WS_ERR_IDLE_TIMEOUT']);
  });
});
