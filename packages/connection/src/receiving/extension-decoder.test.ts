/** What is received on a connection with extensions, some of which takes time. */
import { ExtensionError } from '@ws/extensions';
import { OPCODE, ProtocolError } from '@ws/frame-parser';
import type { OutgoingFrame } from '@ws/frame-parser';
import { extended, REFUSAL, RSV1 } from '../../test/controlled-extension';
import type { Extended } from '../../test/controlled-extension';
import { settled } from '../../test/duplex-pair';
import { uncaughtFrom } from '../../test/listening';
import { ABNORMAL, ENDS, writeRaw } from '../../test/memory-opening';

const CLOSED = (code: number, reason = ''): unknown[] => ['close', code, reason, true];
const TOO_BIG = new ExtensionError('message-too-big', 'too long');
const INVALID = new ExtensionError('invalid-data', 'not valid');

/** Has the peer send these in one piece, which arrives. */
async function receiving(connection: Extended, ...texts: string[]): Promise<void> {
  for (const text of texts) connection.peer.send(text);
  await settled();
}

describe.each(ENDS)('the %s', (end) => {
  test('keeps the order of what takes time and what does not', async () => {
    const { peer, session, events } = extended(end);
    peer.send('a');
    peer.send('~b');
    peer.send(Buffer.from('c'));
    peer.send(Buffer.from('~d'));
    peer.send('e', { compress: false });
    await settled();
    expect([events, session.seen]).toEqual([[['message', 'a']], ['a', '~b']]);
    session.current.release();
    await settled();
    expect(session.current.text).toBe('~d');
    session.current.release();
    await settled();
    const [c, d] = [Buffer.from('c'), Buffer.from('~d')];
    expect(events).toEqual(['a', '~b', c, d, 'e'].map((data) => ['message', data]));
  });

  test('reads nothing behind what takes time: pings wait, and the stream is paused', async () => {
    const connection = extended(end);
    const { peer, session, side, events } = connection;
    await receiving(connection, '~a');
    expect(side.isPaused()).toBe(true);
    const pong = jest.fn();
    peer.ping('p', pong);
    await receiving(connection, 'b', 'c'.repeat(100_000));
    expect(side.readableLength).toBeGreaterThan(100_000);
    expect([side.written.length, events, session.seen]).toEqual([0, [], ['~a']]);
    expect(pong).not.toHaveBeenCalled();
    session.current.release();
    await settled();
    expect(pong).toHaveBeenCalledTimes(1);
    expect([side.isPaused(), side.readableLength, events.length]).toEqual([false, 0, 3]);
  });

  test('holds what came in one piece with what takes time, the head too', async () => {
    const connection = extended(end);
    const { joined, peerName, session, side, events } = connection;
    const ping = { opcode: 9, payload: '' };
    const text = { opcode: 1, rsv: RSV1, payload: '~a' };
    writeRaw(joined, peerName, text, ping, { ...text, payload: 'b' });
    await settled();
    expect([side.written.length, session.seen]).toEqual([0, ['~a']]);
    session.current.release();
    await settled();
    expect(side.written.length).toBeGreaterThan(0);
    expect(events).toEqual([
      ['message', '~a'],
      ['message', 'b'],
    ]);
  });

  test('takes a closing frame only when all messages before it are delivered', async () => {
    const connection = extended(end);
    const { peer, ws, session, events, peerEvents } = connection;
    peer.send('~a');
    peer.send('b');
    peer.close(3000, 'bye');
    await settled();
    expect([events, ws.readyState]).toEqual([[], 1]);
    session.current.release();
    await settled();
    expect(events).toEqual([['message', '~a'], ['message', 'b'], CLOSED(3000, 'bye')]);
    expect(peerEvents).toEqual([CLOSED(3000, 'bye')]);
    expect(session.closes).toBe(1);
  });

  test('delivers what it has when the stream is lost meanwhile, and then ends', async () => {
    const connection = extended(end);
    const { session, side, events, ws } = connection;
    await receiving(connection, '~a', 'b', '~c', 'd');
    side.destroy();
    await settled();
    expect([events, session.closes]).toEqual([[], 0]);
    session.current.release();
    await settled();
    session.current.release();
    await settled();
    const messages = ['~a', 'b', '~c', 'd'].map((text) => ['message', text]);
    expect(events).toEqual([...messages, ABNORMAL]);
    expect([session.closes, ws.readyState]).toEqual([1, 3]);
  });

  test('delivers what it has when the peer ends the stream meanwhile', async () => {
    const connection = extended(end);
    const { joined, peerName, session, events } = connection;
    await receiving(connection, '~a', 'b');
    joined[`${peerName}Side`].end();
    await settled();
    expect(events).toEqual([]);
    session.current.release();
    await settled();
    expect(events).toEqual([['message', '~a'], ['message', 'b'], ABNORMAL]);
  });

  test('close() closes at once; the message that takes time is dropped', async () => {
    const connection = extended(end);
    const { ws, peer, session, events, peerEvents } = connection;
    await receiving(connection, '~a', 'b');
    ws.close(1000);
    await settled();
    expect([events, peer.readyState]).toEqual([[], 2]);
    session.current.release();
    await settled();
    expect(peerEvents).toEqual([CLOSED(1000)]);
    expect(events).toEqual([CLOSED(1000)]);
    expect(session.seen).toEqual(['~a']);
  });

  test.each(['release', 'fail'] as const)(
    'terminate() drops the message that takes time; then %s()',
    async (outcome) => {
      const connection = extended(end);
      const { ws, session, events } = connection;
      await receiving(connection, '~a', 'b');
      ws.terminate();
      await settled();
      expect([events, session.closes]).toEqual([[ABNORMAL], 1]);
      session.current[outcome](INVALID);
      await settled();
      expect([events, session.seen]).toEqual([[ABNORMAL], ['~a']]);
    },
  );

  test('terminate() ends what waits for a message when the stream is gone', async () => {
    const connection = extended(end);
    const { ws, side, events } = connection;
    await receiving(connection, '~a');
    side.destroy();
    await settled();
    expect(events).toEqual([]);
    ws.terminate();
    await settled();
    expect(events).toEqual([ABNORMAL]);
  });

  test('delivers nothing while paused, though the work is done', async () => {
    const connection = extended(end);
    const { ws, session, events, side } = connection;
    await receiving(connection, '~a', 'b');
    ws.pause();
    session.current.release();
    await settled();
    expect([events, side.isPaused()]).toEqual([[], true]);
    ws.resume();
    await settled();
    expect([events.length, side.isPaused()]).toEqual([2, false]);
  });

  test('goes on waiting when the application pauses and resumes meanwhile', async () => {
    const connection = extended(end);
    const { ws, session, events, side } = connection;
    await receiving(connection, '~a', 'b');
    ws.pause();
    ws.resume();
    await settled();
    expect([events, side.isPaused(), session.seen]).toEqual([[], true, ['~a']]);
    session.current.release();
    await settled();
    expect(events.length).toBe(2);
  });

  test('goes on when a handler throws', async () => {
    const connection = extended(end);
    const { ws, session, events } = connection;
    ws.on('message', () => {
      throw REFUSAL;
    });
    await receiving(connection, '~a', 'b');
    const uncaught = await uncaughtFrom(async () => {
      session.current.release();
      await settled();
    });
    expect(uncaught).toEqual([REFUSAL, REFUSAL]);
    expect(events.length).toBe(2);
  });

  test('terminate() in a handler ends it, though more has come', async () => {
    const connection = extended(end);
    const { ws, session, events } = connection;
    ws.on('message', () => ws.terminate());
    await receiving(connection, '~a', 'b');
    session.current.release();
    await settled();
    expect(events).toEqual([['message', '~a'], ABNORMAL]);
  });

  test('delivers nothing more once an outgoing message has failed', async () => {
    const connection = extended(end);
    const { ws, session, events } = connection;
    await receiving(connection, '~a');
    const { current } = session;
    ws.send('!b');
    await settled();
    current.release();
    await settled();
    expect(events).toEqual([['error', 'WS_ERR_NOT_SENT'], CLOSED(1011)]);
  });
});

describe.each(ENDS)('a message that the extension of the %s cannot take', (end) => {
  const ROWS: [string, Error, string, number][] = [
    ['too long', TOO_BIG, 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH', 1009],
    ['invalid', INVALID, 'WS_ERR_EXTENSION_FAILED', 1007],
  ];

  describe.each(ROWS)('%s', (_, failure, code, closeCode) => {
    test.each([false, true])('fails the connection; paused: %p', async (isPaused) => {
      const connection = extended(end);
      const { ws, session, events, peerEvents } = connection;
      let error: Error | undefined;
      ws.on('error', (event) => (error = event.error));
      await receiving(connection, 'before', '~a', 'behind');
      if (isPaused) ws.pause();
      session.current.fail(failure);
      await settled();
      expect(error).toBeInstanceOf(ProtocolError);
      expect(error?.cause).toBe(failure);
      expect(peerEvents).toEqual([['close', closeCode, expect.any(String), true]]);
      ws.resume();
      await settled();
      expect(events).toEqual([['message', 'before'], ['error', code], ABNORMAL]);
      expect([session.closes, session.seen]).toEqual([1, ['before', '~a']]);
    });
  });

  test('fails the connection if it throws', async () => {
    const connection = extended(end);
    const { ws, events, peerEvents } = connection;
    let cause: unknown;
    ws.on('error', ({ error }) => (cause = error.cause));
    await receiving(connection, 'before', '!a', 'behind');
    expect(cause).toMatchObject({ failure: 'invalid-data', cause: REFUSAL });
    expect(events).toEqual([['message', 'before'], ['error', 'WS_ERR_EXTENSION_FAILED'], ABNORMAL]);
    expect(peerEvents).toEqual([['close', 1007, expect.any(String), true]]);
  });

  test.each<[string, OutgoingFrame]>([
    ['a closing frame', { opcode: OPCODE.CLOSE, payload: Uint8Array.of(3, 232) }],
    ['a ping', { opcode: OPCODE.PING, payload: '' }],
    ['a message', { opcode: OPCODE.TEXT, payload: 'behind' }],
    ['a violation', { opcode: 3, payload: '' }],
  ])('ends what is heard: %s in one piece with it has no effect', async (_, behind) => {
    const { joined, peerName, events, peerEvents } = extended(end);
    const pinged = jest.fn();
    joined[end].on('ping', pinged);
    writeRaw(joined, peerName, { opcode: OPCODE.TEXT, rsv: RSV1, payload: '!a' }, behind);
    await settled();
    expect(events).toEqual([['error', 'WS_ERR_EXTENSION_FAILED'], ABNORMAL]);
    expect(pinged).not.toHaveBeenCalled();
    expect(peerEvents).toEqual([['close', 1007, expect.any(String), true]]);
  });

  test('fails it if it becomes longer than maxLength', async () => {
    const connection = extended(end, { maxLength: 3 });
    await receiving(connection, '1234');
    expect(connection.peerEvents).toEqual([['close', 1009, expect.any(String), true]]);
  });

  test.each(['~', ''])('fails it if it becomes invalid UTF-8: %p', async (prefix) => {
    const connection = extended(end);
    const { joined, peerName, session, events } = connection;
    const payload = Buffer.concat([Buffer.from(prefix), Buffer.of(0xff)]);
    writeRaw(joined, peerName, { opcode: 1, rsv: RSV1, payload });
    await settled();
    session.held.at(0)?.release();
    await settled();
    expect(events).toEqual([['error', 'WS_ERR_INVALID_UTF8'], ABNORMAL]);
  });
});
