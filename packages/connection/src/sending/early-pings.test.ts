/** Pings before the connection is open: they wait, in order and within bounds, as what is sent does. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { settled } from '../../test/duplex-pair';
import { ENDS, Joined } from '../../test/memory-opening';
import { HIXIE } from '../../test/pair';
import type { WebSocket } from '../api/websocket';
import type { WebSocketError } from '../lifecycle/websocket-error';

const NOT_SENT = { code: 'WS_ERR_NOT_SENT' };

/** What a WebSocket hears, in order. */
function heardBy(ws: WebSocket): string[] {
  const heard: string[] = [];
  ws.on('message', ({ data }) => heard.push(`message ${String(data)}`));
  ws.on('ping', ({ data }) => heard.push(`ping ${data.toString()}`));
  return heard;
}

/** The codes of errors that callbacks were told, null for none. */
function codes(told: readonly (WebSocketError | null)[]): unknown[] {
  return told.map((error) => error && (error as { code?: unknown }).code);
}

describe.each(ENDS)('ping() by a %s before open', (name) => {
  const peerName = name === 'client' ? 'server' : 'client';

  test('is sent behind what was sent before, and in front of what was sent later', async () => {
    const joined = new Joined();
    const ws = joined[name];
    const heard = heardBy(joined[peerName]);
    expect(ws.ping('0')).toBe(true);
    ws.send('a');
    expect(ws.ping('1')).toBe(true);
    ws.send(new Blob(['b']));
    expect(ws.ping('2')).toBe(true);
    ws.send('c');
    joined.open();
    await settled();
    expect(heard).toEqual(['ping 0', 'message a', 'ping 1', 'message b', 'ping 2', 'message c']);
  });

  test('calls back when the answer has come, in the context of the caller', async () => {
    const joined = new Joined();
    const context = new AsyncLocalStorage<string>();
    const told: unknown[] = [];
    context.run('here', () => {
      joined[name].ping((error) => told.push(error, context.getStore()));
    });
    await settled();
    expect(told).toEqual([]);
    joined.open();
    await settled();
    expect(told).toEqual([null, 'here']);
  });

  test('keeps the payload as it was, and is no part of bufferedAmount', async () => {
    const joined = new Joined();
    const heard = heardBy(joined[peerName]);
    const payload = Buffer.from('before');
    joined[name].ping(payload);
    payload.fill('x');
    expect(joined[name].bufferedAmount).toBe(0);
    joined.open();
    await settled();
    expect(heard).toEqual(['ping before']);
  });

  test('calls back with an error, once, when the opening fails', async () => {
    const joined = new Joined();
    const told: (WebSocketError | null)[] = [];
    const cause = new Error('refused');
    joined[name].ping('a', (error) => told.push(error));
    joined.openings[name].fail(cause);
    await settled();
    expect(codes(told)).toEqual(['WS_ERR_NOT_SENT']);
    expect(told[0]).toMatchObject({ cause });
    expect(joined[name].ping('b')).toBe(false);
  });

  test.each<[string, (ws: WebSocket) => void]>([
    ['terminate()', (ws) => ws.terminate()],
    ['close()', (ws) => ws.close()],
    ['end()', (ws) => ws.end()],
  ])('is not taken any more after %s', async (_, leave) => {
    const joined = new Joined();
    leave(joined[name]);
    expect(joined[name].ping('late')).toBe(false);
    joined.open();
    await settled();
  });

  test('has an end for a loop of pings, which ends no connection', async () => {
    const joined = new Joined('hybi-13', { maxBufferedAmount: 128 * 10 });
    const heard = heardBy(joined[peerName]);
    let count = 0;
    while (joined[name].ping() && count < 1000) count++;
    expect(count).toBe(11);
    expect(joined[name].ping('x', jest.fn())).toBe(false);
    joined.open();
    await settled();
    expect([heard.length, joined[name].readyState, joined[name].droppedMessages]).toEqual([
      11, 1, 0,
    ]);
  });

  test.each([5, 'callback', {}, true, false])('the callback %p is a mistake', (callback) => {
    const { [name]: ws } = new Joined();
    expect(() => ws.ping('x', callback as never)).toThrow(/^ping callback .* is not a function$/);
  });

  test('null is no payload, and no callback', async () => {
    const joined = new Joined();
    const heard = heardBy(joined[peerName]);
    expect(joined[name].ping(null as never, null as never)).toBe(true);
    joined.open();
    await settled();
    expect(heard).toEqual(['ping ']);
  });

  test('roundTrip() measures from when the ping is sent', async () => {
    const joined = new Joined();
    const times: number[] = [];
    const now = jest.spyOn(performance, 'now').mockImplementation(() => times.at(-1)!);
    times.push(1000);
    const measured = joined[name].roundTrip();
    times.push(5000);
    joined.open();
    times.push(5002);
    const time = await measured;
    now.mockRestore();
    expect(time).toBe(2);
  });

  test('roundTrip() is rejected when the opening fails', async () => {
    const joined = new Joined();
    const measured = joined[name].roundTrip();
    joined.openings[name].fail(new Error('refused'));
    await expect(measured).rejects.toMatchObject(NOT_SENT);
  });
});

test.each(HIXIE)(
  '%s has no pings: the callback is told, and what is behind is sent',
  async (version) => {
    const joined = new Joined(version);
    const heard = heardBy(joined.client);
    const told: (WebSocketError | null)[] = [];
    expect(joined.server.ping('a', (error) => told.push(error))).toBe(true);
    const measured = joined.server.roundTrip();
    joined.server.send('text');
    joined.open();
    await expect(measured).rejects.toMatchObject(NOT_SENT);
    await settled();
    expect([heard, codes(told)]).toEqual([['message text'], ['WS_ERR_NOT_SENT']]);
  },
);
