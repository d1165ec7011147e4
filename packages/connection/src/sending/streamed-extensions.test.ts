/** Messages in parts on a connection that has agreed on extensions. */
import { Pipeline, type OutgoingParts } from '@ws/extensions';
import { ControlledSession, extended, RSV1 } from '../../test/controlled-extension';
import { settled } from '../../test/duplex-pair';
import { failure, FedSource, iterate } from '../../test/fed-source';
import { ENDS, Joined, record } from '../../test/memory-opening';

describe.each(ENDS)('a %s', (end) => {
  test('has an extension that knows nothing of parts take the message whole', async () => {
    const { ws, session, peerEvents } = extended(end);
    await ws.sendStream(iterate('one ', 'two'), { compress: false });
    await settled();
    expect(session.seen).toEqual(['one two']);
    expect(session.compress).toEqual([false]);
    expect(peerEvents).toEqual([['message', 'one two']]);
  });

  test('gathers no more than maxBufferedAmount for such an extension', async () => {
    const { ws, session, events } = extended(end, { highWaterMark: 10, maxBufferedAmount: 20 });
    const { code, cause } = await failure(ws.sendStream(iterate('fifteen bytes, ', 'and more')));
    expect([code, (cause as Error).message]).toEqual([
      'WS_ERR_NOT_SENT',
      'an extension takes whole messages only: one in parts is gathered, up to 20 bytes',
    ]);
    await settled();
    expect(session.seen).toEqual([]);
    expect(events.at(-1)).toEqual(['close', 1011, '', true]);
  });

  test('keeps the order when an extension takes its time', async () => {
    const { ws, session, peerEvents } = extended(end);
    const sent = ws.sendStream(iterate('~slow', ' message'));
    ws.send('behind');
    await settled();
    expect(peerEvents).toEqual([]);
    session.current.release();
    await sent;
    await settled();
    expect(peerEvents).toEqual([
      ['message', '~slow message'],
      ['message', 'behind'],
    ]);
  });

  test('ends with 1011 when an extension refuses a part', async () => {
    const { ws, events, peerEvents } = extended(end);
    const { code, cause } = await failure(ws.sendStream(iterate('!', 'no')));
    expect([code, (cause as Error).message]).toEqual([
      'WS_ERR_NOT_SENT',
      'the extension refuses this',
    ]);
    await settled();
    expect(events).toEqual([
      ['error', 'WS_ERR_NOT_SENT'],
      ['close', 1011, '', true],
    ]);
    expect(peerEvents).toEqual([['close', 1011, '', true]]);
  });

  test('that ends while an extension is at work rejects', async () => {
    const { ws, session } = extended(end);
    const source = new FedSource();
    const sent = failure(ws.sendStream(source));
    await settled();
    await source.give('~slow');
    await source.end();
    ws.terminate();
    session.held[0]?.release();
    expect((await sent).code).toBe('WS_ERR_NOT_SENT');
  });
});

/** Sends every other part together with the one behind it. */
class PairingSession extends ControlledSession {
  outgoingParts(): OutgoingParts {
    let first: Uint8Array | null = null;
    return {
      rsv: RSV1,
      push(part, isLast) {
        const both = Buffer.concat([first ?? Buffer.alloc(0), part]);
        first = first === null && !isLast ? Buffer.from(part) : null;
        return first === null ? both : Buffer.alloc(0);
      },
    };
  }
}

test('a part that an extension makes nothing of has no frame, and RSV bits are on the first', async () => {
  const joined = new Joined('hybi-13', {}, { server: new Pipeline([new PairingSession()], RSV1) });
  const events = record(joined.open().client);
  await joined.server.sendStream(['a', 'b', 'c', 'd', 'e']);
  const frames = joined.serverSide.written.subarray(0, 11);
  expect([...frames]).toEqual([0x41, 2, 97, 98, 0x00, 2, 99, 100, 0x80, 1, 101]);
  expect(joined.server.bufferedAmount).toBe(0);
  await settled();
  expect(events[0]).toEqual(['error', 'WS_ERR_UNEXPECTED_RSV_1']);
});
