import { isValidCloseCode } from '@ws/frame-parser';
import { settled } from '../../test/duplex-pair';
import { ENDS, Joined, record } from '../../test/memory-opening';
import { thrown } from '../../test/thrown';
import { WebSocket } from './websocket';

describe('close()', () => {
  const allowed = {
    client: (code: number) => code === 1000 || (code >= 3000 && code <= 4999),
    server: isValidCloseCode,
  };

  test.each(ENDS)('by a %s: of the codes from 0 to 5000, the ones that it may pass', (name) => {
    const { [name]: ws } = new Joined();
    for (let code = 0; code <= 5000; code++) {
      const error = thrown(() => ws.close(code, 'x'.repeat(124))) as DOMException;
      const expected = allowed[name](code) ? 'SyntaxError' : 'InvalidAccessError';
      if (error.name !== expected) throw new Error(`${code}: ${error.name}`);
    }
    expect(ws.readyState).toBe(WebSocket.CONNECTING);
  });

  // As Web IDL converts to [Clamp] unsigned short.
  // prettier-ignore
  const CONVERTED: [unknown, number][] = [
    ['1000', 1000], ['4999', 4999], [' 3e3 ', 3000], [[3000], 3000], [Object(3000), 3000],
    [{ valueOf: () => 3000 }, 3000],
    [999.5, 1000], [1000.4, 1000], [1000.5, 1000], [2999.5, 3000], [3000.5, 3000], [3001.5, 3002], [4999.4, 4999],
  ];
  test.each(CONVERTED)('%p is the code %d', async (code, expected) => {
    for (const name of ENDS) {
      const { [name]: ws, [name === 'client' ? 'server' : 'client']: peer } = new Joined().open();
      const events = record(peer);
      ws.close(code as number);
      await settled();
      expect(events).toEqual([['close', expected, '', true]]);
    }
  });

  test.each([
    NaN,
    Infinity,
    -Infinity,
    -1,
    999.4,
    4999.5,
    65536 + 1000,
    '',
    'normal',
    null,
    false,
    {},
  ])('refuses the code %p', (code) => {
    for (const name of ENDS) {
      const { [name]: ws } = new Joined().open();
      const error = thrown(() => ws.close(code as number));
      expect(error).toMatchObject({ name: 'InvalidAccessError' });
      expect(ws.readyState).toBe(WebSocket.OPEN);
    }
  });

  test.each<[unknown, unknown]>([
    [1000n, 'a BigInt'],
    [Symbol('code'), 'a symbol'],
    [1000, Symbol('reason')],
    [5, Symbol('reason')],
  ])('refuses %p with %p, which are not converted', (code, reason) => {
    const { client } = new Joined().open();
    expect(thrown(() => client.close(code as number, reason as string))).toBeInstanceOf(TypeError);
    expect(client.readyState).toBe(WebSocket.OPEN);
  });

  // prettier-ignore
  const STRINGS: [unknown, string][] = [
    [undefined, ''], [null, 'null'], [5, '5'], [0, '0'], [false, 'false'], [1n, '1'], [['a', 'b'], 'a,b'], [Uint16Array.of(1, 2), '1,2'],
    [{}, '[object Object]'], [{ toString: () => 'bye' }, 'bye'],
  ];
  test.each(STRINGS)('the reason %p is %j', async (reason, expected) => {
    const { client, server } = new Joined().open();
    const events = record(server);
    client.close(1000, reason as string);
    await settled();
    expect(events).toEqual([['close', 1000, expected, true]]);
  });

  // prettier-ignore
  const REASONS: [string, string, boolean][] = [
    ['123 bytes',                         'x'.repeat(123),            true],
    ['124 bytes',                         'x'.repeat(124),            false],
    ['41 characters of three bytes each', '€'.repeat(41),             true],
    ['123 bytes and one of two',          `${'x'.repeat(122)}é`,      false],
    ['41 lone surrogates',                '\ud800'.repeat(41),        true],
    ['42 lone surrogates',                '\ud800'.repeat(42),        false],
  ];
  test.each(REASONS)('with a reason of %s', async (_, reason, accepted) => {
    const { client, server } = new Joined().open();
    const events = record(server);
    const error = thrown(() => client.close(4000, reason));
    await settled();
    if (accepted)
      expect(events).toEqual([['close', 4000, reason.replaceAll('\ud800', '\ufffd'), true]]);
    else expect(error).toMatchObject({ name: 'SyntaxError' });
    expect(client.readyState).toBe(accepted ? WebSocket.CLOSED : WebSocket.OPEN);
  });

  test.each(ENDS)('without a code, by the %s: 1005 on both sides', async (name) => {
    const joined = new Joined().open();
    const events = [record(joined.client), record(joined.server)];
    joined[name].close();
    await settled();
    expect(events).toEqual([[['close', 1005, '', true]], [['close', 1005, '', true]]]);
  });

  test('with a reason alone: 1000', async () => {
    const { client, server } = new Joined().open();
    const events = record(server);
    client.close(undefined, 'bye');
    await settled();
    expect(events).toEqual([['close', 1000, 'bye', true]]);
  });

  test('twice, and once closed: no effect', async () => {
    const { client, server } = new Joined().open();
    const events = [record(client), record(server)];
    client.close(4001);
    client.close(4002);
    await settled();
    client.close(4003);
    client.terminate();
    await settled();
    expect(events).toEqual([[['close', 4001, '', true]], [['close', 4001, '', true]]]);
  });

  test('before the connection is open gives it up: error, then close 1006', async () => {
    const { client } = new Joined();
    const events = record(client);
    client.send('waiting');
    client.close();
    client.close();
    expect(client.readyState).toBe(WebSocket.CLOSING);
    await settled();
    expect(events).toEqual([
      ['error', 'WS_ERR_CLOSED_EARLY'],
      ['close', 1006, '', false],
    ]);
    expect([client.readyState, client.bufferedAmount]).toEqual([WebSocket.CLOSED, 7]);
  });
});
