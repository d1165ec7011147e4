/** Texts that extensions have restored, and that take long to decode. */
import { extended } from '../../test/controlled-extension';
import { settled } from '../../test/duplex-pair';
import { ABNORMAL, ENDS } from '../../test/memory-opening';

describe.each(ENDS)('the %s', (end) => {
  test('keeps the order behind a text that takes turns of its own to decode', async () => {
    const { peer, session, events } = extended(end);
    const long = `~${'é'.repeat(2 ** 19)}`;
    peer.send(long);
    peer.send('b');
    await settled();
    session.current.release();
    await settled();
    expect(events).toEqual([long, 'b'].map((data) => ['message', data]));
  });

  test('delivers nothing of such a text when it is terminated meanwhile', async () => {
    const { peer, session, ws, events } = extended(end);
    peer.send(`~${'x'.repeat(2 ** 20)}`);
    await settled();
    session.current.release();
    await Promise.resolve();
    ws.terminate();
    await settled();
    expect(events).toEqual([ABNORMAL]);
  });
});
