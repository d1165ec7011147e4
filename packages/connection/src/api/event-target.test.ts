/** How listeners come and go: WHATWG DOM §2.7, HTML §8.1.8.1, and Node's habits. */
import { getEventListeners, once, on as eventsOf } from 'node:events';
import { settled } from '../../test/duplex-pair';
import { listening } from '../../test/listening';
import type { Listening } from '../../test/listening';
import { Joined } from '../../test/memory-opening';

let on: Listening;
let calls: string[];

beforeEach(() => {
  on = listening();
  calls = [];
});

const caller = (name: string) => (): void => void calls.push(name);

describe('addEventListener', () => {
  test('counts the same listener once', () => {
    const listener = caller('1');
    const object = { handleEvent: caller('2') };
    for (let count = 0; count < 2; count++) {
      on.target.addEventListener('open', listener);
      on.target.addEventListener('open', object, { passive: true });
    }
    on.fire('open');
    expect(calls).toEqual(['1', '2']);
  });

  test('with capture, it is another listener', () => {
    const listener = caller('1');
    on.target.addEventListener('open', listener);
    on.target.addEventListener('open', listener, true);
    on.target.addEventListener('open', listener, { capture: true });
    on.fire('open');
    expect(calls).toEqual(['1', '1']);
    on.target.removeEventListener('open', listener, { capture: true });
    on.fire('open');
    expect(calls).toEqual(['1', '1', '1']);
    on.target.removeEventListener('open', listener, false);
    on.fire('open');
    expect(calls).toHaveLength(3);
  });

  test('once: removed before it is called', () => {
    on.target.addEventListener('open', () => void on.fire('open'), { once: true });
    on.target.addEventListener('open', caller('1'), { once: true });
    on.fire('open');
    on.fire('open');
    expect(calls).toEqual(['1']);
  });

  test('signal: removed when it aborts, also during a dispatch', () => {
    const controller = new AbortController();
    const { signal } = controller;
    on.target.onopen = () => calls.push('before');
    on.target.addEventListener('open', caller('1'), { signal });
    on.fire('open');
    on.target.onopen = () => controller.abort();
    on.fire('open');
    on.fire('open');
    expect(calls).toEqual(['before', '1']);
  });

  test('a signal that has already aborted: never added', () => {
    on.target.addEventListener('open', caller('1'), { signal: AbortSignal.abort() });
    on.fire('open');
    expect(calls).toEqual([]);
  });

  test('null is no listener, and no mistake', () => {
    on.target.addEventListener('open', null);
    on.target.removeEventListener('open', null);
    on.fire('open');
  });

  test.each([undefined, 42, 'listener', true])('%p is a mistake', (listener) => {
    expect(() => on.target.addEventListener('open', listener as never)).toThrow(TypeError);
    expect(() => on.target.on('open', listener as never)).toThrow(TypeError);
    expect(() => on.target.once('open', listener as never)).toThrow(TypeError);
  });

  test('removing what was never added has no effect', () => {
    on.target.removeEventListener('open', caller('1'));
    on.target.onclose = caller('close');
    on.target.removeEventListener('close', caller('2'));
    on.fire('close');
    expect(calls).toEqual(['close']);
  });
});

describe('the on… attributes', () => {
  const NAMES = ['open', 'message', 'error', 'close'] as const;

  test.each(NAMES)('on%s is null, then what it is set to', (name) => {
    const attribute = `on${name}` as const;
    expect(on.target[attribute]).toBeNull();
    const listener = caller(name);
    on.target[attribute] = listener;
    expect(on.target[attribute]).toBe(listener);
    on.fire(name);
    on.target[attribute] = null;
    expect(on.target[attribute]).toBeNull();
    on.fire(name);
    expect(calls).toEqual([name]);
  });

  test('one that is replaced keeps its place in the order', () => {
    on.target.onopen = caller('1');
    on.target.on('open', caller('2'));
    on.target.onopen = caller('replaced');
    on.fire('open');
    expect(calls).toEqual(['replaced', '2']);
  });

  test('one that was null in between goes to the end', () => {
    on.target.onopen = caller('1');
    on.target.on('open', caller('2'));
    on.target.onopen = null;
    on.target.onopen = caller('replaced');
    on.fire('open');
    expect(calls).toEqual(['2', 'replaced']);
  });

  test.each([42, 'listener', undefined, true])('what is set to %p becomes null', (value) => {
    on.target.onopen = caller('1');
    on.target.onopen = value as never;
    expect(on.target.onopen).toBeNull();
    on.fire('open');
    expect(calls).toEqual([]);
  });

  test.each([{}, { handleEvent: (): unknown => calls.push('handled') }, []])(
    'the object %p is kept, and not called',
    (object) => {
      on.target.onopen = object as never;
      expect(on.target.onopen).toBe(object);
      on.fire('open');
      expect(calls).toEqual([]);
    },
  );

  test('they are apart from addEventListener, with the same function too', () => {
    const listener = caller('1');
    on.target.onopen = listener;
    on.target.addEventListener('open', listener);
    on.target.removeEventListener('open', listener);
    on.fire('open');
    expect(calls).toEqual(['1']);
  });
});

describe("Node's habits", () => {
  test('on adds every time, off removes one', () => {
    const listener = caller('1');
    expect(on.target.on('open', listener).addListener('open', listener)).toBe(on.target);
    on.fire('open');
    expect(calls).toEqual(['1', '1']);
    on.target.off('open', listener);
    on.fire('open');
    expect(calls).toHaveLength(3);
    expect(on.target.removeListener('open', listener)).toBe(on.target);
    on.fire('open');
    expect(calls).toHaveLength(3);
  });

  test('what once has added can be removed, and is called once', () => {
    const removed = caller('removed');
    on.target.once('open', removed).off('open', removed).once('open', caller('1'));
    on.fire('open');
    on.fire('open');
    expect(calls).toEqual(['1']);
  });

  test('off before anything was added has no effect', () => {
    expect(on.target.off('open', caller('1'))).toBe(on.target);
  });

  test('events.once gives the next event, of several in a row', async () => {
    const { client, server } = new Joined().open();
    server.send('one');
    server.send('two');
    for (const text of ['one', 'two']) {
      const [event] = (await once(client as never, 'message')) as [MessageEvent];
      expect(event.data).toBe(text);
    }
    client.close();
    const [event] = (await once(client as never, 'close')) as [CloseEvent];
    expect(event.code).toBe(1005);
  });

  test('events.once and events.on reject with the error when the connection fails', async () => {
    const { client, openings } = new Joined();
    const refused = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
    const waiting = [
      once(client as never, 'open'),
      once(client as never, 'message', { signal: new AbortController().signal }),
      eventsOf(client as never, 'message').next(),
    ];
    const settledAll = Promise.allSettled(waiting);
    openings.client.fail(refused);
    expect(await settledAll).toEqual(waiting.map(() => ({ status: 'rejected', reason: refused })));
    expect(client.listenerCount('error')).toBe(0);
  });

  test('events.once leaves no listener behind when what it waits for has come', async () => {
    const { client, openings } = new Joined();
    const open = once(client as never, 'open');
    expect(client.listenerCount('error')).toBe(1);
    openings.client.open();
    await open;
    expect(client.listenerCount('error')).toBe(0);
  });

  test('events.once of error gives the event, and so does a listener of any other name', async () => {
    const { client, openings } = new Joined();
    const heard: unknown[] = [];
    const errorListener = (event: unknown): unknown => heard.push(event);
    client.on('error', errorListener);
    const error = once(client as never, 'error');
    openings.client.fail(new Error('refused'));
    const [event] = (await error) as [unknown];
    expect(event).toMatchObject({ type: 'error', message: 'refused' });
    expect(heard).toEqual([event]);
  });

  test('getEventListeners gives all of them, as they were passed', () => {
    const { client } = new Joined();
    const [first, second, third, fourth] = ['1', '2', '3', '4'].map(caller);
    client.addEventListener('error', first);
    client.once('error', second);
    client.onerror = third;
    client.on('open', fourth);
    expect(getEventListeners(client as never, 'error')).toEqual([first, second, third]);
    expect(getEventListeners(client as never, 'open')).toEqual([fourth]);
    expect(client.listeners('message')).toEqual([]);
    const waiting = once(client as never, 'message');
    waiting.catch(() => undefined);
    expect(client.listeners('error').at(-1)).toHaveProperty('name', 'errorListener');
  });

  test('events.on is an iterator over them', async () => {
    const { client, server } = new Joined().open();
    const heard: unknown[] = [];
    server.send('one');
    server.send('two');
    for await (const [event] of eventsOf(client as never, 'message') as AsyncIterable<
      [MessageEvent]
    >) {
      if (heard.push(event.data) === 2) break;
    }
    expect(heard).toEqual(['one', 'two']);
    await settled();
  });
});
