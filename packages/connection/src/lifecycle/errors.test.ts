/** What ends a connection without a closing handshake, as an application sees it. */
import { OPCODE, ProtocolError } from '@ws/frame-parser';
import { settled } from '../../test/duplex-pair';
import { uncaughtFrom } from '../../test/listening';
import { ABNORMAL, ENDS, Joined, record, writeRaw } from '../../test/memory-opening';
import { WebSocket } from '../api/websocket';

describe('errors', () => {
  test('a peer that breaks the protocol: one error, with the rule, then close', async () => {
    const joined = new Joined().open();
    const errors: Error[] = [];
    joined.server.on('error', ({ error, message }) => {
      expect(message).toBe(error.message);
      errors.push(error);
    });
    const [events, heard] = [record(joined.server), record(joined.client)];
    joined.clientSide.write(Buffer.of(0x81, 0));
    await settled();
    expect(events).toEqual([['error', 'WS_ERR_EXPECTED_MASK'], ABNORMAL]);
    expect(errors).toEqual([expect.any(ProtocolError)]);
    expect(errors[0]).toMatchObject({ closeCode: 1002, section: '5.1' });
    expect(heard).toEqual([['close', 1002, 'client frame is not masked', true]]);
  });

  test('a message over maxLength', async () => {
    const { client, server } = new Joined('hybi-13', { maxLength: 10 }).open();
    const [events, heard] = [record(server), record(client)];
    client.send('x'.repeat(10));
    client.send('x'.repeat(11));
    await settled();
    const code = 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH';
    expect(events).toEqual([['message', 'x'.repeat(10)], ['error', code], ABNORMAL]);
    expect(heard).toEqual([['close', 1009, 'message is too big', true]]);
  });

  test('an opening handshake that fails: error, then close', async () => {
    const { client, openings } = new Joined();
    const events = record(client);
    openings.client.fail(Object.assign(new Error('no'), { code: 'E_NO' }));
    await settled();
    expect(events).toEqual([['error', 'E_NO'], ABNORMAL]);
    expect(client.readyState).toBe(WebSocket.CLOSED);
    client.close();
    expect(client.send('late')).toBe(false);
    expect(client.bufferedAmount).toBe(4);
  });

  // WHATWG §3.1, "when the WebSocket connection is closed": CLOSED, then error, then close.
  test.each<[string, (joined: Joined) => unknown]>([
    ['a violation', ({ clientSide }) => clientSide.write(Buffer.of(0x81, 0))],
    ['a lost connection', ({ serverSide }) => serverSide.destroy(new Error('lost'))],
    ['no answer to a ping', ({ clientSide }) => clientSide.stall()],
    ['bytes that the version does not have', ({ server }) => server.send(Buffer.of(1))],
  ])('%s: CLOSED in error, ever after, and nothing is sent', async (what, act) => {
    const version = what.startsWith('bytes') ? 'hixie-76' : 'hybi-13';
    const joined = new Joined(version, { ping: 0.01, pingTimeout: 10 }).open();
    const { server } = joined;
    const seen: unknown[] = [];
    server.on('error', () => seen.push(server.readyState, server.send('late'), server.ping()));
    server.on('close', () => seen.push(server.readyState));
    act(joined);
    await server.closed;
    expect(seen).toEqual([3, false, false, 3]);
  });

  test('a stream made between error and close fails with the cause', async () => {
    const joined = new Joined().open();
    const { server } = joined;
    const failures: unknown[] = [];
    server.on('error', () => {
      const stream = server.stream();
      stream.on('error', (error) => failures.push(error));
      stream.resume();
    });
    joined.clientSide.write(Buffer.of(0x81, 0));
    await server.closed;
    await settled();
    expect(failures).toEqual([expect.objectContaining({ code: 'WS_ERR_EXPECTED_MASK' })]);
  });

  test('nobody needs to listen', async () => {
    const joined = new Joined().open();
    joined.clientSide.write(Buffer.of(0x81, 0));
    await settled();
    expect([joined.client.readyState, joined.server.readyState]).toEqual([3, 3]);
  });
});

test('1,000 connections that close at once: each is clean, and told of once', async () => {
  const all = Array.from({ length: 1000 }, () => new Joined().open());
  const records = all.flatMap(({ client, server }) => [record(client), record(server)]);
  for (const [index, { client, server }] of all.entries()) {
    (index % 2 === 0 ? client : server).close(1000);
  }
  await settled();
  for (const events of records) expect(events).toEqual([['close', 1000, '', true]]);
});

test('throwing inside every handler: reported, and the connection goes its way', async () => {
  const joined = new Joined();
  const { client, server } = joined;
  server.onmessage = () => {};
  const types = ['open', 'message', 'ping', 'pong', 'drain', 'error', 'close'] as const;
  const thrown: string[] = [];
  for (const type of types) {
    client.on(type, () => {
      thrown.push(type);
      throw new Error(type);
    });
  }
  const uncaught = await uncaughtFrom(async () => {
    joined.open();
    client.send('x'.repeat(70_000));
    client.ping();
    server.send('message');
    server.ping();
    await settled();
    writeRaw(joined, 'server', { opcode: 3, payload: '' });
    await settled();
  });
  expect(new Set(thrown)).toEqual(new Set(types));
  expect(uncaught.map((error) => (error as Error).message)).toEqual(thrown);
  expect([client.readyState, server.readyState]).toEqual([WebSocket.CLOSED, WebSocket.CLOSED]);
});

describe('a reset', () => {
  const reset = (): Error => Object.assign(new Error('reset'), { code: 'ECONNRESET' });

  test.each(ENDS)('while open: error, then close, once each; %s', async (name) => {
    const joined = new Joined().open();
    const events = record(joined[name]);
    joined[`${name}Side`].destroy(reset());
    await settled();
    expect(events).toEqual([['error', 'ECONNRESET'], ABNORMAL]);
  });

  test('before the connection began to listen', async () => {
    const joined = new Joined();
    const events = record(joined.client);
    joined.clientSide.on('error', () => {}).destroy(reset());
    joined.open();
    await settled();
    expect(events.map(([type]) => type).filter((type) => type === 'close')).toEqual(['close']);
    expect(events.at(-1)).toEqual(ABNORMAL);
  });

  test('after this side has started to close', async () => {
    const joined = new Joined().open();
    const events = record(joined.client);
    joined.client.close(1000);
    joined.clientSide.destroy(reset());
    await settled();
    expect(events).toEqual([['error', 'ECONNRESET'], ABNORMAL]);
  });

  test('after both have closed is none of the application’s business', async () => {
    const joined = new Joined().open();
    const events = record(joined.client);
    writeRaw(joined, 'server', { opcode: OPCODE.CLOSE, payload: '' });
    joined.clientSide.once('data', () =>
      process.nextTick(() => joined.clientSide.destroy(reset())),
    );
    await settled();
    expect(events).toEqual([['close', 1005, '', true]]);
  });

  test('after the peer broke the protocol is no second error', async () => {
    const joined = new Joined().open();
    const events = record(joined.server);
    joined.clientSide.write(Buffer.of(0x81, 0));
    joined.server.on('error', () => joined.serverSide.destroy(reset()));
    await settled();
    expect(events).toEqual([['error', 'WS_ERR_EXPECTED_MASK'], ABNORMAL]);
  });

  test('an end of the stream without a closing frame: close 1006, and no error', async () => {
    const joined = new Joined().open();
    const events = record(joined.client);
    joined.serverSide.end();
    await settled();
    expect(events).toEqual([ABNORMAL]);
    expect(joined.clientSide.destroyed).toBe(true);
  });
});

describe('given up before it was open, though the handshake succeeds', () => {
  test.each([
    ['close()', (ws: WebSocket) => ws.close(), 'WS_ERR_CLOSED_EARLY'],
    ['terminate()', (ws: WebSocket) => ws.terminate(), 'WS_ERR_TERMINATED'],
  ])('%s: it does not open, and nothing is sent', async (_, giveUp, code) => {
    const joined = new Joined();
    const events = record(joined.client);
    giveUp(joined.client);
    expect(joined.client.send('late')).toBe(false);
    joined.open();
    await settled();
    expect(events).toEqual([['error', code], ABNORMAL]);
    expect(joined.clientSide.destroyed).toBe(true);
    expect(joined.clientSide.writes).toEqual([]);
    joined.server.terminate();
  });
});
