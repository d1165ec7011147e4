/** `ws.opened` and `ws.closed`: asked for before, between and after, and never a rejection that nobody asked for. */
import { expectTypeOf } from 'expect-type';
import { settled } from '../../test/duplex-pair';
import { ENDS, Joined } from '../../test/memory-opening';
import { failedOpening, type Ending } from '../lifecycle/ending';
import { listenersOf } from './event-target';
import type { WebSocket } from './websocket';

const refused = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
const CLEAN = { code: 1000, reason: 'bye', wasClean: true, cause: null };
let unhandled: unknown[];

const note = (reason: unknown): unknown => unhandled.push(reason);

beforeEach(() => {
  unhandled = [];
  process.on('unhandledRejection', note);
});

afterEach(async () => {
  await new Promise((resolve) => setImmediate(resolve));
  process.off('unhandledRejection', note);
  expect(unhandled).toEqual([]);
});

describe.each(ENDS)('%s', (name) => {
  const initiator = name === 'client' ? 'local' : 'remote';

  test('asked for before it is open', async () => {
    const joined = new Joined();
    const { opened, closed } = joined[name];
    joined.open();
    expect(await opened).toBe(joined[name]);
    joined.client.close(1000, 'bye');
    expect(await closed).toMatchObject({ ...CLEAN, initiator });
  });

  test('asked for when it is open, and when it has closed', async () => {
    const joined = new Joined().open();
    expect(await joined[name].opened).toBe(joined[name]);
    joined.client.close(1000, 'bye');
    await settled();
    expect(await joined[name].opened).toBe(joined[name]);
    expect(await joined[name].closed).toEqual({
      ...CLEAN,
      initiator,
      sent: { code: 1000, reason: 'bye' },
      received: { code: 1000, reason: 'bye' },
    });
  });

  test.each(['before', 'after'])('it cannot be opened; asked for %s that', async (when) => {
    const joined = new Joined();
    const { [name]: ws, openings } = joined;
    const before = when === 'before' ? [ws.opened, ws.closed] : [];
    openings[name].fail(refused);
    const [opened, closed] = when === 'before' ? before : [ws.opened, ws.closed];
    await expect(opened).rejects.toBe(refused);
    expect(await closed).toMatchObject({ code: 1006, wasClean: false, cause: refused });
  });

  test('it cannot be opened, and nobody waits', async () => {
    const joined = new Joined();
    const { opened } = joined[name];
    joined.openings[name].fail(refused);
    await settled();
    expect(opened).toBeInstanceOf(Promise);
  });

  test('given up before it is open', async () => {
    const { [name]: ws } = new Joined();
    const { opened, closed } = ws;
    ws.terminate();
    await expect(opened).rejects.toMatchObject({ code: 'WS_ERR_TERMINATED' });
    expect(await closed).toMatchObject({ code: 1006, initiator: 'local' });
  });

  test('lost: closed is fulfilled with the cause', async () => {
    const joined = new Joined().open();
    const { closed } = joined[name];
    joined[`${name}Side`].destroy(refused);
    expect(await closed).toMatchObject({ code: 1006, initiator: 'network', cause: refused });
  });
});

test.each(['before', 'after'])('closed before it is open; asked for %s that', async (when) => {
  const joined = new Joined();
  const { server } = joined;
  const before = when === 'before' ? server.opened : null;
  server.close(4401, 'unauthorized');
  joined.open();
  expect(await server.closed).toMatchObject({ code: 4401, wasClean: true, cause: null });
  await expect(before ?? server.opened).rejects.toMatchObject({ code: 'WS_ERR_CLOSED_EARLY' });
});

test('they are settled behind the listeners, and the same whenever they are asked for', async () => {
  const joined = new Joined();
  const { client } = joined;
  const order: string[] = [];
  const { opened, closed } = client;
  void opened.then(() => order.push('opened'));
  void closed.then(() => order.push('closed'));
  client.on('open', () => order.push('open'));
  client.on('close', (event) => {
    order.push('close');
    event.stopImmediatePropagation();
  });
  expect([client.opened, client.closed]).toEqual([opened, closed]);
  client.dispatchEvent(new Event('open'));
  client.dispatchEvent(new Event('close'));
  await settled();
  expect(order).toEqual(['open', 'close']);
  joined.open();
  client.removeAllListeners('open');
  await settled();
  client.terminate();
  await closed;
  expect(order).toEqual(['open', 'close', 'open', 'opened', 'close', 'closed']);
  expect([client.opened, client.closed]).toEqual([opened, closed]);
});

test.each([
  ['nobody waits', (): void => undefined, 0],
  ['somebody waited for the opening', (ws: WebSocket) => void ws.opened, 0],
  ['somebody waits for the end', (ws: WebSocket) => void ws.closed, 1],
])('an error that is made when somebody looks: %s', async (_, wait, times) => {
  const joined = new Joined();
  wait(joined.client);
  joined.open();
  const looks = jest.fn(() => new Error('made'));
  const ending = { ...failedOpening(new Error('lost'), false) };
  Object.defineProperty(ending, 'cause', { get: looks });
  listenersOf(joined.client).end(ending);
  await settled();
  expect(looks).toHaveBeenCalledTimes(times);
  joined.client.terminate();
});

test('they are no listeners, and can be printed', async () => {
  const { client } = new Joined();
  void client.opened;
  void client.closed;
  expect(client.listenerCount('open') + client.listenerCount('close')).toBe(0);
  client.terminate();
  const ending = await client.closed;
  expectTypeOf(ending).toEqualTypeOf<Ending>();
  expectTypeOf(client.opened).resolves.toEqualTypeOf<WebSocket>();
  expect(Object.keys(ending)).toEqual(
    'code reason wasClean initiator cause sent received'.split(' '),
  );
});
