/** Listeners cannot tell it from a MessageEvent that was made by its own class. */
import { inspect } from 'node:util';
import { Joined } from '../../test/memory-opening';
import { MessageEvent } from './events';
import { receivedMessage } from './received-message';

const { client } = new Joined();
const HI = Buffer.from('hi');

/** Once read, it is another one for each event. */
const OF_ITS_OWN = 'timeStamp';

/** All that an object has and inherits, but for what every object does. */
function namesOf(instance: object): PropertyKey[] {
  const names = new Set<PropertyKey>();
  let each: object | null = instance;
  while (each !== null && each !== Object.prototype) {
    for (const name of Reflect.ownKeys(each)) names.add(name);
    each = Object.getPrototypeOf(each) as object | null;
  }
  return [...names].filter((name) => name !== OF_ITS_OWN);
}

const made = new MessageEvent(client, HI);
const received = receivedMessage(client, HI);

/** What the runtime's own class has, and refuses to those that it has not made. */
function read(event: MessageEvent, name: PropertyKey): unknown {
  try {
    return Reflect.get(event, name);
  } catch (error) {
    return (error as Error).message;
  }
}

test.each(namesOf(made).map((name) => [String(name), name]))('%s is the same', (_text, name) => {
  expect(read(received, name)).toEqual(read(made, name));
});

test('has nothing else, and its own properties in the same order', () => {
  expect(new Set(namesOf(received))).toEqual(new Set(namesOf(made)));
  expect(Object.entries(received)).toEqual(Object.entries(made));
  expect(Object.keys(Object.getOwnPropertyDescriptors(received))).toEqual(['type', 'data']);
});

test('is an instance of both classes, and shown as one', () => {
  expect(received).toBeInstanceOf(MessageEvent);
  expect(received).toBeInstanceOf(globalThis.MessageEvent);
  expect(inspect(received)).toBe(inspect(made));
  expect(JSON.stringify(received)).toBe(JSON.stringify(made));
});

test('takes a current target, and the end of its propagation', () => {
  const event = receivedMessage(client, HI);
  event.currentTarget = client;
  expect([event.currentTarget, event.eventPhase]).toEqual([client, Event.AT_TARGET]);
  expect(event.composedPath()).toEqual([client]);
  event.stopImmediatePropagation();
  expect(event.cancelBubble).toBe(true);
});

test('timeStamp is on the clock of performance.now(), and stays', () => {
  const before = performance.now();
  const { timeStamp } = received;
  expect(timeStamp).toBeGreaterThanOrEqual(before);
  expect(timeStamp).toBeLessThanOrEqual(performance.now());
  expect(received.timeStamp).toBe(timeStamp);
});
