/** A peer that is lost while the application holds its messages back: `close` comes all the same. */
import { once } from 'node:events';
import { Writable } from 'node:stream';
import { CLIENT, encodeFrame, OPCODE } from '@ws/frame-parser';
import { destroyPairs, socketPair } from '../../test/socket-pair';
import type { SocketPair } from '../../test/socket-pair';
import { turn } from '../../test/turns';
import type { CloseEvent } from '../api/events';
import type { WebSocket } from '../api/websocket';

/** Milliseconds: the tests take as long. */
const CLOSE_TIMEOUT = 40;

afterEach(destroyPairs);

const text = (length: number): Uint8Array =>
  encodeFrame(CLIENT, { opcode: OPCODE.TEXT, payload: 'x'.repeat(length) });

/** Ways to hold messages back. */
const HOLDERS: [string, (ws: WebSocket) => void][] = [
  ['pause()', (ws) => ws.pause()],
  ['an iterator that is not asked', (ws) => void ws[Symbol.asyncIterator]()],
  ['a stream that is not read', (ws) => void ws.stream().on('error', () => undefined)],
  [
    'web streams of which only the writable is used',
    (ws) => {
      const writer = ws.webStreams().writable.getWriter();
      writer.closed.catch(() => undefined);
      void writer.write('hello').catch(() => undefined);
    },
  ],
  [
    'a pipe to what takes nothing',
    (ws) =>
      void ws.pipe(new Writable({ objectMode: true, highWaterMark: 1, write: () => undefined })),
  ],
];

const UNREAD: [string, Uint8Array][] = [
  ['nothing', new Uint8Array(0)],
  ['a message', text(10)],
  ['more than is kept', Buffer.concat(Array.from({ length: 100 }, () => text(5000)))],
];

const LOSSES: [string, (pair: SocketPair) => void][] = [
  ['resets', ({ far }) => void far.resetAndDestroy()],
  ['is gone', ({ far }) => void far.destroy()],
];

describe.each(HOLDERS)('%s', (_holder, hold) => {
  describe.each(UNREAD)('with %s unread', (_unread, unread) => {
    test.each(LOSSES)('the peer %s', async (_loss, lose) => {
      const pair = await socketPair({ closeTimeout: CLOSE_TIMEOUT });
      const closed = new Promise<CloseEvent>((resolve) => pair.ws.once('close', resolve));
      hold(pair.ws);
      pair.far.write(unread);
      for (let turns = 0; turns < 5; turns++) await turn();
      lose(pair);
      const { code } = await closed;
      expect([code, pair.ws.readyState, pair.near.destroyed]).toEqual([1006, 3, true]);
    });
  });
});

test('while it is paused, the peer is pinged', async () => {
  const { ws, far } = await socketPair({ ping: 0.02, pingTimeout: 20 });
  ws.pause();
  const received: Buffer[] = [];
  far.on('data', (chunk) => received.push(chunk)).resume();
  while (Buffer.concat(received).byteLength < 6) await once(far, 'data');
  expect(Buffer.concat(received).subarray(0, 6)).toEqual(Buffer.of(0x89, 0, 0x89, 0, 0x89, 0));
  expect(ws.readyState).toBe(1);
});
