/** The programs of the how-to pages about the end of connections do what the pages say. */
import { RawClient } from '../../../websocket/test/support/raw-client';
import { releaseLater } from '../../../websocket/test/support/release';
import type WebSocketClass from '@ws/websocket';
import type { WebSocketServer } from '@ws/websocket';
import type * as Heartbeat from '../../src/how-to/heartbeat';
import type * as HeartbeatServer from '../../src/how-to/heartbeat-server';
import { watch } from '../../src/how-to/heartbeat-page';
import { stayConnected } from '../../src/how-to/reconnecting';
import type * as WhyClosed from '../../src/how-to/why-closed';
import type * as EndingSessions from '../../src/how-to/ending-sessions';
import { next } from '../endings';
import { dial, load, portOf, urlOf } from './listening';

type FakeTimersConfig = Parameters<typeof jest.useFakeTimers>[0];

const FAKED: FakeTimersConfig = { doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] };

let log: jest.SpyInstance;

beforeEach(() => {
  log = jest.spyOn(console, 'log').mockImplementation(() => {});
});

afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

/** The next line that is logged. */
function logged(): Promise<unknown[]> {
  return new Promise((resolve) => log.mockImplementationOnce((...line) => resolve(line)));
}

/** Lets what was sent arrive, while the clock is a fake one. */
async function advance(milliseconds: number): Promise<void> {
  await jest.advanceTimersByTimeAsync(milliseconds);
  for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
}

test('why-closed: the log says who has ended a connection, and by which error', async () => {
  const { server } = load<typeof WhyClosed>('why-closed');
  const clean = logged();
  const ws = dial(await urlOf(server));
  await ws.opened;
  ws.close(1000);
  expect(await clean).toEqual(['closed with 1000 by remote:', 'no error']);

  const lost = logged();
  (await RawClient.open(await portOf(server))).socket.end();
  expect(await lost).toEqual(['closed with 1006 by network:', 'WS_ERR_NO_CLOSING_FRAME']);
});

describe('heartbeat', () => {
  test('the server ends the connection of a client that does not answer its ping', async () => {
    const { server } = load<typeof Heartbeat>('heartbeat');
    const port = await portOf(server);
    jest.useFakeTimers(FAKED);
    await RawClient.open(port);
    while (server.clients.size === 0) await new Promise(setImmediate);
    const [ws] = server.clients;
    const ended = new Promise((resolve) => ws.on('close', ({ cause }) => resolve(cause?.code)));
    await advance(30_000);
    await advance(10_000);
    expect(await ended).toBe('WS_ERR_PING_TIMEOUT');
  });

  test('a client and a server that answer stay connected', async () => {
    const { server, connect } = load<typeof Heartbeat>('heartbeat');
    const url = await urlOf(server);
    jest.useFakeTimers(FAKED);
    const ws = connect(url);
    releaseLater(() => ws.terminate());
    await ws.opened;
    for (let minute = 0; minute < 4; minute++) await advance(30_000);
    expect(ws.readyState).toBe(ws.OPEN);
  });

  test('a page that receives nothing for 30 seconds is called back', async () => {
    const { server } = load<typeof HeartbeatServer>('heartbeat-server');
    const url = await urlOf(server);
    const ws = dial(url);
    await ws.opened;
    jest.useFakeTimers(FAKED);
    const onLost = jest.fn();
    watch(ws as unknown as WebSocket, onLost);
    await advance(29_000);
    ws.dispatchEvent(new MessageEvent('message'));
    await advance(29_000);
    expect(onLost).not.toHaveBeenCalled();
    await advance(1_000);
    expect(onLost).toHaveBeenCalledTimes(1);
  });

  test('the server sends a message every 20 seconds', async () => {
    jest.useFakeTimers(FAKED);
    const { server } = load<typeof HeartbeatServer>('heartbeat-server');
    const ws = dial(await urlOf(server));
    await ws.opened;
    while (server.clients.size === 0) await new Promise(setImmediate);
    const heard = next(ws, 'message');
    await advance(20_000);
    expect((await heard).data).toBe('heartbeat');
  });
});

describe('ending-sessions', () => {
  const session = (): { user: string; expires: number } => ({
    user: 'Ada',
    expires: Date.now() + 60_000,
  });

  async function enter(chat: WebSocketServer<never>, sid: string): Promise<WebSocketClass> {
    const ws = dial(await urlOf(chat), [], { headers: { Cookie: `sid=${sid}` } });
    await ws.opened;
    return ws;
  }

  test('a logout closes the connections of that session, and of no other', async () => {
    const { chat, logOut, sessions } = load<typeof EndingSessions>('ending-sessions');
    for (const id of ['one', 'two']) sessions.set(id, session());
    const [one, two] = [await enter(chat as never, 'one'), await enter(chat as never, 'two')];
    const closed = next(one, 'close');
    logOut('one');
    const { code, reason } = await closed;
    expect([code, reason]).toEqual([4401, 'You have logged out.']);
    expect(two.readyState).toBe(two.OPEN);
  });

  test('a session whose time is over ends its connections, one of thirty days does not', async () => {
    jest.useFakeTimers(FAKED);
    const { chat, sessions } = load<typeof EndingSessions>('ending-sessions');
    sessions.set('short', session());
    sessions.set('long', { user: 'Bob', expires: Date.now() + 30 * 24 * 3_600_000 });
    const [short, long] = [await enter(chat as never, 'short'), await enter(chat as never, 'long')];
    const closed = next(short, 'close');
    for (let seconds = 0; seconds < 70; seconds += 10) await advance(10_000);
    expect((await closed).code).toBe(4401);
    expect(long.readyState).toBe(long.OPEN);
  });

  test('a session whose time is over lets nobody in', async () => {
    const { chat, sessions } = load<typeof EndingSessions>('ending-sessions');
    sessions.set('one', { user: 'Ada', expires: Date.now() });
    await expect(enter(chat as never, 'one')).rejects.toMatchObject({ statusCode: 401 });
  });
});

describe('reconnecting', () => {
  test('a lost connection is made again, later each time while it fails', async () => {
    const { server } = load<typeof WhyClosed>('why-closed');
    const url = await urlOf(server);
    const controller = new AbortController();
    releaseLater(() => controller.abort());
    const delays: number[] = [];
    const { setTimeout } = globalThis;
    jest
      .spyOn(globalThis, 'setTimeout')
      .mockImplementation((action: () => void, delay?: number) => {
        if (action.name !== 'connect') return setTimeout(action, delay);
        delays.push(delay!);
        return setTimeout(action, 0);
      });
    let opened = 0;
    await new Promise<void>((resolve) => {
      stayConnected(
        url,
        (ws) => {
          opened += 1;
          if (opened === 3) resolve();
          else ws.terminate();
        },
        controller.signal,
      );
    });
    expect(delays).toHaveLength(2);
    for (const delay of delays) {
      expect(delay).toBeGreaterThanOrEqual(250);
      expect(delay).toBeLessThan(500);
    }
  });

  test('the signal ends the wait for the next attempt, too', async () => {
    const { server } = load<typeof WhyClosed>('why-closed');
    const controller = new AbortController();
    const timers = jest.spyOn(globalThis, 'setTimeout');
    const cleared = jest.spyOn(globalThis, 'clearTimeout');
    const lost = logged();
    stayConnected(await urlOf(server), (ws) => ws.terminate(), controller.signal);
    await lost;
    const waits = (): number => timers.mock.calls.findIndex(([{ name }]) => name === 'connect');
    while (waits() === -1) await new Promise(setImmediate);
    controller.abort();
    expect(cleared).toHaveBeenCalledWith(timers.mock.results[waits()].value);
  });

  test('a connection that has ended well is not made again', async () => {
    const { server } = load<typeof WhyClosed>('why-closed');
    const url = await urlOf(server);
    const timers = jest.spyOn(globalThis, 'setTimeout');
    const ended = logged();
    stayConnected(url, (ws) => ws.close(1000));
    await ended;
    expect(timers.mock.calls.filter(([action]) => action.name === 'connect')).toEqual([]);
  });
});
