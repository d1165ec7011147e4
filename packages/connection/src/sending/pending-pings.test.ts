/** Pings whose sender wants to hear of the answer (RFC 6455 §5.5.2, §5.5.3). */
import { OPCODE } from '@ws/frame-parser';
import { settled } from '../../test/duplex-pair';
import { uncaughtFrom } from '../../test/listening';
import { ENDS, Joined, record, writeRaw } from '../../test/memory-opening';
import { HIXIE } from '../../test/pair';
import { PendingPings } from './pending-pings';

function pinged(...payloads: string[]): { pings: PendingPings; told: unknown[] } {
  const pings = new PendingPings();
  const told: unknown[] = [];
  payloads.forEach((payload, index) => {
    pings.add(Buffer.from(payload), (error) => told.push([index, error]));
  });
  return { pings, told };
}

describe('a pong', () => {
  test('answers the ping with its payload, and all before it', () => {
    const { pings, told } = pinged('a', 'b', 'c');
    pings.answeredBy(Buffer.from('b'));
    expect(told).toEqual([
      [0, null],
      [1, null],
    ]);
    pings.answeredBy(Buffer.from('c'));
    expect(told.at(-1)).toEqual([2, null]);
  });

  test.each(['', 'd', 'aa', 'constructor'])('that nobody asked for answers none: %p', (payload) => {
    const { pings, told } = pinged('a', 'b', 'c');
    pings.answeredBy(Buffer.from(payload));
    expect(told).toEqual([]);
  });

  test('answers one of several with the same payload', () => {
    const { pings, told } = pinged('a', 'a');
    pings.answeredBy(Buffer.from('a'));
    expect(told).toEqual([[0, null]]);
  });
});

test('those that are not answered fail, once', () => {
  const { pings, told } = pinged('a', 'b');
  const error = new Error('gone');
  pings.fail(error);
  pings.fail(error);
  pings.answeredBy(Buffer.from('b'));
  expect(told).toEqual([
    [0, error],
    [1, error],
  ]);
});

test('the payload is remembered as it was sent', () => {
  const pings = new PendingPings();
  const told = jest.fn();
  const payload = Buffer.from('a');
  pings.add(payload, told);
  payload.write('b');
  pings.answeredBy(Buffer.from('a'));
  expect(told).toHaveBeenCalledTimes(1);
});

describe.each(ENDS)('ping() by the %s', (name) => {
  const peerName = name === 'client' ? 'server' : 'client';

  test('calls back when the answer has come', async () => {
    const { [name]: ws } = new Joined().open();
    const told: unknown[] = [];
    expect(ws.ping((error) => told.push(['empty', error]))).toBe(true);
    ws.ping('text', (error) => told.push(['text', error]));
    ws.ping(Uint8Array.of(1), (error) => told.push(['bytes', error]));
    expect(told).toEqual([]);
    await settled();
    expect(told).toEqual([
      ['empty', null],
      ['text', null],
      ['bytes', null],
    ]);
  });

  test('calls back with an error when the connection ends before', async () => {
    const joined = new Joined();
    joined[`${peerName}Side`].resume();
    joined.openings[name].open();
    const told: unknown[] = [];
    joined[name].ping('a', (error) => told.push((error as { code?: unknown }).code));
    await settled();
    joined[name].terminate();
    await settled();
    expect(told).toEqual(['WS_ERR_NOT_SENT']);
  });

  test('a callback that throws does not keep what follows from being delivered', async () => {
    const joined = new Joined().open();
    const events = record(joined[name]);
    const mistake = new Error('application');
    const uncaught = await uncaughtFrom(async () => {
      joined[name].ping('a', () => {
        throw mistake;
      });
      writeRaw(
        joined,
        peerName,
        { opcode: OPCODE.PONG, payload: 'a' },
        { opcode: OPCODE.TEXT, payload: 'text' },
      );
      await settled();
    });
    expect(uncaught).toEqual([mistake]);
    expect(events).toEqual([['message', 'text']]);
  });

  test('is refused by mistakes, and changes nothing', async () => {
    const joined = new Joined().open();
    expect(() => joined[name].ping('x'.repeat(126))).toThrow(RangeError);
    expect(() => joined[name].ping('€'.repeat(42))).toThrow(RangeError);
    for (const data of [true, {}, [1]]) {
      expect(() => joined[name].ping(data as never)).toThrow(TypeError);
    }
    await settled();
    expect(joined[`${name}Side`].writes).toEqual([]);
  });
});

describe('roundTrip()', () => {
  test.each(ENDS)('measures the time that an answer takes; %s', async (name) => {
    const { [name]: ws } = new Joined().open();
    const times = await Promise.all([ws.roundTrip(), ws.roundTrip()]);
    for (const time of times) expect(time).toBeGreaterThan(0);
  });

  const NOT_SENT = { code: 'WS_ERR_NOT_SENT' };

  test('is rejected once the connection closes', async () => {
    const { server } = new Joined().open();
    server.close();
    await expect(server.roundTrip()).rejects.toMatchObject(NOT_SENT);
    await settled();
  });

  test('is rejected when the connection ends before the answer', async () => {
    const { client } = new Joined().open();
    const measured = client.roundTrip();
    client.terminate();
    await expect(measured).rejects.toMatchObject(NOT_SENT);
  });

  test.each(HIXIE)('%s has no pings', async (version) => {
    const { server } = new Joined(version).open();
    expect(server.ping()).toBe(false);
    await expect(server.roundTrip()).rejects.toMatchObject(NOT_SENT);
  });
});
