/** The interface of WHATWG WebSockets §3.1, and the steps of its methods, on both ends. */
import { settled } from '../../test/duplex-pair';
import { ENDS, Joined, record } from '../../test/memory-opening';
import { HIXIE, HYBI } from '../../test/pair';
import { thrown } from '../../test/thrown';
import { SocketEventTarget } from './event-target';
import { StandardWebSocket } from './standard-websocket';
import { WebSocket } from './websocket';

const { prototype } = StandardWebSocket;

describe('the shape of the interface, as Web IDL wants it', () => {
  const READ_ONLY = ['url', 'readyState', 'bufferedAmount', 'extensions', 'protocol'];
  const WRITABLE = ['onopen', 'onerror', 'onclose', 'onmessage', 'binaryType'];
  const OPERATIONS = { close: 0, send: 1 };
  const TARGET = { addEventListener: 2, removeEventListener: 2, dispatchEvent: 1 };
  const CONSTANTS = { CONNECTING: 0, OPEN: 1, CLOSING: 2, CLOSED: 3 };
  const { client } = new Joined();

  test.each([...READ_ONLY, ...WRITABLE])('%s is an attribute of the prototype', (name) => {
    const descriptor = Object.getOwnPropertyDescriptor(prototype, name);
    expect(descriptor).toMatchObject({ enumerable: true, configurable: true });
    expect(typeof descriptor?.get).toBe('function');
    expect(typeof descriptor?.set).toBe(WRITABLE.includes(name) ? 'function' : 'undefined');
    expect(Object.hasOwn(client, name)).toBe(false);
  });

  test.each([
    ...Object.entries(OPERATIONS).map(
      ([name, length]) => [StandardWebSocket, name, length] as const,
    ),
    ...Object.entries(TARGET).map(([name, length]) => [SocketEventTarget, name, length] as const),
  ])('%p has the operation %s, which requires %d arguments', (holder, name, length) => {
    const descriptor = Object.getOwnPropertyDescriptor(holder.prototype, name);
    expect(descriptor).toMatchObject({ enumerable: true, configurable: true, writable: true });
    expect((descriptor?.value as { length: number }).length).toBe(length);
    expect((descriptor?.value as { name: string }).name).toBe(name);
  });

  test.each(Object.entries(CONSTANTS))(
    '%s is %d, on the class and on the prototype',
    (name, value) => {
      const expected = { value, writable: false, enumerable: true, configurable: false };
      for (const holder of [StandardWebSocket, prototype]) {
        expect(Object.getOwnPropertyDescriptor(holder, name)).toEqual(expected);
      }
      for (const inheriting of [WebSocket, client])
        expect(Reflect.get(inheriting, name)).toBe(value);
    },
  );

  test('its name is WebSocket', () => {
    const descriptor = Object.getOwnPropertyDescriptor(prototype, Symbol.toStringTag);
    const expected = { writable: false, enumerable: false, configurable: true };
    expect(descriptor).toEqual({ value: 'WebSocket', ...expected });
    expect(Object.prototype.toString.call(client)).toBe('[object WebSocket]');
    expect(client).toBeInstanceOf(EventTarget);
  });

  test('all of its members can be enumerated, and nothing else of an instance', () => {
    const names: string[] = [];
    for (const name in Object.create(prototype)) names.push(name);
    const members = [
      READ_ONLY,
      WRITABLE,
      ...[OPERATIONS, TARGET, CONSTANTS].map(Object.keys),
    ].flat();
    expect(names.sort()).toEqual(members.sort());
    expect(Object.keys(client)).toEqual([]);
  });
});

describe.each(ENDS)('the attributes of a %s', (name) => {
  const STATES = {
    CONNECTING: () => new Joined(),
    OPEN: () => new Joined().open(),
    CLOSING: () => {
      const joined = new Joined().open();
      joined[name].close();
      return joined;
    },
    CLOSED: async () => {
      const joined = new Joined().open();
      joined[name].close();
      await settled();
      return joined;
    },
  };

  test.each(Object.keys(STATES) as (keyof typeof STATES)[])('readyState: %s', async (state) => {
    expect((await STATES[state]())[name].readyState).toBe(WebSocket[state]);
  });

  // "send(data)" steps: throws while CONNECTING in a browser; waits here. Counted once closing has begun.
  test.each([
    ['CONNECTING', true, 3],
    ['OPEN', true, 3],
    ['CLOSING', false, 3],
    ['CLOSED', false, 3],
  ] as const)('send() while %s gives %p', async (state, accepted, bufferedAmount) => {
    const joined = await STATES[state]();
    expect(joined[name].send('€')).toBe(accepted);
    expect(joined[name].bufferedAmount).toBe(bufferedAmount);
    await settled();
    expect(joined[name].bufferedAmount).toBe(state === 'OPEN' ? 0 : bufferedAmount);
  });

  // "close(code, reason)" step 3: no effect while CLOSING or CLOSED, but steps 1 and 2 still throw.
  test.each(Object.keys(STATES) as (keyof typeof STATES)[])('close() while %s', async (state) => {
    const { [name]: ws } = await STATES[state]();
    const before = ws.readyState;
    const errors = [() => ws.close(1006), () => ws.close(1000, 'x'.repeat(124))].map(thrown);
    expect(errors).toMatchObject([{ name: 'InvalidAccessError' }, { name: 'SyntaxError' }]);
    expect(ws.readyState).toBe(before);
    ws.close(1000);
    expect(ws.readyState).toBe(Math.max(before, WebSocket.CLOSING));
  });

  test('bufferedAmount "does not reset to zero once the connection closes"', async () => {
    const joined = new Joined().open();
    const ws = joined[name];
    joined[`${name}Side`].stall();
    ws.send('x'.repeat(2000));
    await settled();
    ws.send('y'.repeat(500));
    ws.send(new Blob(['z'.repeat(100)]));
    ws.terminate();
    expect(ws.bufferedAmount).toBe(2600);
    await settled();
    expect([ws.readyState, ws.bufferedAmount]).toEqual([WebSocket.CLOSED, 2600]);
  });

  test('messages that come once close() was called are not delivered', async () => {
    const joined = new Joined().open();
    const events = record(joined[name]);
    joined[name === 'client' ? 'server' : 'client'].send('too late');
    joined[name].send(new Blob(['takes a while']));
    joined[name].close(1000);
    await settled();
    expect(events).toEqual([['close', 1000, '', true]]);
  });
});

describe.each([...HYBI, ...HIXIE])('events over %s', (version) => {
  const binary = version.startsWith('hybi');

  test.each(ENDS)('come in order, and are the runtime’s own kind; %s', async (name) => {
    const joined = new Joined(version);
    const peer = joined[name === 'client' ? 'server' : 'client'];
    const events: Event[] = [];
    for (const type of ['open', 'message', 'error', 'close'] as const) {
      joined[name].addEventListener(type, (event) => events.push(event as never));
    }
    joined.open();
    peer.send('text');
    if (binary) peer.send(Uint8Array.of(1));
    await settled();
    peer.close();
    await settled();
    const types = ['open', 'message', ...(binary ? ['message'] : []), 'close'];
    expect(events.map(({ type }) => type)).toEqual(types);
    for (const event of events) {
      expect(event).toBeInstanceOf(Event);
      expect(event.target).toBe(joined[name]);
    }
    expect(events[1]).toBeInstanceOf(MessageEvent);
    expect(events[1]).toMatchObject({ data: 'text', origin: 'ws://example.test' });
    expect(events.at(-1)).toMatchObject({ wasClean: true, code: binary ? 1005 : 1000 });
  });

  test('a connection that is lost: error, then close', async () => {
    const joined = new Joined(version).open();
    const events = record(joined.client);
    joined.clientSide.destroy(Object.assign(new Error(), { code: 'ECONNRESET' }));
    await settled();
    expect(events).toEqual([
      ['error', 'ECONNRESET'],
      ['close', 1006, '', false],
    ]);
  });
});

describe('dispatchEvent', () => {
  const { client } = new Joined();

  test('gives false if a listener has prevented the default, true if not', () => {
    const cancelable = (): Event => new Event('message', { cancelable: true });
    expect(client.dispatchEvent(cancelable())).toBe(true);
    client.addEventListener('message', (event) => event.preventDefault(), { once: true });
    expect(client.dispatchEvent(cancelable())).toBe(false);
    client.addEventListener('message', (event) => event.preventDefault(), { once: true });
    expect(client.dispatchEvent(new Event('message'))).toBe(true);
  });

  test('calls the listeners with the event, whose target is the WebSocket', () => {
    const heard: unknown[] = [];
    const event = new Event('open');
    client.addEventListener('open', {
      handleEvent: (given) => heard.push(given === (event as never), given.currentTarget),
    });
    client.onopen = ({ target }) => heard.push(target);
    client.dispatchEvent(event);
    expect(heard).toEqual([true, client, client]);
    expect([event.target, event.currentTarget]).toEqual([client, null]);
  });

  test('stopImmediatePropagation keeps the rest from being called', () => {
    const late = jest.fn();
    client.addEventListener('error', (event) => event.stopImmediatePropagation());
    client.addEventListener('error', late);
    client.dispatchEvent(new Event('error'));
    expect(late).not.toHaveBeenCalled();
  });

  test('an event that is being dispatched cannot be dispatched again (DOM §2.7)', () => {
    const event = new Event('close');
    let error: unknown = null;
    client.addEventListener('close', () => (error = thrown(() => client.dispatchEvent(event))), {
      once: true,
    });
    client.dispatchEvent(event);
    expect(error).toMatchObject({ name: 'InvalidStateError' });
    expect(client.dispatchEvent(event)).toBe(true);
  });

  test.each([{ type: 'open' }, null, undefined, 'open'])('%p is no event', (event) => {
    expect(() => client.dispatchEvent(event as never)).toThrow(TypeError);
  });
});
