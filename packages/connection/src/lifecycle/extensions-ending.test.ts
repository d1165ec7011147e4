/** What becomes of a message that an extension takes its time for, when the connection ends first. */
import type { Pipeline } from '@ws/extensions';
import { extended } from '../../test/controlled-extension';
import { settled, Side } from '../../test/duplex-pair';
import { ENDS, MemoryOpening, record } from '../../test/memory-opening';
import { connectionSettings } from '../options';
import { SERVER } from '../protocol/role';
import { WebSocket } from '../api/websocket';

class Slow {
  readonly rsv = 4;
  #reject: (error: Error) => void = () => undefined;

  outgoing(): Promise<never> {
    return new Promise((_resolve, reject) => {
      this.#reject = reject;
    });
  }

  fail(): void {
    this.#reject(new Error('no more'));
  }

  close(): void {
    this.fail();
  }
}

function opened(): { slow: Slow; ws: WebSocket; events: unknown[][]; told: unknown[] } {
  const slow = new Slow();
  const [stream] = Side.pair();
  const pipeline = slow as unknown as Pipeline;
  const opening = new MemoryOpening(SERVER, { stream, pipeline });
  const ws = new WebSocket(opening, connectionSettings({}));
  const events = record(ws);
  opening.open();
  events.length = 0;
  const told: unknown[] = [];
  ws.send('one', (error) => told.push(['one', (error as { code?: string } | null)?.code]));
  ws.send('two', (error) => told.push(['two', (error as { code?: string } | null)?.code]));
  return { slow, ws, events, told };
}

const BOTH = [
  ['one', 'WS_ERR_NOT_SENT'],
  ['two', 'WS_ERR_NOT_SENT'],
];

test('terminate(): its sender is told once, and there is no error', async () => {
  const { ws, events, told } = opened();
  ws.terminate();
  await settled();
  expect(told).toEqual(BOTH);
  expect(events).toEqual([['close', 1006, '', false]]);
});

test('the extension fails: its sender is told once, there is one error', async () => {
  const { slow, ws, events, told } = opened();
  slow.fail();
  await settled();
  expect(told).toEqual(BOTH);
  expect(events).toEqual([['error', 'WS_ERR_NOT_SENT']]);
  ws.terminate();
  await settled();
  expect(told).toEqual(BOTH);
});

describe.each(ENDS)('the %s', (end) => {
  test.each([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10])(
    'tells senders once, in order, when the end comes %d microtasks after the work',
    async (microtasks) => {
      const { ws, session } = extended(end);
      const told: string[] = [];
      ws.send('~a', () => told.push('a'));
      ws.send('b', () => told.push('b'));
      await settled();
      session.current.release();
      for (let count = 0; count < microtasks; count++) await Promise.resolve();
      ws.terminate();
      await settled();
      expect(told).toEqual(['a', 'b']);
    },
  );
});
