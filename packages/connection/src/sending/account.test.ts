/** What waits to be sent, wherever it is: the four questions, and one answer to each. */
import fc from 'fast-check';
import { ControlledSession, extended, RSV1 } from '../../test/controlled-extension';
import { settled } from '../../test/duplex-pair';
import { ENDS, Joined, record } from '../../test/memory-opening';
import { turn } from '../../test/turns';
import type { ExtensionMessage, OutgoingMessage } from '@ws/extensions';
import { connectionOf } from '../api/standard-websocket';

/** Makes one byte of every message that it may compress. */
class ShrinkingSession extends ControlledSession {
  override processOutgoing(message: OutgoingMessage): ExtensionMessage {
    const { opcode, data, compress } = message;
    if (!compress) return { opcode, data, rsv: 0 };
    return { opcode, data: Uint8Array.of(120), rsv: RSV1 };
  }
}

describe.each(ENDS)('bufferedAmount, of the %s, counts payloads as they were sent:', (end) => {
  test('before open, behind a Blob, in the outbox, in the stream, and no more', async () => {
    const joined = new Joined();
    const ws = joined[end];
    const side = joined[`${end}Side`];
    side.stall();
    const amounts: number[] = [];
    const note = (): unknown => amounts.push(ws.bufferedAmount);
    ws.send('12345');
    ws.send('é');
    note();
    joined.open();
    note();
    await settled();
    note();
    ws.send(Uint8Array.of(1, 2, 3));
    note();
    ws.send(new Blob(['1234567890']));
    ws.send('x'.repeat(100));
    note();
    await settled();
    note();
    side.unstall();
    await settled();
    note();
    expect(amounts).toEqual([7, 7, 7, 10, 120, 120, 0]);
  });

  test.each([true, false])('compressed or not (%p)', async (compress) => {
    const { ws, side } = extended(end, {}, new ShrinkingSession());
    side.stall();
    for (const payload of ['x'.repeat(30_000), Buffer.alloc(20_000)])
      ws.send(payload, { compress });
    expect(ws.bufferedAmount).toBe(50_000);
    await settled();
    expect(ws.bufferedAmount).toBe(50_000);
    side.unstall();
    await settled();
    expect(ws.bufferedAmount).toBe(0);
  });

  test('those of a write that control frames are part of', async () => {
    const joined = new Joined().open();
    const ws = joined[end];
    joined[`${end}Side`].stall();
    ws.ping('x'.repeat(100));
    ws.send('12345');
    ws.ping('x'.repeat(100));
    await settled();
    expect(ws.bufferedAmount).toBe(5);
    joined[`${end}Side`].unstall();
    await settled();
    expect(ws.bufferedAmount).toBe(0);
  });

  test('no control frames, nor headers', async () => {
    const joined = new Joined().open();
    const ws = joined[end];
    const peer = joined[end === 'client' ? 'server' : 'client'];
    joined[`${end}Side`].stall();
    ws.send('');
    ws.ping('ping');
    await settled();
    peer.ping('answered');
    await settled();
    ws.close(1000, 'reason');
    await settled();
    expect(joined[`${end}Side`].writableLength).toBeGreaterThan(0);
    expect(ws.bufferedAmount).toBe(0);
    joined[`${end}Side`].unstall();
    await settled();
  });
});

describe('before the connection is open', () => {
  test('send() says whether there is room, and drain when there is', async () => {
    const joined = new Joined('hybi-13', { highWaterMark: 1000 });
    const { client } = joined;
    const drain = jest.fn();
    client.on('drain', drain);
    expect([client.send('x'.repeat(100)), client.send('x'.repeat(1000))]).toEqual([true, false]);
    await settled();
    expect(drain).not.toHaveBeenCalled();
    joined.open();
    await settled();
    expect(drain).toHaveBeenCalledTimes(1);
  });

  test('drop: no more than maxBufferedAmount waits', async () => {
    const joined = new Joined('hybi-13', { maxBufferedAmount: 1000, slowReader: 'drop' });
    const events = record(joined.server);
    const sent = Array.from({ length: 10 }, () => joined.client.send('x'.repeat(300)));
    expect(sent.slice(3)).toEqual(Array.from({ length: 7 }, () => false));
    expect(joined.client.bufferedAmount).toBeLessThanOrEqual(1000);
    joined.open();
    await settled();
    expect(events.filter(([type]) => type === 'message')).toHaveLength(
      10 - joined.client.droppedMessages,
    );
    expect(joined.client.droppedMessages).toBeGreaterThanOrEqual(7);
  });

  test('close: it does not open', async () => {
    const { client } = new Joined('hybi-13', { maxBufferedAmount: 1000 });
    const events = record(client);
    for (let count = 0; count < 10; count++) client.send('x'.repeat(300));
    expect(client.readyState).toBe(2);
    await settled();
    expect(events).toEqual([
      ['error', 'WS_ERR_SLOW_READER'],
      ['close', 1006, '', false],
    ]);
  });

  test.each(['close', 'drop'] as const)(
    '%s: one longer message waits alone',
    async (slowReader) => {
      const joined = new Joined('hybi-13', { maxBufferedAmount: 1000, slowReader });
      const events = record(joined.server);
      joined.client.send('x'.repeat(5000));
      expect([joined.client.readyState, joined.client.bufferedAmount]).toEqual([0, 5000]);
      joined.open();
      await settled();
      expect(events).toEqual([['open'], ['message', 'x'.repeat(5000)]]);
    },
  );
});

const MARK = 10_000;

/** Things that happen to a connection whose extension takes its time, and whose network does too. */
const STEPS = ['send', 'chat', 'release', 'stall', 'unstall', 'turn'] as const;
type Step = (typeof STEPS)[number];

describe('drain', () => {
  test('comes only when less than highWaterMark waits, whoever else gets the connection to flush', async () => {
    const { ws, peer, session } = extended('server', { highWaterMark: MARK });
    const waited: number[] = [];
    let isReady = true;
    ws.on('message', () => undefined);
    ws.on('drain', () => {
      waited.push(ws.bufferedAmount);
      isReady = true;
    });
    for (let rounds = 0; rounds < 300; rounds++) {
      for (let sent = 0; isReady; sent++) {
        expect(sent).toBeLessThan(5);
        isReady = ws.send(`~${'x'.repeat(3000)}`);
      }
      peer.send('chat');
      await turn();
      if (rounds % 5 === 0) session.current.release();
    }
    expect(waited.length).toBeGreaterThan(5);
    expect(Math.max(...waited)).toBeLessThan(MARK);
    ws.terminate();
  });

  test('comes when it is owed, once, and at no other time, whatever happens', async () => {
    const steps = fc.array(fc.constantFrom(...STEPS), { minLength: 5, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(steps, async (all) => expectDrains(all)),
      { numRuns: 150 },
    );
  });
});

async function expectDrains(steps: readonly Step[]): Promise<void> {
  const { ws, peer, session, side } = extended('server', { highWaterMark: MARK });
  const { sender } = connectionOf(ws);
  let owed = false;
  const wrong: string[] = [];
  ws.on('message', () => undefined);
  ws.on('drain', () => {
    if (!owed) wrong.push('not owed');
    if (sender.waiting >= MARK) wrong.push(`${sender.waiting} wait`);
    owed = false;
  });
  let released = 0;
  const releaseNext = (): void => session.held[released]?.release();
  const happen: Record<Step, () => unknown> = {
    send: () => (owed = !ws.send(`~${'x'.repeat(4000)}`) || owed),
    chat: () => peer.send('chat'),
    release: () => {
      releaseNext();
      released = Math.min(released + 1, session.held.length);
    },
    stall: () => side.stall(),
    unstall: () => side.unstall(),
    turn,
  };
  for (const step of steps) await happen[step]();
  side.unstall();
  for (let left = steps.length + 1; left > 0; left--) {
    happen.release();
    await settled();
  }
  expect({ wrong, owed, waiting: sender.waiting }).toEqual({ wrong: [], owed: false, waiting: 0 });
  ws.terminate();
}
