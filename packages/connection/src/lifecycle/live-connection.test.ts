import { once } from 'node:events';
import { encodeFrame, OPCODE, SERVER } from '@ws/frame-parser';
import { settled } from '../../test/duplex-pair';
import { ABNORMAL, ENDS, Joined, MemoryOpening, record, writeRaw } from '../../test/memory-opening';
import type { CloseEvent } from '../api/events';
import { connectionSettings } from '../options';
import { WebSocket } from '../api/websocket';

describe('binary messages', () => {
  test.each([
    ['nodebuffer', Buffer.of(1, 2, 3)],
    ['uint8array', Uint8Array.of(1, 2, 3)],
    ['arraybuffer', Uint8Array.of(1, 2, 3).buffer],
  ] as const)('arrive as %s', async (binaryType, expected) => {
    const { client, server } = new Joined().open();
    const events = record(server);
    Object.assign(server, { binaryType });
    client.send(Uint8Array.of(1, 2, 3));
    await settled();
    expect(events).toEqual([['message', expected]]);
    expect(Object.getPrototypeOf(events[0][1])).toBe(Object.getPrototypeOf(expected));
  });

  test('arrive as blob', async () => {
    const { client, server } = new Joined().open();
    const events = record(server);
    Object.assign(server, { binaryType: 'blob' });
    client.send(Uint8Array.of(1, 2, 3));
    await settled();
    const blob = events[0][1] as Blob;
    expect(blob).toBeInstanceOf(Blob);
    expect(new Uint8Array(await blob.arrayBuffer())).toEqual(Uint8Array.of(1, 2, 3));
  });

  test('a whole ArrayBuffer is the message, however long', async () => {
    const { client, server } = new Joined().open();
    const events = record(server);
    Object.assign(server, { binaryType: 'arraybuffer' });
    client.send(new Uint8Array(100_000));
    await settled();
    expect((events[0][1] as ArrayBuffer).byteLength).toBe(100_000);
  });

  test.each(['text', '', 'Blob', 1, null, undefined, 'constructor'])(
    'a binaryType %p is ignored',
    (value) => {
      const { client } = new Joined();
      Object.assign(client, { binaryType: 'uint8array' });
      client.binaryType = value as never;
      expect(client.binaryType).toBe('uint8array');
    },
  );

  test('a binaryType from before the connection was open holds', async () => {
    const joined = new Joined();
    Object.assign(joined.server, { binaryType: 'arraybuffer' });
    const events = record(joined.server);
    joined.open().client.send(new Uint8Array(1));
    await settled();
    expect(events.at(-1)?.[1]).toBeInstanceOf(ArrayBuffer);
  });
});

describe('messages that nobody listens to yet', () => {
  test('wait, with all that comes behind them', async () => {
    const { client, server } = new Joined().open();
    server.send('one');
    server.send('two');
    await settled();
    server.send('three');
    await settled();
    const events = record(client);
    server.close(1000, 'bye');
    expect(events).toEqual([]);
    await settled();
    const messages = ['one', 'two', 'three'].map((text) => ['message', text]);
    expect(events).toEqual([...messages, ['close', 1000, 'bye', true]]);
  });

  test('do not keep a connection from closing, which nobody listens to but for its close', async () => {
    const { client, server } = new Joined('hybi-13', { closeTimeout: 5 }).open();
    const closed = once(client, 'close');
    server.send('one');
    server.close(1000, 'bye');
    const [event] = (await closed) as [CloseEvent];
    expect([event.code, event.wasClean, client.readyState]).toEqual([1000, true, WebSocket.CLOSED]);
  });

  test('come before the close when a listener does in the same tick', async () => {
    const joined = new Joined().open();
    const { client, server, clientSide } = joined;
    server.send('one');
    await settled();
    clientSide.destroy();
    const events = record(client);
    await settled();
    expect(events).toEqual([['message', 'one'], ABNORMAL]);
  });

  test('wait for the next of several that listen once', async () => {
    const { client, server } = new Joined().open();
    const heard: unknown[] = [];
    for (const text of ['one', 'two', 'three']) server.send(text);
    for (let count = 0; count < 3; count++) {
      client.once('message', ({ data }) => heard.push(data));
      await settled();
    }
    expect(heard).toEqual(['one', 'two', 'three']);
  });

  test('a listener that is gone again has heard nothing, and takes nothing away', async () => {
    const { client, server } = new Joined().open();
    server.send('one');
    await settled();
    const early = jest.fn();
    client.on('message', early).off('message', early);
    await settled();
    const events = record(client);
    await settled();
    expect(early).not.toHaveBeenCalled();
    expect(events).toEqual([['message', 'one']]);
  });

  test('are bounded: the stream is paused', async () => {
    const joined = new Joined('hybi-13', { highWaterMark: 1000 }).open();
    joined.server.send('x'.repeat(900));
    await settled();
    expect(joined.clientSide.isPaused()).toBe(false);
    joined.server.send('y');
    await settled();
    expect(joined.clientSide.isPaused()).toBe(true);
    for (let count = 0; count < 50; count++) joined.serverSide.write(Buffer.alloc(1000));
    await settled();
    expect(joined.clientSide.readableLength).toBe(50_000);
  });

  test('are dropped when the connection is closed', async () => {
    const { client, server } = new Joined().open();
    server.send('one');
    await settled();
    client.close(1000);
    const events = record(client);
    await settled();
    expect(events).toEqual([['close', 1000, '', true]]);
  });

  test('outlive the connection: close is the last event', async () => {
    const joined = new Joined().open();
    joined.server.send('one');
    await settled();
    const events: unknown[][] = [];
    joined.client.onclose = () => events.push(['close']);
    joined.clientSide.destroy();
    await settled();
    expect(events).toEqual([]);
    joined.client.onmessage = () => events.push(['message']);
    await settled();
    expect(events).toEqual([['message'], ['close']]);
  });
});

describe('terminate()', () => {
  test.each(ENDS)('by the %s: 1006 on both sides', async (name) => {
    const joined = new Joined().open();
    const events = [record(joined.client), record(joined.server)];
    joined[name].terminate();
    expect(joined[name].readyState).toBe(WebSocket.CLOSING);
    joined[name].terminate();
    joined[name].close();
    await settled();
    joined[`${name}Side`].destroy();
    joined.clientSide.destroy();
    joined.serverSide.destroy();
    await settled();
    expect(events).toEqual([[ABNORMAL], [ABNORMAL]]);
  });

  test('in a message event: nothing of what follows is heard, not even a mistake', async () => {
    const joined = new Joined().open();
    const events = record(joined.server);
    joined.server.on('message', () => joined.server.terminate());
    const [one, two] = ['one', 'two'].map((payload) => ({ opcode: OPCODE.TEXT, payload }));
    writeRaw(joined, 'client', one, two, { opcode: 3, payload: '' });
    await settled();
    expect(events).toEqual([['message', 'one'], ABNORMAL]);
  });

  test('in the open event', async () => {
    const joined = new Joined();
    const events = record(joined.client);
    joined.client.on('open', () => joined.client.terminate());
    joined.open();
    await settled();
    expect(events).toEqual([['open'], ABNORMAL]);
  });

  test('before the connection is open: error, then close', async () => {
    const { client } = new Joined();
    const events = record(client);
    client.terminate();
    client.terminate();
    await settled();
    expect(events).toEqual([['error', 'WS_ERR_TERMINATED'], ABNORMAL]);
  });
});

describe('a closing handshake that takes too long', () => {
  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  /** A client whose peer is a stream that nobody answers on. */
  function lonelyClient(closeTimeout?: number): { joined: Joined; events: unknown[][] } {
    const joined = new Joined('hybi-13', { closeTimeout });
    joined.serverSide.resume();
    const events = record(joined.client);
    joined.openings.client.open();
    return { joined, events };
  }

  test.each([
    [undefined, 30_000],
    [50, 50],
  ])('is given up: closeTimeout %p', async (closeTimeout, milliseconds) => {
    const { joined, events } = lonelyClient(closeTimeout);
    joined.client.close(1000);
    await settled();
    jest.advanceTimersByTime(milliseconds - 1);
    await settled();
    expect(events).toEqual([['open']]);
    jest.advanceTimersByTime(1 + Math.min(100, milliseconds / 10));
    await settled();
    expect(events).toEqual([['open'], ['error', 'WS_ERR_CLOSE_TIMEOUT'], ABNORMAL]);
    expect(joined.clientSide.destroyed).toBe(true);
  });

  test('is still clean when only the end of the stream is missing', async () => {
    const { joined, events } = lonelyClient();
    joined.client.close(1000);
    writeRaw(joined, 'server', { opcode: OPCODE.CLOSE, payload: Uint8Array.of(3, 232) });
    await settled();
    expect(events).toEqual([['open']]);
    jest.advanceTimersByTime(30_100);
    await settled();
    expect(events).toEqual([['open'], ['close', 1000, '', true]]);
  });

  test('one that succeeds leaves no timer behind', async () => {
    const { client } = new Joined().open();
    client.close();
    await settled();
    expect(client.readyState).toBe(WebSocket.CLOSED);
    expect(jest.getTimerCount()).toBe(0);
  });

  test('an open connection has no timer', async () => {
    new Joined().open();
    await settled();
    expect(jest.getTimerCount()).toBe(0);
  });
});

test('pings and pongs are events, with a payload to keep', async () => {
  const joined = new Joined().open();
  const heard: unknown[] = [];
  joined.server.on('ping', ({ type, data }) => heard.push([type, data]));
  joined.server.on('pong', ({ type, data }) => heard.push([type, data]));
  writeRaw(
    joined,
    'client',
    { opcode: OPCODE.PING, payload: 'a' },
    { opcode: OPCODE.PONG, payload: 'b' },
  );
  await settled();
  expect(heard).toEqual([
    ['ping', Buffer.from('a')],
    ['pong', Buffer.from('b')],
  ]);
  expect(joined.serverSide.written).toEqual(Buffer.of(0x8a, 1, 0x61));
});

test('the head is delivered before anything else, after open', async () => {
  const joined = new Joined();
  const head = encodeFrame(SERVER, { opcode: OPCODE.TEXT, payload: 'head' });
  const opening = new MemoryOpening(joined.openings.client.role, {
    stream: joined.clientSide,
    head,
  });
  const ws = new WebSocket(opening, connectionSettings({}));
  const events = record(ws);
  writeRaw(joined, 'server', { opcode: OPCODE.TEXT, payload: 'data' });
  opening.open();
  await settled();
  expect(events).toEqual([['open'], ['message', 'head'], ['message', 'data']]);
});
