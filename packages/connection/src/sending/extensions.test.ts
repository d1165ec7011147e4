/** What is sent on a connection with extensions, some of which takes time. */
import { ControlledSession, extended, REFUSAL } from '../../test/controlled-extension';
import { settled } from '../../test/duplex-pair';
import { uncaughtFrom } from '../../test/listening';
import { ABNORMAL, ENDS, writeRaw } from '../../test/memory-opening';
import type { ConnectionError } from '../lifecycle/connection-error';
import type { SendData } from '../api/send-data';
import type { SendOptions } from '../api/send-options';

const CLOSED = (code: number, reason = ''): unknown[] => ['close', code, reason, true];
const CLOSE_1000 = { opcode: 8, payload: Uint8Array.of(3, 232) };

/** A callback that writes down who was told what. */
function teller(): {
  told: unknown[][];
  tell: (name: string) => (error: Error | null) => void;
} {
  const told: unknown[][] = [];
  const tell = (name: string) => (error: Error | null) => {
    told.push([name, (error as ConnectionError | null)?.code ?? null, error?.cause]);
  };
  return { told, tell };
}

describe.each(ENDS)('the %s', (end) => {
  test('keeps the order of what takes time, what does not, and Blobs', async () => {
    const { ws, session, peerEvents } = extended(end);
    const { told, tell } = teller();
    const messages: SendData[] = [
      'a',
      '~b',
      new Blob(['c']),
      Buffer.from('d'),
      new Blob(['~e']),
      Buffer.from('~f'),
      'g',
    ];
    messages.forEach((message, index) => ws.send(message, tell(String(index))));
    await settled();
    expect(session.seen).toEqual(['a', '~b']);
    for (const text of ['~b', '~e', '~f']) {
      expect(session.current.text).toBe(text);
      session.current.release();
      await settled();
    }
    const bytes = ['c', 'd', '~e', '~f'].map((text) => Buffer.from(text));
    const expected = ['a', '~b', ...bytes, 'g'].map((data) => ['message', data]);
    expect(peerEvents).toEqual(expected);
    expect(told).toEqual(messages.map((_, index) => [String(index), null, undefined]));
  });

  test('begins one message at a time, and none before those ahead of it are sent', async () => {
    const { ws, session, side } = extended(end);
    for (const text of ['~a', '~b', 'c']) ws.send(text);
    await settled();
    expect([session.seen, side.written.length]).toEqual([['~a'], 0]);
    session.current.release();
    await settled();
    expect(session.seen).toEqual(['~a', '~b']);
    ws.terminate();
  });

  test('closes when what was sent before has been sent', async () => {
    const { ws, session, events, peerEvents, side } = extended(end);
    ws.send('~a');
    ws.send('b');
    ws.close(3000, 'bye');
    expect([ws.readyState, ws.send('late')]).toEqual([2, false]);
    await settled();
    expect(side.written).toHaveLength(0);
    session.current.release();
    await settled();
    expect(peerEvents).toEqual([['message', '~a'], ['message', 'b'], CLOSED(3000, 'bye')]);
    expect(events).toEqual([CLOSED(3000, 'bye')]);
    expect(session.closes).toBe(1);
  });

  // "An endpoint MAY delay sending a Close frame until its current message is sent" §5.5.1
  test('answers a closing frame behind what was sent before it came', async () => {
    const { joined, ws, session, peerName, peerEvents, side } = extended(end);
    ws.send('~a');
    ws.send('b');
    writeRaw(joined, peerName, CLOSE_1000);
    await settled();
    expect([ws.readyState, side.written.length]).toEqual([2, 0]);
    session.current.release();
    await settled();
    expect(peerEvents).toEqual([['message', '~a'], ['message', 'b'], CLOSED(1000)]);
  });

  test.each([
    ['never comes', () => {}],
    ['comes later', (session: ControlledSession) => session.current.release()],
    ['fails later', (session: ControlledSession) => session.current.fail(REFUSAL)],
  ])('terminate() gives up what takes time; the result %s', async (_, then) => {
    const { ws, session, events, side } = extended(end);
    const { told, tell } = teller();
    for (const text of ['~a', '~b', 'c']) ws.send(text, tell(text));
    ws.terminate();
    then(session);
    await settled();
    const notSent = ['~a', '~b', 'c'].map((text) => [text, 'WS_ERR_NOT_SENT', undefined]);
    expect(told).toEqual(notSent);
    expect(events).toEqual([ABNORMAL]);
    expect([session.closes, session.seen, side.written.length]).toEqual([1, ['~a'], 0]);
  });

  test('gives up what takes time when the stream is lost', async () => {
    const { ws, session, events, side } = extended(end);
    const { told, tell } = teller();
    ws.send('~a', tell('~a'));
    side.destroy(new Error('reset'));
    await settled();
    expect(told).toEqual([['~a', 'WS_ERR_NOT_SENT', undefined]]);
    expect(events).toEqual([['error', undefined], ABNORMAL]);
    session.current.release();
    await settled();
    expect([events.length, session.closes]).toEqual([2, 1]);
  });

  test('a session that throws when it ends is nobody’s concern', async () => {
    class Throwing extends ControlledSession {
      override close(): void {
        super.close();
        throw new Error('cannot end');
      }
    }
    const { ws, session, events } = extended(end, {}, new Throwing());
    ws.send('~a');
    const uncaught = await uncaughtFrom(async () => {
      ws.terminate();
      await settled();
    });
    expect([uncaught, events, session.closes]).toEqual([[], [ABNORMAL], 1]);
  });

  test('counts what takes time as buffered', async () => {
    const { ws, session } = extended(end);
    ws.send('~2345');
    ws.send('678');
    expect(ws.bufferedAmount).toBe(8);
    await settled();
    expect(ws.bufferedAmount).toBe(8);
    session.current.release();
    await settled();
    expect(ws.bufferedAmount).toBe(0);
  });

  test('holds what takes time against maxBufferedAmount', async () => {
    const { ws, session, peerEvents } = extended(end, {
      maxBufferedAmount: 10,
      slowReader: 'drop',
    });
    const { told, tell } = teller();
    expect(ws.send('~2345678')).toBe(true);
    expect(ws.send('123', tell('dropped'))).toBe(false);
    expect(ws.droppedMessages).toBe(1);
    session.current.release();
    await settled();
    expect(ws.send('123')).toBe(true);
    await settled();
    expect(peerEvents).toEqual([
      ['message', '~2345678'],
      ['message', '123'],
    ]);
    expect(told).toEqual([['dropped', 'WS_ERR_SLOW_READER', undefined]]);
  });

  test('too much behind what takes time closes with 1013, behind it', async () => {
    const { ws, session, peerEvents } = extended(end, { maxBufferedAmount: 5 });
    ws.send('~234');
    ws.send('123');
    expect(ws.readyState).toBe(2);
    session.current.release();
    await settled();
    expect(peerEvents).toEqual([['message', '~234'], CLOSED(1013)]);
  });

  test('says that there is no room while much takes time, and then that there is', async () => {
    const { ws, session } = extended(end, { highWaterMark: 4 });
    const drain = jest.fn();
    ws.on('drain', drain);
    expect(ws.send('~234')).toBe(false);
    await settled();
    expect(drain).not.toHaveBeenCalled();
    session.current.release();
    await settled();
    expect(drain).toHaveBeenCalledTimes(1);
  });

  test('a callback that throws does not hold up what waits', async () => {
    const { ws, session, peerEvents } = extended(end);
    const uncaught = await uncaughtFrom(async () => {
      ws.send('~a', () => {
        throw REFUSAL;
      });
      ws.send('b');
      session.current.release();
      await settled();
    });
    expect(uncaught).toEqual([REFUSAL]);
    expect(peerEvents).toEqual([
      ['message', '~a'],
      ['message', 'b'],
    ]);
  });

  test('tells extensions which messages are not to be compressed', async () => {
    const { ws, session } = extended(end);
    ws.send('a');
    ws.send('b', { compress: false });
    ws.send('c', { compress: true });
    ws.send(new Blob(['d']), { compress: false });
    ws.send('e', { compress: false }, () => {});
    ws.send('f', {});
    ws.send('g', { compress: null });
    await settled();
    expect(session.compress).toEqual([true, false, true, false, false, true, true]);
  });

  test.each([
    [{ compres: false }, 'option compres is not known; did you mean compress?'],
    [{ compress: 1 }, 'option compress: 1 is not a boolean'],
  ])('refuses %p', (options, message) => {
    const { ws, session } = extended(end);
    expect(() => ws.send('a', options as SendOptions)).toThrow(new TypeError(message));
    expect(session.seen).toEqual([]);
  });
});

describe.each(ENDS)('an extension that fails to take what the %s sends', (end) => {
  const FAILED = ['WS_ERR_NOT_SENT', REFUSAL];

  test.each(['~a', '!a'])('ends it with 1011: %s', async (text) => {
    const { ws, session, events, peerEvents } = extended(end);
    const { told, tell } = teller();
    const errors: unknown[] = [];
    ws.on('error', ({ error }) => errors.push(error.cause));
    ws.send('before', tell('before'));
    ws.send(text, tell('failing'));
    ws.send('behind', tell('behind'));
    ws.send(new Blob(['blob']), tell('blob'));
    session.held.at(0)?.fail(REFUSAL);
    expect([told, events]).toEqual([[], []]);
    await settled();
    expect(errors).toEqual([REFUSAL]);
    expect(events).toEqual([['error', 'WS_ERR_NOT_SENT'], CLOSED(1011)]);
    expect(peerEvents).toEqual([['message', 'before'], CLOSED(1011)]);
    expect(told).toHaveLength(4);
    expect(told).toContainEqual(['before', null, undefined]);
    for (const name of ['failing', 'behind', 'blob'])
      expect(told).toContainEqual([name, ...FAILED]);
    expect([session.closes, ws.readyState]).toEqual([1, 3]);
  });

  test('replaces the code that it was to be closed with', async () => {
    const { ws, session, events, peerEvents } = extended(end);
    ws.send('~a');
    ws.close(1000);
    session.current.fail(REFUSAL);
    await settled();
    expect(events).toEqual([['error', 'WS_ERR_NOT_SENT'], CLOSED(1011)]);
    expect(peerEvents).toEqual([CLOSED(1011)]);
  });

  test('does not keep a closing frame of the peer’s without an answer', async () => {
    const { joined, ws, session, events, peerName, peerEvents } = extended(end);
    ws.send('~a');
    writeRaw(joined, peerName, CLOSE_1000);
    await settled();
    session.current.fail(REFUSAL);
    await settled();
    expect(events).toEqual([['error', 'WS_ERR_NOT_SENT'], CLOSED(1000)]);
    expect(peerEvents).toEqual([CLOSED(1011)]);
  });

  test('sends nothing for who sends when told of it', async () => {
    const { ws, events, peerEvents } = extended(end);
    const { told, tell } = teller();
    ws.on('error', () => ws.send('in error', tell('in error')));
    ws.send('!a', () => ws.send('in callback', tell('in callback')));
    await settled();
    expect(events).toEqual([['error', 'WS_ERR_NOT_SENT'], CLOSED(1011)]);
    expect(peerEvents).toEqual([CLOSED(1011)]);
    const names = told.map(([name, code]) => `${String(name)} ${String(code)}`);
    expect(names.sort()).toEqual(['in callback WS_ERR_NOT_SENT', 'in error WS_ERR_NOT_SENT']);
  });
});
