/** An emitter of Node's kind, with the events of a WebSocket. */
import { EventEmitter, getMaxListeners } from 'node:events';
import { expectTypeOf } from 'expect-type';
import { listening, uncaughtFrom } from '../../test/listening';
import type { Listening } from '../../test/listening';
import { Joined } from '../../test/memory-opening';

let on: Listening;
let calls: unknown[];

beforeEach(() => {
  on = listening();
  calls = [];
});

const caller = (name: string) => (): void => void calls.push(name);

describe('removal', () => {
  type Way = 'addEventListener' | 'on' | 'once';
  type Removal = 'removeEventListener' | 'off' | 'removeListener';
  const call = (method: Way | Removal, listener: () => void): void => {
    const target = on.target as Record<Way | Removal, (type: string, listener: () => void) => void>;
    target[method]('open', listener);
  };
  const ROWS = (['addEventListener', 'on', 'once'] as Way[]).flatMap((way) =>
    (['removeEventListener', 'off', 'removeListener'] as Removal[]).map(
      (removal) => [way, removal] as const,
    ),
  );

  test.each(ROWS)('what %s has added, %s removes', (way, removal) => {
    const listener = caller('1');
    call(way, listener);
    call(removal, listener);
    on.fire('open');
    expect(calls).toEqual([]);
  });

  test.each([
    ['removeEventListener', 'on', 2],
    ['off', 'addEventListener', 1],
  ] as const)('of a function added both ways, %s leaves that of %s', (removal, _, count) => {
    const listener = caller('1');
    on.target.addEventListener('open', listener);
    on.target.on('open', listener);
    call(removal, listener);
    expect(on.target.listenerCount('open')).toBe(1);
    // One of `addEventListener` is not added again.
    on.target.addEventListener('open', listener);
    expect(on.target.listenerCount('open')).toBe(count);
  });

  test('addEventListener with capture: removed by off, not by removeEventListener without it', () => {
    const listener = caller('1');
    on.target.addEventListener('open', listener, { capture: true });
    on.target.removeEventListener('open', listener);
    on.fire('open');
    on.target.off('open', listener);
    on.fire('open');
    expect(calls).toEqual(['1']);
  });

  test('off removes the last of several', () => {
    const listener = caller('1');
    on.target.on('open', listener).on('open', caller('2')).once('open', listener);
    on.target.off('open', listener);
    on.fire('open');
    on.fire('open');
    expect(calls).toEqual(['1', '2', '1', '2']);
  });

  test('neither way removes an attribute', () => {
    const listener = caller('1');
    on.target.onopen = listener;
    on.target.off('open', listener).removeEventListener('open', listener);
    on.fire('open');
    expect(calls).toEqual(['1']);
  });
});

describe('emit of a name of your own', () => {
  test('calls all that listen, in order, with all arguments and this', () => {
    on.target.on('chat', function (this: unknown, ...args: never[]) {
      calls.push(this === on.target, ...args);
    });
    on.target.addEventListener('chat', { handleEvent: (event) => calls.push(event) });
    on.target.prependListener('chat', caller('first'));
    expect(on.target.emit('chat', 1, 2)).toBe(true);
    expect(calls).toEqual(['first', true, 1, 2, 1]);
    expect(on.target.emit('talk', 1)).toBe(false);
  });

  test('what a listener throws is thrown, and the rest is not called', () => {
    on.target.on('chat', () => {
      throw new Error('mine');
    });
    on.target.on('chat', caller('2'));
    expect(() => on.target.emit('chat')).toThrow('mine');
    expect(calls).toEqual([]);
  });

  test('once: removed before it is called; removed by another: not called', () => {
    const removed = caller('removed');
    on.target.once('chat', () => {
      on.target.off('chat', removed);
      calls.push(on.target.emit('chat'));
    });
    on.target.on('chat', removed);
    expect(on.target.emit('chat')).toBe(true);
    expect(calls).toEqual([false]);
  });

  test('symbols are names, too', () => {
    const name = Symbol('mine') as never;
    on.target.on<string>(name, caller('1'));
    expect([on.target.emit<string>(name), on.target.eventNames()]).toEqual([true, [name]]);
    expect(calls).toEqual(['1']);
  });
});

describe('emit of a name of ours', () => {
  let warned: jest.SpyInstance;

  beforeEach(() => {
    warned = jest.spyOn(process, 'emitWarning').mockReturnValue();
  });

  afterEach(() => {
    warned.mockRestore();
  });

  test('with an event of that type: dispatches it', async () => {
    const { client } = new Joined();
    const event = new MessageEvent('message', { data: 'mine' });
    client.onmessage = ({ data, target }) => calls.push(data, target === client);
    expect(client.emit('message', event)).toBe(true);
    expect(client.emit('close', new Event('close'))).toBe(false);
    expect(calls).toEqual(['mine', true]);
    const uncaught = await uncaughtFrom(() => {
      client.on('error', () => {
        throw new Error('mine');
      });
      expect(client.emit('error', new Event('error'))).toBe(true);
    });
    expect(uncaught).toEqual([new Error('mine')]);
    expect(warned).not.toHaveBeenCalled();
  });

  test.each([
    ['error', new Error('mine')],
    ['message', { type: 'message', data: 'mine' }],
    ['open', new Event('close')],
    ['close', undefined],
  ] as const)('%s with %p: nothing but a warning', (type, value) => {
    const { client } = new Joined();
    client.on(type, caller(type));
    expect(client.emit(type, value as never)).toBe(false);
    expect(calls).toEqual([]);
    expect(warned.mock.calls).toEqual([
      [
        `emit('${type}') does nothing without an event of that type: the connection makes its own`,
        { type: 'WebSocketWarning', code: 'WS_WARN_EMIT' },
      ],
    ]);
  });

  test('with an event that is being dispatched: nothing, as when a stream emits it again', () => {
    on.target.on('open', (event) => calls.push(on.target.emit('open', event as never)));
    on.fire('open');
    expect(calls).toEqual([false]);
    expect(warned).not.toHaveBeenCalled();
  });
});

describe('what there is', () => {
  test('eventNames, without those whose listeners have gone', () => {
    const listener = caller('1');
    on.target.on('open', listener).addEventListener('chat', listener);
    on.target.onclose = listener;
    on.target.on('chat', listener);
    expect(on.target.eventNames()).toEqual(['open', 'chat', 'close']);
    on.target.off('open', listener);
    expect(on.target.eventNames()).toEqual(['chat', 'close']);
  });

  test('listenerCount of one listener', () => {
    const listener = caller('1');
    on.target.on('open', listener).once('open', listener).on('open', caller('2'));
    expect([on.target.listenerCount('open'), on.target.listenerCount('open', listener)]).toEqual([
      3, 2,
    ]);
  });

  test('rawListeners: of once, a function that removes it and calls it with this', () => {
    const object = { handleEvent: (value: unknown): unknown => calls.push(value) };
    on.target.once('open', object as never);
    const [raw] = on.target.rawListeners('open') as unknown as [
      { (value: unknown): void; listener: unknown },
    ];
    expect([raw.listener, on.target.listenerCount('open')]).toEqual([object, 1]);
    raw('hello');
    expect([calls, on.target.listenerCount('open')]).toEqual([['hello'], 0]);
  });

  test('prependListener: a first listener of messages, too, gets those that wait', async () => {
    const { client, server } = new Joined().open();
    server.send('before');
    const heard = new Promise((resolve) => client.prependOnceListener('message', resolve));
    expect(await heard).toMatchObject({ data: 'before' });
  });

  test("getMaxListeners is what was set, for Node's own function too", () => {
    const emitter = on.target as never as EventEmitter;
    expect(getMaxListeners(emitter)).toBe(EventEmitter.defaultMaxListeners);
    expect(on.target.setMaxListeners(0)).toBe(on.target);
    expect([on.target.getMaxListeners(), getMaxListeners(emitter)]).toEqual([0, 0]);
    on.target.setMaxListeners(Infinity);
    expect(on.target.getMaxListeners()).toBe(Infinity);
    expect(Object.keys(on.target)).toEqual([]);
  });

  test.each([-1, NaN, '5', null])('setMaxListeners(%p) throws', (count) => {
    expect(() => on.target.setMaxListeners(count as never)).toThrow(RangeError);
  });

  test('the types: ours take an event, all others what you like', () => {
    const { client } = new Joined();
    expectTypeOf(client.eventNames()).toEqualTypeOf<string[]>();
    const compiled = [
      () => client.emit('chat', 1, 2, 3),
      () => client.emit('pipe'),
      () => client.emit('message', new MessageEvent('message')),
      // @ts-expect-error -- an event, and not what it says
      () => client.emit('message', 'data'),
      // @ts-expect-error -- did you mean 'message'?
      () => client.emit('mesage', 1),
      // @ts-expect-error -- a close event has no data
      () => client.prependListener('close', ({ data }) => data),
      () => client.prependOnceListener('close', ({ code }) => code),
    ];
    expect(compiled).toHaveLength(7);
  });
});
