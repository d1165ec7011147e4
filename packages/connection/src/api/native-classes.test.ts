import { standInFor } from './native-classes';

const UNDICI = 'NativeModule internal/deps/undici/undici';

class Late extends Event {}

let loads: number;
let moduleLoadList: string[];

/** A Node that loads the class LateEvent when it is first used. */
function node(version: string): Parameters<typeof standInFor>[3] {
  Object.defineProperty(globalThis, 'LateEvent', {
    configurable: true,
    get() {
      loads++;
      moduleLoadList.push(UNDICI);
      return Late;
    },
  });
  return { versions: { ...process.versions, node: version }, moduleLoadList };
}

/** An event of ours, in front of LateEvent. */
function eventOn(version: string, name = 'LateEvent'): { readonly at: string } {
  class Ours {
    readonly at = 'ours';
  }
  standInFor(Ours, Ours, name, node(version));
  return new Ours();
}

function lateEvent(): typeof Late {
  return (globalThis as unknown as { LateEvent: typeof Late }).LateEvent;
}

beforeEach(() => {
  loads = 0;
  moduleLoadList = [];
});

afterEach(() => void Reflect.deleteProperty(globalThis, 'LateEvent'));

test('a class of undici is not loaded, and ours is one of it once it is', () => {
  const event = eventOn('24.1.0');
  expect([event instanceof Event, event instanceof Late, loads]).toEqual([true, false, 0]);
  expect([event instanceof lateEvent(), event instanceof Event]).toEqual([true, true]);
});

test('a class of undici that is loaded is behind ours', () => {
  moduleLoadList.push(UNDICI);
  const event = eventOn('24.1.0');
  expect(Object.getPrototypeOf(Object.getPrototypeOf(event))).toBe(Late.prototype);
});

test.each(['20.19.0', '99.0.0'])(
  'in Node %s, the class is behind ours from the beginning',
  (version) => {
    expect(eventOn(version)).toBeInstanceOf(Late);
  },
);

test('what an event does not have itself is looked for as in other objects', () => {
  const event: { at: string; other?: number } = eventOn('24.1.0');
  expect([event.at, event.other, 'preventDefault' in event]).toEqual(['ours', undefined, true]);
  event.other = 1;
  expect(Object.entries(event)).toEqual([
    ['at', 'ours'],
    ['other', 1],
  ]);
});

test('where there is no such class, ours is an Event by its name', () => {
  const event = eventOn('24.1.0', 'NoEvent');
  lateEvent();
  expect(event).toBeInstanceOf(Event);
  expect(Object.prototype.toString.call(event)).toBe('[object NoEvent]');
});
