/** The connection is closed before it is open: what was sent goes out first, where a page would not expect otherwise. */
import { settled } from '../../test/duplex-pair';
import { ABNORMAL, ENDS, Joined, record } from '../../test/memory-opening';
import type { CloseEvent } from '../api/events';
import { WebSocket } from '../api/websocket';

type Closing = (ws: WebSocket) => void;

/** Every way to close that waits for the opening handshake, and the closing frame that comes of it. */
const WAITS: readonly [string, (typeof ENDS)[number], Closing, number, string][] = [
  ['close()', 'server', (ws) => ws.close(4401, 'unauthorized'), 4401, 'unauthorized'],
  ['close() without a code', 'server', (ws) => ws.close(), 1005, ''],
  ['end()', 'server', (ws) => ws.end(), 1005, ''],
  ['end()', 'client', (ws) => ws.end(), 1005, ''],
  ['end(), then close(),', 'client', (ws) => (ws.end(), ws.close(1000)), 1005, ''],
];

describe.each(WAITS)('%s of a %s before open', (_, end, close, code, reason) => {
  const other = end === 'client' ? 'server' : 'client';

  test('sends what was sent before, then the closing frame', async () => {
    const joined = new Joined();
    const [ws, events, peer] = [joined[end], record(joined[end]), record(joined[other])];
    let cause: unknown = 'none';
    ws.on('close', (event: CloseEvent) => (cause = event.cause));
    ws.send('log in first');
    close(ws);
    expect([ws.readyState, ws.send('too late')]).toEqual([WebSocket.CLOSING, false]);
    await settled();
    expect(events).toEqual([]);
    joined.open();
    expect(ws.readyState).toBe(WebSocket.CLOSING);
    await settled();
    expect(peer).toEqual([['open'], ['message', 'log in first'], ['close', code, reason, true]]);
    expect([events, cause]).toEqual([[['close', code, reason, true]], null]);
  });

  test('waits for a Blob that was sent, too', async () => {
    const joined = new Joined();
    const peer = record(joined[other]);
    joined[end].send(new Blob(['blob']));
    close(joined[end]);
    joined.open();
    await settled();
    expect(peer).toEqual([
      ['open'],
      ['message', Buffer.from('blob')],
      ['close', code, reason, true],
    ]);
  });

  test('tells why, if the opening handshake fails', () => {
    const { [end]: ws, openings } = new Joined();
    const events = record(ws);
    const sent: unknown[] = [];
    ws.send('x', (error) => sent.push((error as { code?: string }).code));
    close(ws);
    openings[end].fail(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }));
    expect(events).toEqual([['error', 'ECONNREFUSED'], ABNORMAL]);
    expect(sent).toEqual(['WS_ERR_NOT_SENT']);
  });

  test('may be cut short by terminate()', async () => {
    const { [end]: ws } = new Joined();
    const events = record(ws);
    close(ws);
    ws.terminate();
    await settled();
    expect(events).toEqual([['error', 'WS_ERR_TERMINATED'], ABNORMAL]);
  });
});

test('close() of a client before open fails the connection, as in a browser', async () => {
  const { client } = new Joined();
  const events = record(client);
  let initiator: unknown;
  client.on('close', (event: CloseEvent) => (initiator = event.initiator));
  client.send('never');
  client.close();
  await settled();
  expect(events).toEqual([['error', 'WS_ERR_CLOSED_EARLY'], ABNORMAL]);
  expect(initiator).toBe('local');
});

test('a peer that has only text is not sent bytes from before open, whoever closes', async () => {
  const joined = new Joined('hixie-76');
  const events = record(joined.server);
  joined.server.send(Buffer.of(1));
  joined.server.close();
  joined.open();
  await settled();
  expect(events[0]).toEqual(['error', 'WS_ERR_NO_BINARY']);
  expect(events.at(-1)?.[0]).toBe('close');
});
