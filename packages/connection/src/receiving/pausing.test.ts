/** Messages that are held back by the application, by the want of a listener, or until open. */
import { once } from 'node:events';
import { encodeFrame, OPCODE, SERVER } from '@ws/frame-parser';
import { settled } from '../../test/duplex-pair';
import { ABNORMAL, Joined, MemoryOpening, record } from '../../test/memory-opening';
import { connectionSettings } from '../options';
import { CLIENT } from '../protocol/role';
import { WebSocket } from '../api/websocket';

const said = (...texts: string[]): unknown[] => texts.map((text) => ['message', text]);

describe('while it is paused', () => {
  test('nothing is delivered; then everything is, in order', async () => {
    const { client, server } = new Joined().open();
    const events = record(client);
    client.pause();
    expect(client.isPaused).toBe(true);
    server.send('one');
    server.send('two');
    await settled();
    expect(events).toEqual([]);
    client.resume();
    expect([events.length, client.isPaused]).toEqual([0, false]);
    server.send('three');
    await settled();
    expect(events).toEqual(said('one', 'two', 'three'));
  });

  test('from one message on, the rest of the same chunk waits', async () => {
    const { client, server } = new Joined().open();
    const events = record(client);
    client.on('message', () => client.pause());
    for (const text of ['one', 'two', 'three']) server.send(text);
    for (let count = 1; count <= 3; count++) {
      await settled();
      expect(events).toHaveLength(count);
      client.resume();
    }
    expect(events).toEqual(said('one', 'two', 'three'));
  });

  test('again in the same tick, nothing is delivered', async () => {
    const { client, server } = new Joined().open();
    const events = record(client);
    client.pause();
    server.send('one');
    await settled();
    client.resume();
    client.pause();
    await settled();
    expect(events).toEqual([]);
  });

  test('the peer has to wait: reading stops', async () => {
    const joined = new Joined().open();
    joined.client.pause();
    for (let count = 0; count < 50; count++) joined.serverSide.write(Buffer.alloc(1000));
    await settled();
    expect(joined.clientSide.readableLength).toBe(50_000);
  });

  test('the close waits', async () => {
    const { client, server } = new Joined().open();
    const events = record(client);
    client.pause();
    server.send('one');
    server.close(1000, 'bye');
    await settled();
    expect([events.length, client.readyState]).toEqual([0, WebSocket.OPEN]);
    client.resume();
    await settled();
    expect(events).toEqual([...said('one'), ['close', 1000, 'bye', true]]);
  });

  test('so does the end of a stream that is gone', async () => {
    const joined = new Joined().open();
    const events = record(joined.client);
    joined.server.send('one');
    joined.client.once('message', () => {
      joined.client.pause();
      joined.clientSide.destroy();
    });
    joined.server.send('two');
    await settled();
    expect(events).toEqual(said('one'));
    joined.client.resume();
    await settled();
    expect(events).toEqual([...said('one', 'two'), ABNORMAL]);
  });

  test.each([
    ['close()', (ws: WebSocket) => ws.close(1000)],
    ['terminate()', (ws: WebSocket) => ws.terminate()],
  ])('%s on a stream that is gone ends it', async (_, end) => {
    const joined = new Joined().open();
    const events = record(joined.client);
    joined.server.send('one');
    joined.server.send('two');
    joined.client.once('message', () => {
      joined.client.pause();
      joined.clientSide.destroy();
    });
    await settled();
    expect(events.splice(0)).toEqual(said('one'));
    end(joined.client);
    await settled();
    expect(events).toEqual([ABNORMAL]);
    end(joined.client);
    await settled();
    expect(events).toHaveLength(1);
  });

  test('the end of a stream that is gone does not wait when nothing does', async () => {
    const joined = new Joined().open();
    const events = record(joined.client);
    joined.client.pause();
    joined.clientSide.destroy();
    await settled();
    expect(events).toEqual([ABNORMAL]);
  });

  test.each([
    ['close()', (ws: WebSocket) => ws.close(1000), ['close', 1000, '', true]],
    ['terminate()', (ws: WebSocket) => ws.terminate(), ABNORMAL],
  ])('%s drops what waits', async (_, end, expected) => {
    const { client, server } = new Joined().open();
    const events = record(client);
    client.pause();
    server.send('one');
    await settled();
    end(client);
    await settled();
    expect(events).toEqual([expected]);
    expect(client.isPaused).toBe(false);
  });

  test('nobody listens, and the stream is gone: resume() lets it close in a while', async () => {
    const joined = new Joined('hybi-13', { unheardTimeout: 0 }).open();
    joined.client.once('message', () => {
      joined.client.pause();
      joined.clientSide.destroy();
    });
    joined.server.send('one');
    joined.server.send('two');
    await settled();
    expect(joined.client.readyState).toBe(1);
    const closed = once(joined.client, 'close');
    joined.client.resume();
    await closed;
    expect(joined.client.readyState).toBe(3);
  });
});

describe('nobody listens after resume()', () => {
  /** A message has been read and waits, unheard; the application has paused, and resumed. */
  async function resumed(unheardTimeout: number): Promise<Joined> {
    const joined = new Joined('hybi-13', { unheardTimeout }).open();
    joined.server.send('one');
    await settled();
    joined.client.pause();
    await settled();
    joined.client.resume();
    await settled();
    return joined;
  }

  test('reading goes on while there is room', async () => {
    const { client, server } = await resumed(Infinity);
    const pings: unknown[] = [];
    client.on('ping', () => pings.push('ping'));
    server.send('two');
    server.ping();
    await settled();
    expect(pings).toEqual(['ping']);
    const events = record(client);
    await settled();
    expect(events).toEqual(said('one', 'two'));
    client.terminate();
  });

  test.each([
    ['closing frame', ({ server }: Joined) => server.close(1000), 1000],
    ['end', ({ serverSide }: Joined) => serverSide.end(), 1006],
  ])("the peer's %s is noticed when the time for listening is over", async (_, end, code) => {
    const joined = await resumed(100);
    const closed = once(joined.client, 'close') as Promise<[{ code: number }]>;
    joined.server.send('two');
    await settled();
    end(joined);
    const [event] = await closed;
    expect([event.code, joined.client.unheardMessages]).toEqual([code, 2]);
  });
});

test('resume() without pause() keeps nothing of what nobody has listened to for too long', async () => {
  const { client, server } = new Joined('hybi-13', { unheardTimeout: 50 }).open();
  server.send('one');
  while (client.unheardMessages === 0) await settled();
  client.resume();
  await settled();
  server.send('two');
  await settled();
  const events = record(client);
  await settled();
  expect([events, client.unheardMessages]).toEqual([[], 2]);
  client.terminate();
});

describe('before open', () => {
  function connecting(): { joined: Joined; opening: MemoryOpening; ws: WebSocket } {
    const joined = new Joined();
    const head = encodeFrame(SERVER, { opcode: OPCODE.TEXT, payload: 'head' });
    const opening = new MemoryOpening(CLIENT, { stream: joined.clientSide, head });
    const ws = new WebSocket(opening, connectionSettings({}));
    joined.openings.server.open();
    return { joined, opening, ws };
  }

  test('pause() holds the head back, and the stream', async () => {
    const { joined, opening, ws } = connecting();
    const events = record(ws);
    ws.pause();
    expect(ws.isPaused).toBe(true);
    opening.open();
    for (let count = 0; count < 50; count++) joined.server.send('x'.repeat(1000));
    await settled();
    expect(events).toEqual([['open']]);
    expect(joined.clientSide.readableLength).toBeGreaterThan(50_000);
    ws.resume();
    await settled();
    expect(events.slice(0, 2)).toEqual([['open'], ['message', 'head']]);
    expect(events).toHaveLength(52);
  });

  test('resume() takes it back', async () => {
    const { opening, ws } = connecting();
    const events = record(ws);
    ws.pause();
    ws.resume();
    opening.open();
    await settled();
    expect(events).toEqual([['open'], ['message', 'head']]);
  });

  test('pause() is over with a resume() in the open event', async () => {
    const { joined, opening, ws } = connecting();
    const events = record(ws);
    ws.pause();
    ws.on('open', () => ws.resume());
    opening.open();
    joined.server.send('data');
    await settled();
    expect(events).toEqual([['open'], ['message', 'head'], ['message', 'data']]);
  });
});

describe('messages that have waited for a listener', () => {
  test.each([
    ['close()', (ws: WebSocket) => ws.close(1000), ['close', 1000, '', true]],
    ['terminate()', (ws: WebSocket) => ws.terminate(), ABNORMAL],
  ])('%s in the first is the last of them', async (_, end, expected) => {
    const { client, server } = new Joined().open();
    for (const text of ['one', 'two', 'three']) server.send(text);
    await settled();
    const events = record(client);
    client.on('message', () => end(client));
    await settled();
    expect(events).toEqual([...said('one'), expected]);
  });

  test('resume() without pause() has no effect', async () => {
    const { client, server } = new Joined().open();
    client.resume();
    server.send('one');
    await settled();
    client.resume();
    await settled();
    const events = record(client);
    await settled();
    expect(events).toEqual(said('one'));
  });
});
