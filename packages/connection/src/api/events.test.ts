import assert from 'node:assert';
import { expectTypeOf } from 'expect-type';
import { Joined } from '../../test/memory-opening';
import type { Ending } from '../lifecycle/ending';
import { CloseEvent, ControlEvent, ErrorEvent, MessageEvent, SocketEvent } from './events';
import type { WebSocketEventMap, WebSocketEventType } from './events';

const { client } = new Joined();
const HI = Buffer.from('hi');
const ENDING: Ending = {
  code: 4000,
  reason: 'bye',
  wasClean: true,
  initiator: 'remote',
  cause: new Error('lost'),
  sent: { code: 4000, reason: '' },
  received: { code: 4000, reason: 'bye' },
};
const EVENTS = [
  new SocketEvent('open', client),
  new MessageEvent(client, 'text'),
  new ControlEvent('ping', client, Buffer.of(1)),
  new CloseEvent(client, ENDING),
  new ErrorEvent(client, new Error('failed')),
];

test.each(EVENTS)("$type is an event of the runtime's own kind, with all attributes", (event) => {
  expect(event).toBeInstanceOf(Event);
  expect(event).toMatchObject({
    target: client,
    srcElement: client,
    currentTarget: null,
    eventPhase: Event.NONE,
    bubbles: false,
    cancelable: false,
    composed: false,
    defaultPrevented: false,
    returnValue: true,
    cancelBubble: false,
    isTrusted: true,
  });
  expect(event.composedPath()).toEqual([]);
});

test.each(EVENTS)('$type cannot be cancelled', (event) => {
  event.preventDefault();
  event.stopPropagation();
  expect([event.defaultPrevented, event.cancelBubble]).toEqual([false, false]);
});

test.each(EVENTS)('$type has every attribute that such an event of the runtime has', (event) => {
  let kind: object | null = event;
  for (; kind !== null; kind = Object.getPrototypeOf(kind) as object | null) {
    for (const name of Object.getOwnPropertyNames(kind)) {
      expect(() => Reflect.get(event, name) as unknown).not.toThrow();
    }
  }
});

test('timeStamp is on the clock of performance.now(), and stays', () => {
  const before = performance.now();
  const event = new SocketEvent('open', client);
  const { timeStamp } = event;
  expect(timeStamp).toBeGreaterThanOrEqual(before);
  expect(timeStamp).toBeLessThanOrEqual(performance.now());
  expect(event.timeStamp).toBe(timeStamp);
});

describe('what an event says is its own and enumerable, and nothing else is', () => {
  const target = client;
  const error = new Error('failed');
  test.each<[SocketEvent, string, object]>([
    [new SocketEvent('open', target), 'Event', { type: 'open' }],
    [new MessageEvent(target, 'hi'), 'MessageEvent', { type: 'message', data: 'hi' }],
    [new ControlEvent('ping', target, HI), 'ControlEvent', { type: 'ping', data: HI }],
    [new CloseEvent(target, ENDING), 'CloseEvent', { type: 'close', ...ENDING }],
    [new ErrorEvent(target, error), 'ErrorEvent', { type: 'error', message: 'failed', error }],
  ])('$type', (event, name, said) => {
    event.currentTarget = target;
    event.stopImmediatePropagation();
    expect(event.timeStamp).toBeGreaterThan(0);
    const copy: object = Object.assign({}, event);
    assert.deepStrictEqual(copy, said);
    expect(Object.keys(structuredClone(copy)).sort()).toEqual(Object.keys(said).sort());
    expect(Reflect.ownKeys(event).sort()).toEqual(Object.keys(said).sort());
    expect(Object.prototype.toString.call(event)).toBe(`[object ${name}]`);
    expect(String(event as unknown)).toBe(`[object ${name}]`);
  });

  test('two that say the same are equal, whoever they happened to', () => {
    const [one, same, other] = ['hi', 'hi', 'ho'].map((data) => {
      return new MessageEvent(new Joined().client, data);
    });
    assert.deepEqual(one, same);
    assert.deepStrictEqual(one, same);
    assert.notDeepStrictEqual(one, other);
    expect(one).toEqual(same);
    expect(one).not.toEqual(other);
  });

  test('the cause of an end is asked for when somebody looks', () => {
    let looks = 0;
    const cause = new Error('lost');
    const event = new CloseEvent(client, {
      ...ENDING,
      get cause() {
        looks++;
        return cause;
      },
    });
    looks = 0;
    expect(Object.keys(event)).toContain('cause');
    expect(looks).toBe(0);
    expect([event.cause, looks]).toEqual([cause, 1]);
  });
});

describe('MessageEvent', () => {
  test('is one of the runtime', () => {
    expect(new MessageEvent(client, 'text')).toBeInstanceOf(globalThis.MessageEvent);
  });

  test('has the data, and the origin of the URL', () => {
    const event = new MessageEvent(client, 'text');
    expect([event.type, event.data, event.origin]).toEqual([
      'message',
      'text',
      'ws://example.test',
    ]);
    expect([event.lastEventId, event.source, event.ports]).toEqual(['', null, []]);
  });
});

test('CloseEvent has all that there is to know about the end', () => {
  expect(new CloseEvent(client, ENDING)).toMatchObject({ type: 'close', ...ENDING });
});

test('ErrorEvent has the error, and its message', () => {
  const error = new Error('failed');
  const event = new ErrorEvent(client, error);
  expect([event.type, event.error, event.message]).toEqual(['error', error, 'failed']);
});

test('ErrorEvent has what an ErrorEvent of a script has, of which Node 26 has a class', () => {
  const { filename, lineno, colno } = new ErrorEvent(client, new Error('failed'));
  expect({ filename, lineno, colno }).toEqual({ filename: '', lineno: 0, colno: 0 });
});

test('ControlEvent has the payload', () => {
  const event = new ControlEvent('pong', client, Buffer.of(1));
  expect([event.type, event.data]).toEqual(['pong', Buffer.of(1)]);
});

test('what can be seen of an event is not shared with another', () => {
  const [one, other] = [new SocketEvent('open', client), new SocketEvent('open', client)];
  one.stopImmediatePropagation();
  expect([one.cancelBubble, other.cancelBubble]).toEqual([true, false]);
});

test('WebSocketEventType has the names of all events', () => {
  expectTypeOf<WebSocketEventType>().toEqualTypeOf<keyof WebSocketEventMap>();
});
