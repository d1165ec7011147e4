import { ENDS, Joined, MemoryOpening, record } from '../../test/memory-opening';
import { settled, Side } from '../../test/duplex-pair';
import { connectionSettings } from '../options';
import { CLIENT } from '../protocol/role';
import type { SendData } from './send-data';
import { WebSocket } from './websocket';

describe('the interface', () => {
  test('has its attributes before the connection is open', () => {
    const { client } = new Joined();
    expect(client).toBeInstanceOf(EventTarget);
    expect(client.url).toBe('ws://example.test/path');
    expect([client.protocol, client.extensions, client.version]).toEqual(['', '', '']);
    expect([client.readyState, client.bufferedAmount]).toEqual([0, 0]);
    expect(client.binaryType).toBe('nodebuffer');
  });

  test('shows what the handshake has agreed on', () => {
    const [stream] = Side.pair();
    const opening = new MemoryOpening(CLIENT, { stream, protocol: 'chat', extensions: 'x' });
    const ws = new WebSocket(opening, connectionSettings({}));
    opening.open();
    expect([ws.protocol, ws.extensions, ws.version]).toEqual(['chat', 'x', 'hybi-13']);
  });

  test.each(ENDS)('readyState goes from CONNECTING to CLOSED, closed by the %s', async (name) => {
    const joined = new Joined();
    const states = [joined.client.readyState];
    const note = (): number => states.push(joined.client.readyState);
    joined.client.onopen = note;
    joined.client.onclose = note;
    joined.open();
    joined[name].close();
    if (name === 'client') note();
    await settled();
    expect(states).toEqual(name === 'client' ? [0, 1, 2, 3] : [0, 1, 3]);
    expect(joined.server.readyState).toBe(3);
  });
});

describe.each(ENDS)('what the %s sends', (name) => {
  const joinedFrom = (from: 'client' | 'server', joined: Joined) => ({
    sender: joined[from],
    receiver: joined[from === 'client' ? 'server' : 'client'],
  });

  test.each([
    ['empty', ''],
    ['ASCII', 'Hello'],
    ['beyond ASCII', 'κόσμε 😀'],
    ['large', 'x'.repeat(70_000)],
  ])('text, %s', async (_, text) => {
    const { sender, receiver } = joinedFrom(name, new Joined().open());
    const events = record(receiver);
    expect(sender.send(text)).toBe(text.length < 65536);
    await settled();
    expect(events).toEqual([['message', text]]);
  });

  test('lone surrogates as U+FFFD', async () => {
    const { sender, receiver } = joinedFrom(name, new Joined().open());
    const events = record(receiver);
    sender.send('a\ud800b');
    await settled();
    expect(events).toEqual([['message', 'a\ufffdb']]);
  });

  const shared = new SharedArrayBuffer(3);
  new Uint8Array(shared).set([7, 8, 9]);
  const BYTES: [string, SendData, number[]][] = [
    ['Buffer', Buffer.of(1, 2), [1, 2]],
    ['Uint8Array, empty', new Uint8Array(0), []],
    ['Uint8Array, a part of its memory', Uint8Array.of(1, 2, 3, 4).subarray(1, 3), [2, 3]],
    ['Uint16Array', Uint16Array.of(0x0102, 0x0304, 5), [2, 1, 4, 3, 5, 0]],
    ['Float64Array', new Float64Array(1), [0, 0, 0, 0, 0, 0, 0, 0]],
    ['DataView', new DataView(Uint8Array.of(1, 2, 3, 4).buffer, 1, 2), [2, 3]],
    ['ArrayBuffer', Uint8Array.of(5, 6).buffer, [5, 6]],
    ['SharedArrayBuffer', shared, [7, 8, 9]],
  ];
  test.each(BYTES)('%s', async (_, data, bytes) => {
    const { sender, receiver } = joinedFrom(name, new Joined().open());
    const events = record(receiver);
    sender.send(data);
    await settled();
    expect(events).toEqual([['message', Buffer.from(bytes)]]);
  });

  test('before the connection is open waits, in order', async () => {
    const joined = new Joined();
    const { sender, receiver } = joinedFrom(name, joined);
    const events = record(receiver);
    sender.onopen = () => sender.send('third');
    expect(sender.send('first€')).toBe(true);
    sender.send(Uint16Array.of(1));
    expect(sender.bufferedAmount).toBe(10);
    joined.open();
    await settled();
    const data = events.filter(([type]) => type === 'message').map((event) => event[1]);
    expect(data).toEqual(['first€', Buffer.of(1, 0), 'third']);
    expect(sender.bufferedAmount).toBe(0);
  });

  test('after the closing handshake has begun is dropped, and counted', async () => {
    const { sender, receiver } = joinedFrom(name, new Joined().open());
    const events = record(receiver);
    sender.close(1000);
    expect(sender.send('late€')).toBe(false);
    sender.send(new Uint16Array(2));
    expect(() => sender.send({} as never)).toThrow(TypeError);
    expect(sender.bufferedAmount).toBe(11);
    await settled();
    sender.send('x');
    expect(sender.bufferedAmount).toBe(12);
    expect(events).toEqual([['close', 1000, '', true]]);
  });

  test('waits for a peer that does not read; drain tells when to go on', async () => {
    const highWaterMark = 2001 + (name === 'client' ? 8 : 4);
    const joined = new Joined('hybi-13', { highWaterMark }).open();
    const { sender } = joinedFrom(name, joined);
    const drain = jest.fn();
    sender.on('drain', drain);
    joined[`${name}Side`].stall();
    expect(sender.send('x'.repeat(2000))).toBe(true);
    await settled();
    expect(sender.send('y')).toBe(false);
    expect(sender.bufferedAmount).toBe(2001);
    expect(drain).not.toHaveBeenCalled();
    joined[`${name}Side`].unstall();
    await settled();
    expect(drain).toHaveBeenCalledTimes(1);
    expect(sender.bufferedAmount).toBe(0);
  });

  test('within one message event leaves in one write', async () => {
    const joined = new Joined().open();
    const { sender, receiver } = joinedFrom(name, joined);
    sender.onmessage = () => {
      for (let count = 0; count < 5; count++) sender.send(`answer ${count}`);
    };
    receiver.send('a');
    receiver.send('b');
    await settled();
    expect(joined[`${name}Side`].writes).toHaveLength(1);
  });
});

describe('bytes for a peer that has only text', () => {
  test.each(['hixie-76', 'hixie-75'] as const)(
    '%s: false, an error, and the end of this connection',
    async (version) => {
      const { client, server } = new Joined(version).open();
      const [events, heard] = [record(server), record(client)];
      server.send('text');
      const told = jest.fn();
      expect(server.send(new Uint8Array(1), told)).toBe(false);
      expect([told.mock.calls, events]).toEqual([[], []]);
      expect(server.send('more')).toBe(false);
      await settled();
      expect(told.mock.calls).toEqual([[expect.objectContaining({ code: 'WS_ERR_NO_BINARY' })]]);
      expect(events).toEqual([
        ['error', 'WS_ERR_NO_BINARY'],
        ['close', 1000, '', true],
      ]);
      expect(heard).toEqual([
        ['message', 'text'],
        ['close', 1000, '', true],
      ]);
      expect(server.bufferedAmount).toBe(5);
    },
  );

  test('the error comes before close, however soon that is', async () => {
    const { server, serverSide } = new Joined('hixie-75').open();
    const events = record(server);
    serverSide.destroy();
    expect(server.send(new Uint8Array(1))).toBe(false);
    await settled();
    expect(events.map(([type]) => type)).toEqual(['error', 'close']);
  });

  test('echoing what another peer sends ends no process', async () => {
    const relayed = new Joined('hybi-13').open();
    const old = new Joined('hixie-75').open();
    const others = record(relayed.server);
    relayed.server.onmessage = ({ data }) => {
      old.server.send(data);
      relayed.server.send(data);
    };
    relayed.client.send(new Uint8Array(3));
    await settled();
    expect([old.server.readyState, relayed.server.readyState]).toEqual([3, 1]);
    expect(others).toEqual([]);
  });

  test('sent before that was known, they end the connection', async () => {
    const joined = new Joined('hixie-76');
    const { client, server } = joined;
    const [events, heard] = [record(server), record(client)];
    server.send('text');
    server.send(new Uint8Array(5));
    server.send('more');
    server.send(new Uint8Array(6));
    joined.open();
    expect(server.bufferedAmount).toBeGreaterThanOrEqual(15);
    await settled();
    expect(events).toEqual([
      ['error', 'WS_ERR_NO_BINARY'],
      ['close', 1000, '', true],
    ]);
    expect(heard).toEqual([['open'], ['message', 'text'], ['close', 1000, '', true]]);
  });
});
