import { OPCODE } from '@ws/frame-parser';
import { bytes, ENDS, everyWay, expectClosing, HIXIE, HYBI, inject, Pair } from '../../test/pair';

describe('messages', () => {
  test.each(everyWay([...HYBI, ...HIXIE]))(
    'text arrives: $version from the $first, chunks of $size',
    ({ version, first, size }) => {
      const pair = new Pair(version);
      const sender = pair[first];
      expect(sender.protocol.sendText('a€')).toBe(4);
      sender.protocol.sendText('');
      pair.carry(size);
      const expected = [
        ['text', 'a€'],
        ['text', ''],
      ];
      expect(pair.peerOf(sender).heard).toEqual(expected);
      expect(sender.heard).toEqual([]);
    },
  );

  test.each(everyWay(HYBI))(
    'binary arrives: $version from the $first, chunks of $size',
    ({ version, first, size }) => {
      const pair = new Pair(version);
      pair[first].protocol.sendBinary(Uint8Array.of(0, 255, 7));
      pair.carry(size);
      expect(pair.peerOf(pair[first]).heard).toEqual([['binary', [0, 255, 7]]]);
    },
  );

  test.each(HIXIE)('%s has neither binary nor pings', (version) => {
    const { client } = new Pair(version);
    expect(client.protocol.wire).toMatchObject({ hasBinary: false, hasPing: false });
    expect(() => client.protocol.sendBinary(bytes(''))).toThrow('bug: binary message');
    expect(() => client.protocol.sendPing(bytes(''))).toThrow('bug: ping');
    expect(() => client.protocol.sendPong(bytes(''))).toThrow('bug: pong');
  });

  test('nothing is delivered between pause and resume, and nothing is lost', () => {
    const { client, server } = new Pair();
    server.onHeard = () => server.protocol.pause();
    inject(server, { opcode: OPCODE.TEXT, payload: 'a' }, { opcode: OPCODE.TEXT, payload: 'b' });
    server.read(Infinity);
    expect(server.heard).toEqual([['text', 'a']]);
    server.protocol.resume();
    expect(server.heard.at(-1)).toEqual(['text', 'b']);
    expect(client.heard).toEqual([]);
  });
});

describe('pings (§5.5.2, §5.5.3)', () => {
  test.each(everyWay(HYBI))(
    'are answered in order, with what they carry: $version, $first, chunks of $size',
    ({ version, first, size }) => {
      const pair = new Pair(version);
      const sender = pair[first];
      const payloads = ['', 'one', 'x'.repeat(125)];
      for (const payload of payloads) sender.protocol.sendPing(bytes(payload));
      pair.carry(size);
      expect(pair.peerOf(sender).heard).toEqual(payloads.map((payload) => ['ping', payload]));
      expect(sender.heard).toEqual(payloads.map((payload) => ['pong', payload]));
    },
  );

  test('one inside a fragmented message is answered before the message is there', () => {
    const pair = new Pair();
    const { server } = pair;
    inject(
      server,
      { fin: false, opcode: OPCODE.TEXT, payload: 'Hel' },
      { opcode: OPCODE.PING, payload: 'p' },
      { opcode: OPCODE.CONTINUATION, payload: 'lo' },
    );
    server.onHeard = ([kind]) => {
      if (kind === 'text') expect(pair.client.heard).toEqual([['pong', 'p']]);
      else pair.write(server);
      pair.client.read(Infinity);
    };
    pair.carry();
    expect(server.heard).toEqual([
      ['ping', 'p'],
      ['text', 'Hello'],
    ]);
  });

  test('under congestion only the latest is answered, once there is room', () => {
    const pair = new Pair();
    const { client, server } = pair;
    server.isCongested = true;
    for (const payload of ['1', '2', '3']) client.protocol.sendPing(bytes(payload));
    pair.carry();
    expect(server.heard).toHaveLength(3);
    expect(client.heard).toEqual([]);
    server.isCongested = false;
    server.protocol.answerLatestPing();
    server.protocol.answerLatestPing();
    pair.carry();
    expect(client.heard).toEqual([['pong', '3']]);
  });

  test('the answer that waits is dropped when the connection closes first', () => {
    const pair = new Pair();
    const { client, server } = pair;
    server.isCongested = true;
    client.protocol.sendPing(bytes('late'));
    pair.carry();
    server.protocol.startClosingHandshake(1000, '');
    server.protocol.answerLatestPing();
    pair.carry();
    expect(client.heard).toEqual([]);
    expectClosing(pair, 1000);
  });

  test.each(ENDS)('an unsolicited pong to the %s is told and not answered', (name) => {
    const { [name]: end } = new Pair();
    inject(end, { opcode: OPCODE.PONG, payload: 'p' });
    end.read(Infinity);
    expect(end.heard).toEqual([['pong', 'p']]);
    expect(end.outbox.bytes).toBe(0);
  });
});

describe('abandoning the connection', () => {
  test('nothing more is heard, not even the rest of the chunk', () => {
    const pair = new Pair();
    const { server } = pair;
    server.onHeard = () => server.protocol.abandon();
    inject(
      server,
      { opcode: OPCODE.TEXT, payload: 'one' },
      { opcode: OPCODE.TEXT, payload: 'two' },
      { opcode: OPCODE.CLOSE, payload: '' },
    );
    server.read(Infinity);
    server.protocol.startClosingHandshake(1000, '');
    server.protocol.resume();
    expect(server.heard).toEqual([['text', 'one']]);
    expect(server.protocol).toMatchObject({ state: 'draining', closeSent: null, wasClean: false });
    expect(server.protocol.endsTransport).toBe(true);
  });

  test("in draft 75, the peer's end behind it is not how the peer closes", () => {
    const { server } = new Pair('hixie-75');
    server.protocol.abandon();
    server.protocol.receiveEof();
    expect(server.protocol).toMatchObject({ state: 'draining', closeReceived: null });
    expect(server.protocol.wasClean).toBe(false);
  });

  test('after both closing frames it is still a clean close', () => {
    const { server } = new Pair();
    server.protocol.startClosingHandshake(1000, '');
    inject(server, { opcode: OPCODE.CLOSE, payload: '' });
    server.read(Infinity);
    server.protocol.abandon();
    server.protocol.receiveTransportClosed();
    expect(server.protocol).toMatchObject({ state: 'closed', wasClean: true });
  });
});
