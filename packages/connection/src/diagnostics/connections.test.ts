/** What is published of connections: that they are open, what came of them, and what they had to put up with. */
import { OPCODE } from '@ws/frame-parser';
import { settled } from '../../test/duplex-pair';
import { ENDS, Joined, writeRaw } from '../../test/memory-opening';
import { published, unsubscribeAll } from '../../test/subscribed';
import { connectionOf } from '../api/standard-websocket';
import { Traffic } from './traffic';

afterEach(unsubscribeAll);

const until = (ws: Joined['client']): Promise<unknown> => ws.closed;

describe.each(ENDS)('a %s', (end) => {
  test('is told of when it is open, before its listeners', () => {
    const opened = published('websocket:open');
    const joined = new Joined();
    const seen: number[] = [];
    joined[end].onopen = () => seen.push(opened.filter(({ role }) => role === end).length);
    joined.open();
    expect(seen).toEqual([1]);
    expect(opened).toContainEqual({ websocket: joined[end], role: end, route: null });
  });

  test('is told of when it has closed, with all that has passed', async () => {
    const closed = published('websocket:close');
    const joined = new Joined().open();
    const peer = end === 'client' ? 'server' : 'client';
    joined[end].send('€');
    joined[end].send(Buffer.alloc(4));
    joined[peer].send('hello');
    joined[peer].onmessage = joined[end].onmessage = () => undefined;
    await settled();
    joined[end].close(1000, 'done');
    await Promise.all([until(joined.client), until(joined.server)]);
    const [message] = closed.filter(({ websocket }) => websocket === joined[end]);
    expect(message).toEqual({
      websocket: joined[end],
      role: end,
      route: null,
      ending: await joined[end].closed,
      duration: expect.any(Number) as number,
      traffic: {
        messagesReceived: 1,
        bytesReceived: 5,
        messagesSent: 2,
        bytesSent: 7,
        messagesDropped: 0,
      },
      messagesDropped: 0,
      messagesUnheard: 0,
    });
    expect(message.duration).toBeGreaterThanOrEqual(0);
    expect(message.ending).toMatchObject({ code: 1000, reason: 'done', initiator: 'local' });
  });

  test('that was open before somebody subscribed has no counters', async () => {
    const joined = new Joined().open();
    const closed = published('websocket:close');
    joined[end].close();
    await Promise.all([until(joined.client), until(joined.server)]);
    expect(closed).toMatchObject([
      { duration: null, traffic: null },
      { duration: null, traffic: null },
    ]);
  });

  test('that never was open, or was closed before, is neither opened nor closed', async () => {
    const opened = published('websocket:open');
    const closed = published('websocket:close');
    const failed = new Joined();
    failed.openings[end].fail(new Error('refused'));
    await until(failed[end]);
    const early = new Joined();
    early[end].close();
    early.openings[end].open();
    early.server.terminate();
    await until(early[end]);
    expect([opened, closed]).toEqual([[], []]);
  });

  test.each(['ping', 'pong'] as const)('is told of a %s that comes, heard or not', async (type) => {
    const messages = published(`websocket:${type}`);
    const joined = new Joined().open();
    const peer = end === 'client' ? 'server' : 'client';
    const opcode = type === 'ping' ? OPCODE.PING : OPCODE.PONG;
    writeRaw(joined, peer, { opcode, payload: 'abc' }, { opcode, payload: '' });
    await settled();
    const own = messages.filter(({ websocket }) => websocket === joined[end]);
    const about = { websocket: joined[end], direction: 'received' };
    expect(own).toEqual([
      { ...about, size: 3 },
      { ...about, size: 0 },
    ]);
  });

  test('is told of a ping that is sent, and of its answer at the other end', async () => {
    const joined = new Joined();
    const peer = end === 'client' ? 'server' : 'client';
    const pings = published('websocket:ping');
    const pongs = published('websocket:pong');
    joined[end].ping('abc');
    expect(pings).toEqual([]);
    joined.open();
    await settled();
    expect(pings).toEqual([
      { websocket: joined[end], direction: 'sent', size: 3 },
      { websocket: joined[peer], direction: 'received', size: 3 },
    ]);
    expect(pongs).toEqual([
      { websocket: joined[peer], direction: 'sent', size: 3 },
      { websocket: joined[end], direction: 'received', size: 3 },
    ]);
  });

  test('is told of no ping that cannot be sent', async () => {
    const pings = published('websocket:ping');
    const joined = new Joined('hixie-76').open();
    joined[end].ping();
    joined[end].close();
    joined[end].ping();
    await settled();
    expect(pings).toEqual([]);
  });

  test('is told of the pings of keep-alive', async () => {
    const pings = published('websocket:ping');
    const joined = new Joined('hybi-13', { pingInterval: 1 }).open();
    while (pings.length === 0) await new Promise(setImmediate);
    expect(pings[0]).toMatchObject({ direction: 'sent', size: 0 });
    joined.client.terminate();
    joined.server.terminate();
  });

  test.each(['close', 'drop'] as const)('is told of a slow reader: %s', (slowReader) => {
    const messages = published('websocket:slow-reader');
    const joined = new Joined('hybi-13', { slowReader, maxBufferedAmount: 10 }).open();
    joined[end].send('0123456789');
    joined[end].send('x');
    joined.client.terminate();
    joined.server.terminate();
    expect(messages).toEqual([
      {
        websocket: joined[end],
        bufferedAmount: 10,
        messagesDropped: 1,
        closes: slowReader === 'close',
      },
    ]);
  });
});

describe('counters', () => {
  const trafficOf = (ws: Joined['client']): Traffic | null => connectionOf(ws).traffic;

  test('there are none where nobody counts', () => {
    expect(trafficOf(new Joined().client)).toBeNull();
  });

  test('the connections of a route share them', () => {
    const shared = new Traffic('/chat/:room');
    const [one, two] = [
      new Joined('hybi-13', {}, {}, shared),
      new Joined('hybi-13', {}, {}, shared),
    ];
    expect([trafficOf(one.server), trafficOf(two.server)]).toEqual([shared, shared]);
    expect(trafficOf(one.server)).toBe(trafficOf(two.server));
  });

  test('each has its own while somebody waits for its end', () => {
    published('websocket:close');
    const shared = new Traffic('/chat/:room');
    const { server } = new Joined('hybi-13', {}, {}, shared);
    expect(trafficOf(server)).not.toBe(shared);
    expect(trafficOf(server)?.route).toBe('/chat/:room');
  });
});

test('a subscriber that throws changes nothing of the connection', async () => {
  await settled();
  const uncaught: unknown[] = [];
  process.setUncaughtExceptionCaptureCallback((error) => uncaught.push(error));
  const messages = published('websocket:message:received');
  messages.push = () => {
    throw new Error('a subscriber');
  };
  const joined = new Joined().open();
  const heard = new Promise((resolve) => (joined.server.onmessage = resolve));
  joined.client.send('hello');
  await heard;
  await new Promise(setImmediate);
  process.setUncaughtExceptionCaptureCallback(null);
  expect(uncaught).toEqual([new Error('a subscriber')]);
});
