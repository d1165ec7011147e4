/** Connections over streams of other kinds, and how their ends look from the other side. */
import { once } from 'node:events';
import { connect, createServer, type ClientHttp2Session, type Http2Server } from 'node:http2';
import { constants, type Http2Stream } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { settled, Side } from '../../test/duplex-pair';
import { ENDS, MemoryOpening, record } from '../../test/memory-opening';
import { destroyPairs, socketPair } from '../../test/socket-pair';
import { WebSocket } from '../api/websocket';
import { connectionSettings } from '../options';
import { CLIENT, SERVER } from '../protocol/role';

afterEach(destroyPairs);

describe('a WebSocket over a stream of HTTP/2 (RFC 8441)', () => {
  let listener: Http2Server;
  let session: ClientHttp2Session;
  let streams: Record<(typeof ENDS)[number], Http2Stream>;
  let sockets: Record<(typeof ENDS)[number], WebSocket>;

  beforeEach(async () => {
    listener = createServer({ settings: { enableConnectProtocol: true } });
    listener.listen(0, '127.0.0.1');
    await once(listener, 'listening');
    session = connect(`http://127.0.0.1:${(listener.address() as AddressInfo).port}`);
    await once(session, 'remoteSettings');
    const request = { ':method': 'CONNECT', ':protocol': 'websocket', ':path': '/' };
    const client = session.request(request, { endStream: false });
    const [server] = (await once(listener, 'stream')) as [Http2Stream & { respond(): void }];
    server.respond();
    await once(client, 'response');
    streams = { client, server };
    const openings = {
      client: new MemoryOpening(CLIENT, { stream: client }),
      server: new MemoryOpening(SERVER, { stream: server }),
    };
    const settings = connectionSettings({});
    sockets = {
      client: new WebSocket(openings.client, settings),
      server: new WebSocket(openings.server, settings),
    };
    openings.client.open();
    openings.server.open();
  });

  afterEach(async () => {
    session.destroy();
    const closed = once(listener, 'close');
    listener.close();
    await closed;
  });

  describe.each(ENDS)('the %s', (end) => {
    const other = end === 'client' ? 'server' : 'client';
    const closed = (ws: WebSocket): Promise<unknown> =>
      new Promise((resolve) => ws.once('close', resolve));

    test('sends messages and closes cleanly', async () => {
      const events = record(sockets[other]);
      const ended = Promise.all([closed(sockets.client), closed(sockets.server)]);
      sockets[end].send('hello');
      sockets[end].close(4000, 'bye');
      await ended;
      expect(events).toEqual([
        ['message', 'hello'],
        ['close', 4000, 'bye', true],
      ]);
      expect([streams.client.rstCode, streams.server.rstCode]).toEqual([0, 0]);
    });

    test('terminates by a reset with CANCEL', async () => {
      const ended = Promise.all([closed(sockets.client), closed(sockets.server)]);
      const streamClosed = once(streams[other], 'close');
      sockets[end].terminate();
      expect(await ended).toEqual([
        expect.objectContaining({ code: 1006, wasClean: false }),
        expect.objectContaining({ code: 1006, wasClean: false }),
      ]);
      await streamClosed;
      expect(streams[other].rstCode).toBe(constants.NGHTTP2_CANCEL);
      expect(session.destroyed).toBe(false);
    });
  });
});

describe('a TCP socket', () => {
  test('whose peer takes nothing is reset', async () => {
    const { ws, near, far } = await socketPair();
    const reset = jest.spyOn(near, 'resetAndDestroy');
    ws.send(Buffer.alloc(16_000_000));
    await settled();
    expect(ws.bufferedAmount).toBeGreaterThan(0);
    // Not once(): some versions of Node report the reset as an error, others as an end.
    const closed = new Promise((resolve) => far.once('close', resolve));
    ws.terminate();
    expect(reset).toHaveBeenCalledTimes(1);
    far.resume();
    await closed;
    expect(far.bytesRead).toBeLessThan(16_000_000);
  });

  test('that has nothing to write is ended: the peer reads all that was sent', async () => {
    const { ws, near, far } = await socketPair();
    const reset = jest.spyOn(near, 'resetAndDestroy');
    ws.send('last words');
    await settled();
    ws.terminate();
    const chunks: Buffer[] = [];
    for await (const chunk of far) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks).toString()).toContain('last words');
    expect(reset).not.toHaveBeenCalled();
  });
});

test('any other stream is destroyed', async () => {
  const [near, far] = Side.pair();
  const opening = new MemoryOpening(SERVER, { stream: near });
  const ws = new WebSocket(opening, connectionSettings({}));
  opening.open();
  near.stall();
  ws.send(Buffer.alloc(100_000));
  await settled();
  ws.terminate();
  expect([near.destroyed, near.errored, far.destroyed]).toEqual([true, null, false]);
});
