/** Who began the end of a connection, and how: what its close event tells, and that it is told once. */
import { getEventListeners } from 'node:events';
import { OPCODE } from '@ws/frame-parser';
import { settled } from '../../test/duplex-pair';
import type { Side } from '../../test/duplex-pair';
import { ENDS, Joined, writeRaw } from '../../test/memory-opening';
import { ConnectionError } from './connection-error';
import type { CloseEvent } from '../api/events';
import type { ConnectionOptions } from '../options';
import type { WebSocket } from '../api/websocket';

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
});
afterEach(() => {
  expect(jest.getTimerCount()).toBe(0);
  jest.useRealTimers();
});

/** One end of a connection, and all that can happen to it. */
interface Scene {
  readonly ws: WebSocket;
  readonly side: Side;
  /** The peer, open only when the row says so. */
  readonly peer: WebSocket;
  readonly peerSide: Side;
  readonly controller: AbortController;
  readonly fail: (error: Error) => void;
  readonly writeFromPeer: (opcode: number, payload: string | Uint8Array) => void;
}

interface Row {
  readonly how: string;
  /** Whether this end and the peer are open; a peer that is not is a stream that nobody answers on. */
  readonly open: 'both' | 'alone' | 'neither';
  readonly options?: ConnectionOptions;
  readonly act: (scene: Scene) => unknown;
  readonly ending: Partial<CloseEvent>;
  /** The code of the cause. */
  readonly cause: string | null;
  /** The code of the error event. */
  readonly error: string | null;
}

const NOTHING_SAID = { code: 1006, reason: '', wasClean: false, sent: null, received: null };
const coded = (code: string): Error => Object.assign(new Error(code), { code });
const status = (code: number, reason = '') => ({ code, reason });

const ROWS: Row[] = [
  {
    how: 'close()',
    open: 'both',
    act: ({ ws }) => ws.close(4001, 'bye'),
    ending: {
      ...{ code: 4001, reason: 'bye', wasClean: true, initiator: 'local' },
      ...{ sent: status(4001, 'bye'), received: status(4001, 'bye') },
    },
    cause: null,
    error: null,
  },
  {
    how: 'close() by the peer',
    open: 'both',
    act: ({ peer }) => peer.close(4002, 'go'),
    ending: {
      ...{ code: 4002, reason: 'go', wasClean: true, initiator: 'remote' },
      ...{ sent: status(4002, 'go'), received: status(4002, 'go') },
    },
    cause: null,
    error: null,
  },
  {
    how: 'close() by both at once',
    open: 'both',
    act: ({ ws, peer }) => [ws.close(4001), peer.close(4002)],
    ending: {
      ...{ code: 4002, wasClean: true, initiator: 'local' },
      ...{ sent: status(4001), received: status(4002) },
    },
    cause: null,
    error: null,
  },
  {
    how: 'the end of the stream',
    open: 'alone',
    act: ({ peerSide }) => peerSide.end(),
    ending: { ...NOTHING_SAID, initiator: 'network' },
    cause: 'WS_ERR_NO_CLOSING_FRAME',
    error: null,
  },
  {
    how: 'close(), answered by the end of the stream',
    open: 'alone',
    act: ({ ws, peerSide }) => [ws.close(1000), peerSide.end()],
    ending: { ...NOTHING_SAID, initiator: 'local', sent: status(1000) },
    cause: 'WS_ERR_NO_CLOSING_FRAME',
    error: null,
  },
  {
    how: 'a reset',
    open: 'alone',
    act: ({ side }) => side.destroy(coded('ECONNRESET')),
    ending: { ...NOTHING_SAID, initiator: 'network' },
    cause: 'ECONNRESET',
    error: 'ECONNRESET',
  },
  {
    how: 'close(), answered by a reset',
    open: 'alone',
    act: async ({ ws, side }) => {
      ws.close(1000);
      await settled();
      side.destroy(coded('ECONNRESET'));
    },
    ending: { ...NOTHING_SAID, initiator: 'local', sent: status(1000) },
    cause: 'ECONNRESET',
    error: 'ECONNRESET',
  },
  {
    how: 'close() by the peer, then a reset',
    open: 'alone',
    act: async ({ writeFromPeer, side }) => {
      writeFromPeer(OPCODE.CLOSE, Uint8Array.of(3, 232));
      await settled();
      side.destroy(coded('ECONNRESET'));
    },
    ending: {
      ...{ code: 1000, wasClean: true, initiator: 'remote' },
      ...{ sent: status(1000), received: status(1000) },
    },
    cause: null,
    error: null,
  },
  {
    how: 'a breach of the protocol',
    open: 'both',
    act: ({ writeFromPeer }) => writeFromPeer(3, ''),
    ending: {
      ...NOTHING_SAID,
      initiator: 'protocol',
      sent: expect.objectContaining({ code: 1002 }) as never,
    },
    cause: 'WS_ERR_INVALID_OPCODE',
    error: 'WS_ERR_INVALID_OPCODE',
  },
  {
    how: 'close(), never answered',
    open: 'alone',
    act: async ({ ws }) => {
      ws.close(1000);
      await settled();
      jest.advanceTimersByTime(30_100);
    },
    ending: { ...NOTHING_SAID, initiator: 'local', sent: status(1000) },
    cause: 'WS_ERR_CLOSE_TIMEOUT',
    error: 'WS_ERR_CLOSE_TIMEOUT',
  },
  {
    how: 'close(), never answered, while the peer is being watched',
    open: 'alone',
    options: { ping: 1, pingTimeout: 1000, idleTimeout: 1000, closeTimeout: 10_000 },
    act: async ({ ws, side }) => {
      ws.close(1000);
      await settled();
      jest.advanceTimersByTime(9000);
      expect([side.destroyed, side.writes.length]).toEqual([false, 1]);
      jest.advanceTimersByTime(1100);
    },
    ending: { ...NOTHING_SAID, initiator: 'local', sent: status(1000) },
    cause: 'WS_ERR_CLOSE_TIMEOUT',
    error: 'WS_ERR_CLOSE_TIMEOUT',
  },
  {
    how: 'a peer that is silent after a ping',
    open: 'alone',
    options: { ping: 1, pingTimeout: 500 },
    act: async () => {
      jest.advanceTimersByTime(1100);
      await settled();
      jest.advanceTimersByTime(600);
    },
    ending: { ...NOTHING_SAID, initiator: 'timeout' },
    cause: 'WS_ERR_PING_TIMEOUT',
    error: 'WS_ERR_PING_TIMEOUT',
  },
  {
    how: 'idleness',
    open: 'alone',
    options: { idleTimeout: 1000 },
    act: () => jest.advanceTimersByTime(1100),
    ending: { ...NOTHING_SAID, initiator: 'timeout' },
    cause: 'WS_ERR_IDLE_TIMEOUT',
    error: 'WS_ERR_IDLE_TIMEOUT',
  },
  {
    how: 'terminate()',
    open: 'both',
    act: ({ ws, peerSide }) => [ws.terminate(), peerSide.destroy()],
    ending: { ...NOTHING_SAID, initiator: 'local' },
    cause: 'WS_ERR_TERMINATED',
    error: null,
  },
  {
    how: 'the signal',
    open: 'alone',
    act: ({ controller }) => controller.abort('why'),
    ending: { ...NOTHING_SAID, initiator: 'local' },
    cause: 'WS_ERR_ABORTED',
    error: null,
  },
  {
    how: 'a peer that reads too slowly',
    open: 'both',
    options: { maxBufferedAmount: 1000 },
    act: ({ ws }) => [600, 600].map((length) => ws.send('x'.repeat(length))),
    ending: {
      ...{ code: 1013, reason: '', wasClean: true, initiator: 'local' },
      ...{ sent: status(1013), received: status(1013) },
    },
    cause: 'WS_ERR_SLOW_READER',
    error: null,
  },
  ...(
    [
      ['terminate() before open', 'local', 'WS_ERR_TERMINATED', ({ ws }) => ws.terminate()],
      ['the signal before open', 'local', 'WS_ERR_ABORTED', ({ controller: it }) => it.abort()],
      ['a refusal', 'protocol', 'WS_ERR_REFUSED', ({ fail }) => fail(coded('WS_ERR_REFUSED'))],
      ['no connection', 'network', 'ECONNREFUSED', ({ fail }) => fail(coded('ECONNREFUSED'))],
      [
        ...(['a handshake that takes too long', 'timeout', 'WS_ERR_HANDSHAKE_TIMEOUT'] as const),
        ({ fail }) => fail(new ConnectionError('WS_ERR_HANDSHAKE_TIMEOUT')),
      ],
    ] satisfies [string, CloseEvent['initiator'], string, Row['act']][]
  ).map(([how, initiator, code, act]): Row => ({
    ...{ how, open: 'neither', act, cause: code, error: code },
    ending: { ...NOTHING_SAID, initiator },
  })),
];

describe.each(ENDS)('the end of a connection, seen by the %s', (name) => {
  const peerName = name === 'client' ? 'server' : 'client';

  test.each(ROWS)('$how', async ({ open, options, act, ending, cause, error }) => {
    const controller = new AbortController();
    const { signal } = controller;
    const joined = new Joined('hybi-13', { ...options, signal });
    const { [name]: ws, [peerName]: peer } = joined;
    const closes: CloseEvent[] = [];
    const errors: unknown[] = [];
    ws.on('close', (event) => closes.push(event));
    ws.on('error', (event) => errors.push((event.error as { code?: unknown }).code));
    if (open !== 'neither') joined.openings[name].open();
    if (open === 'both') joined.openings[peerName].open();
    else joined[`${peerName}Side`].resume();
    await act({
      ...{ ws, peer, controller, side: joined[`${name}Side`] },
      peerSide: joined[`${peerName}Side`],
      fail: (reason) => joined.openings[name].fail(reason),
      writeFromPeer: (opcode, payload) => writeRaw(joined, peerName, { opcode, payload }),
    });
    await settled();
    joined[`${peerName}Side`].end();
    await settled();
    expect(closes).toHaveLength(1);
    expect(closes[0]).toMatchObject(ending);
    expect((closes[0].cause as { code?: string } | null)?.code ?? null).toBe(cause);
    expect(errors).toEqual(error === null ? [] : [error]);
    peer.terminate();
    joined.clientSide.destroy();
    joined.serverSide.destroy();
    await settled();
    expect(getEventListeners(signal, 'abort')).toEqual([]);
    expect([ws.readyState, closes.length]).toEqual([3, 1]);
  });
});

test('the listener of the signal is none that the application sees, or can remove', async () => {
  const controller = new AbortController();
  const { client } = new Joined('hybi-13', { signal: controller.signal }).open();
  expect(client.listenerCount('close')).toBe(0);
  client.removeAllListeners();
  const close = new Promise<CloseEvent>((resolve) => client.once('close', resolve));
  controller.abort('why');
  expect((await close).cause).toMatchObject({ code: 'WS_ERR_ABORTED', cause: 'why' });
  await settled();
});
