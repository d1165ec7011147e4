/** _Fail the WebSocket Connection_, between two ends in memory. */
import { OPCODE } from '@ws/frame-parser';
import { ENDS, expectClosing, expectFailing, HIXIE, inject, Pair } from '../../test/pair';

describe('failing the connection (§7.1.7)', () => {
  test.each(ENDS)('from open, by the %s', (name) => {
    const pair = new Pair();
    pair[name].protocol.fail('INVALID_UTF8');
    expect(pair[name].protocol.endsTransport).toBe(true);
    pair.carry();
    expectFailing(pair, pair[name], 'INVALID_UTF8');
  });

  test('only once', () => {
    const pair = new Pair();
    pair.server.protocol.fail('INVALID_UTF8');
    pair.server.protocol.fail('MASK_MISSING');
    pair.carry();
    expectFailing(pair, pair.server, 'INVALID_UTF8');
  });

  test('after its closing frame was sent, no second one follows', () => {
    const pair = new Pair();
    pair.server.protocol.startClosingHandshake(1000, '');
    pair.write(pair.server);
    pair.server.protocol.decoder.push(Uint8Array.of(0x81, 0));
    expect(pair.server.outbox.bytes).toBe(0);
    expect(pair.server.protocol).toMatchObject({ state: 'draining', violation: 'MASK_MISSING' });
    expect(pair.server.protocol.wasClean).toBe(false);
  });

  test('not any more once both closing frames are known', () => {
    const pair = new Pair();
    pair.client.protocol.startClosingHandshake(1000, '');
    pair.write(pair.client);
    pair.server.read(Infinity);
    pair.server.protocol.fail('INVALID_UTF8');
    pair.carry();
    expectClosing(pair, 1000);
  });

  test.each(HIXIE)('%s has no words for it, and ends the stream', (version) => {
    const pair = new Pair(version);
    pair.server.protocol.decoder.push(Uint8Array.of(0, 0xc0, 0xff));
    expect(pair.server.takeSent()).toHaveLength(0);
    pair.carry();
    expectFailing(pair, pair.server, 'INVALID_UTF8');
  });

  test.each(ENDS)('what the %s receives behind the mistake is ignored', (name) => {
    const pair = new Pair();
    const { [name]: end } = pair;
    inject(end, { opcode: OPCODE.TEXT, payload: 'before' }, { opcode: 3, payload: '' });
    inject(end, { opcode: OPCODE.TEXT, payload: 'after' }, { opcode: OPCODE.PING, payload: '' });
    pair.carry();
    expect(end.heard).toEqual([['text', 'before']]);
    expectFailing(pair, end, 'OPCODE_RESERVED');
  });
});
