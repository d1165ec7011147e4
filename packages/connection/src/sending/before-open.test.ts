/** What is sent before the connection is open has the limits of what is sent later. */
import { settled } from '../../test/duplex-pair';
import { ENDS, Joined, record } from '../../test/memory-opening';

const LIMIT = 2 ** 20;

describe.each(ENDS)('the account of a %s before open', (end) => {
  test.each(['', 'x', 'x'.repeat(1000)])(
    'has an end for a loop of send(): text %#',
    async (text) => {
      const { [end]: ws } = new Joined();
      let sent = 0;
      while (ws.send(text)) if (++sent > 100_000) break;
      expect(sent).toBeLessThan(1000);
      ws.terminate();
      await settled();
    },
  );

  test.each([Buffer.alloc(100_000), 'x'.repeat(100_000), new Blob([Buffer.alloc(100_000)])])(
    'keeps to maxBufferedAmount: payload %#',
    async (payload) => {
      const { [end]: ws } = new Joined('hybi-13', { maxBufferedAmount: LIMIT });
      const events = record(ws);
      const amounts: number[] = [];
      for (let count = 0; count < 500; count++) {
        ws.send(payload);
        if (ws.readyState === 0) amounts.push(ws.bufferedAmount);
      }
      expect(Math.max(...amounts)).toBeLessThanOrEqual(LIMIT);
      await settled();
      expect(events[0]).toEqual(['error', 'WS_ERR_SLOW_READER']);
    },
  );
});
