/** The closing handshake, and other ends that a connection comes to, between two ends in memory. */
import { OPCODE } from '@ws/frame-parser';
import {
  bytes,
  ENDS,
  everyWay,
  expectClosing,
  HIXIE,
  HYBI,
  inject,
  Pair,
  SIZES,
} from '../../test/pair';

describe('the closing handshake (§7.1)', () => {
  test.each(everyWay(HYBI))(
    'started by the $first: $version, chunks of $size',
    ({ version, first, size }) => {
      const pair = new Pair(version);
      pair[first].protocol.startClosingHandshake(4001, 'bye');
      expect(pair[first].protocol.state).toBe('closeSent');
      pair.carry(size);
      expectClosing(pair, 4001, 'bye');
    },
  );

  test.each(everyWay(HIXIE))(
    'started by the $first: $version, chunks of $size',
    ({ version, first, size }) => {
      const pair = new Pair(version);
      pair[first].protocol.startClosingHandshake(4001, 'bye');
      pair.carry(size);
      expectClosing(pair, 1000);
    },
  );

  test.each([...HYBI, ...HIXIE])('started by both at once: %s', (version) => {
    const pair = new Pair(version);
    pair.client.protocol.startClosingHandshake(1000, '');
    pair.server.protocol.startClosingHandshake(1000, '');
    pair.carry();
    expectClosing(pair, 1000);
  });

  test('each end reports the code that the other one sent', () => {
    const pair = new Pair();
    pair.client.protocol.startClosingHandshake(4001, 'client');
    pair.server.protocol.startClosingHandshake(4002, 'server');
    pair.carry();
    expect(pair.client.protocol.closeReceived).toEqual({ code: 4002, reason: 'server' });
    expect(pair.server.protocol.closeReceived).toEqual({ code: 4001, reason: 'client' });
    expect([pair.client.protocol.wasClean, pair.server.protocol.wasClean]).toEqual([true, true]);
  });

  test.each(ENDS)('without a code, by the %s: an empty frame, 1005 on both sides', (first) => {
    const pair = new Pair();
    pair[first].protocol.startClosingHandshake(1005, '');
    pair.write(pair[first]);
    expect(pair.peerOf(pair[first]).inFlight[1] & 0x7f).toBe(0);
    pair.carry();
    expectClosing(pair, 1005);
  });

  test('a second start has no effect', () => {
    const pair = new Pair();
    pair.client.protocol.startClosingHandshake(1000, 'first');
    const { bytes: sent } = pair.client.outbox;
    pair.client.protocol.startClosingHandshake(4000, 'second');
    expect(pair.client.outbox.bytes).toBe(sent);
    pair.carry();
    expectClosing(pair, 1000, 'first');
  });

  test.each(SIZES)('what follows a closing frame is ignored, chunks of %d', (size) => {
    const pair = new Pair();
    inject(
      pair.server,
      { opcode: OPCODE.CLOSE, payload: Uint8Array.of(3, 232) },
      { opcode: OPCODE.TEXT, payload: 'late' },
      { opcode: OPCODE.PING, payload: 'late' },
      { opcode: OPCODE.CLOSE, payload: '' },
      { opcode: 5, payload: 'not even a violation' },
    );
    while (pair.server.read(size));
    expect(pair.server.heard).toEqual([]);
    expect(pair.server.takeSent()).toEqual(Buffer.of(0x88, 2, 3, 232));
    expect(pair.server.protocol).toMatchObject({ state: 'draining', wasClean: true });
  });

  test('a message cut short by a closing frame is dropped', () => {
    const pair = new Pair();
    inject(pair.server, { fin: false, opcode: OPCODE.TEXT, payload: 'fragment' });
    pair.server.read(Infinity);
    pair.client.protocol.startClosingHandshake(1000, '');
    pair.carry();
    expect(pair.server.heard).toEqual([]);
    expectClosing(pair, 1000);
  });

  test('messages and pings that cross the closing frame are dropped, and the handshake goes on', () => {
    const pair = new Pair();
    pair.server.protocol.sendText('crossing');
    pair.server.protocol.sendPing(bytes('crossing'));
    pair.client.protocol.startClosingHandshake(1000, '');
    pair.carry();
    expect(pair.client.heard).toEqual([]);
    expect(pair.server.heard).toEqual([]);
    expectClosing(pair, 1000);
  });

  test('"The server MUST close the TCP connection immediately; the client SHOULD wait" (§7.1.1)', () => {
    const pair = new Pair();
    const { client, server } = pair;
    client.protocol.startClosingHandshake(1000, '');
    pair.write(client);
    server.read(Infinity);
    pair.write(server);
    client.read(Infinity);
    expect([client.protocol.state, server.protocol.state]).toEqual(['draining', 'draining']);
    expect(client.protocol.endsTransport).toBe(false);
    expect(server.protocol.endsTransport).toBe(true);
    client.protocol.receiveEof();
    expect(client.protocol.endsTransport).toBe(true);
  });
});

describe('the end of the stream', () => {
  test.each(HYBI.flatMap((version) => ENDS.map((name) => ({ version, name }))))(
    'without a closing frame is no clean close: $version, $name',
    ({ version, name }) => {
      const { [name]: end } = new Pair(version);
      end.protocol.receiveEof();
      expect(end.protocol).toMatchObject({ state: 'draining', closeReceived: null });
      expect(end.protocol.endsTransport).toBe(true);
      end.protocol.receiveTransportClosed();
      expect(end.protocol).toMatchObject({ state: 'closed', wasClean: false });
    },
  );

  test('after the closing frame was sent, before one came: not clean', () => {
    const { client } = new Pair();
    client.protocol.startClosingHandshake(1000, '');
    client.protocol.receiveEof();
    expect(client.protocol).toMatchObject({ state: 'draining', wasClean: false });
    expect(client.protocol.endsTransport).toBe(true);
  });

  test('in draft 76, without a closing frame: not clean', () => {
    const { server } = new Pair('hixie-76');
    server.protocol.receiveEof();
    expect(server.protocol).toMatchObject({ state: 'draining', wasClean: false });
  });

  test('in draft 75, between two messages, is how the peer closes', () => {
    const { server } = new Pair('hixie-75');
    server.protocol.receiveEof();
    expect(server.protocol).toMatchObject({ state: 'draining', wasClean: true });
    expect(server.protocol.closeReceived).toEqual({ code: 1000, reason: '' });
  });

  test.each([
    ['a message', [0, 0x61]],
    ['a message without text yet', [0]],
    ['a length', [0x80]],
    ['a frame to skip', [0x80, 3, 1]],
  ])('in draft 75, inside %s: not clean', (_, bytes) => {
    const { server } = new Pair('hixie-75');
    server.protocol.decoder.push(Uint8Array.from(bytes));
    server.protocol.receiveEof();
    expect(server.protocol.wasClean).toBe(false);
  });

  test.each(SIZES)('waits until what came before it is delivered, chunks of %d', (size) => {
    const pair = new Pair();
    const { client, server } = pair;
    client.onHeard = () => client.protocol.pause();
    server.protocol.sendText('one');
    server.protocol.sendText('two');
    server.protocol.startClosingHandshake(1000, '');
    pair.write(server);
    while (client.read(size));
    client.protocol.receiveEof();
    expect(client.protocol.state).toBe('open');
    client.protocol.resume();
    expect(client.protocol.state).toBe('open');
    client.protocol.resume();
    expect(client.heard.map(([, text]) => text)).toEqual(['one', 'two']);
    expect(client.protocol).toMatchObject({ state: 'draining', wasClean: true });
    expect(client.protocol.endsTransport).toBe(true);
  });

  test('once the transport is gone, nothing changes any more', () => {
    const { server } = new Pair();
    server.protocol.receiveTransportClosed();
    server.protocol.receiveTransportClosed();
    server.protocol.receiveEof();
    server.protocol.fail('INVALID_UTF8');
    server.protocol.abandon();
    server.protocol.startClosingHandshake(1000, '');
    inject(server, { opcode: OPCODE.TEXT, payload: 'late' });
    server.read(Infinity);
    server.protocol.resume();
    const nothing = { closeSent: null, closeReceived: null, violation: null };
    expect(server.protocol).toMatchObject({ state: 'closed', ...nothing });
    expect([server.heard, server.outbox.bytes]).toEqual([[], 0]);
    expect(server.protocol.endsTransport).toBe(false);
  });
});
