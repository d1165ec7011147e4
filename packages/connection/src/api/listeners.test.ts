/** How listeners are called: WHATWG DOM §2.9, HTML §8.1.8.1. */
import { settled } from '../../test/duplex-pair';
import { listening, uncaughtFrom } from '../../test/listening';
import type { Listening } from '../../test/listening';
import { Joined } from '../../test/memory-opening';
import { ListenerTable } from './listeners';

let on: Listening;
let calls: string[];

beforeEach(() => {
  on = listening();
  calls = [];
});

const caller = (name: string) => (): void => void calls.push(name);

test('in the order of their registration, however they came in', () => {
  const { target } = on;
  target.addEventListener('open', caller('1'));
  target.onopen = caller('2');
  target.on('open', caller('3'));
  target.addEventListener('open', { handleEvent: caller('4') });
  target.once('open', caller('5'));
  on.fire('open');
  expect(calls).toEqual(['1', '2', '3', '4', '5']);
});

test('those of the event’s type only', () => {
  on.target.onopen = caller('open');
  on.target.onclose = caller('close');
  on.fire('close');
  expect(calls).toEqual(['close']);
});

test('with the target as this, which a handleEvent method has its object for', () => {
  const seen: unknown[] = [];
  const object = {
    handleEvent(): void {
      seen.push(this);
    },
  };
  on.target.addEventListener('open', function (this: unknown) {
    seen.push(this);
  });
  on.target.addEventListener('open', object);
  on.fire('open');
  expect(seen).toEqual([on.target, object]);
});

test('handleEvent is looked up at the time of the call', () => {
  const object = { handleEvent: caller('before') };
  on.target.addEventListener('open', object);
  object.handleEvent = caller('after');
  on.fire('open');
  expect(calls).toEqual(['after']);
});

test('currentTarget and eventPhase are set while listeners are called, and only then', () => {
  const seen: unknown[] = [];
  on.target.onopen = (event) => {
    seen.push(event.currentTarget, event.eventPhase, event.composedPath());
  };
  const event = on.fire('open');
  expect(seen).toEqual([on.target, Event.AT_TARGET, [on.target]]);
  expect([event.currentTarget, event.eventPhase, event.composedPath()]).toEqual([null, 0, []]);
});

describe('during a dispatch', () => {
  test('one that is added is not called by it', () => {
    on.target.onopen = () => on.target.addEventListener('open', caller('added'));
    on.fire('open');
    expect(calls).toEqual([]);
    on.fire('open');
    expect(calls).toEqual(['added']);
  });

  test('one that is removed is not called any more', () => {
    const second = caller('second');
    on.target.addEventListener('open', () => on.target.removeEventListener('open', second));
    on.target.addEventListener('open', second);
    on.target.on('open', caller('third'));
    on.fire('open');
    expect(calls).toEqual(['third']);
  });

  test('one that is removed and added again is called from the next time on', () => {
    const second = caller('second');
    const again = (): void => {
      on.target.removeEventListener('open', second);
      on.target.addEventListener('open', second);
    };
    on.target.addEventListener('open', again, { once: true });
    on.target.addEventListener('open', second);
    on.fire('open');
    expect(calls).toEqual([]);
    on.fire('open');
    expect(calls).toEqual(['second']);
  });

  test('stopImmediatePropagation ends it', () => {
    on.target.on('open', (event) => event.stopImmediatePropagation());
    on.target.on('open', caller('second'));
    expect(on.fire('open').cancelBubble).toBe(true);
    expect(calls).toEqual([]);
  });

  test('an event may be dispatched inside of another', () => {
    on.target.once('open', () => {
      on.fire('open');
      calls.push('outer');
    });
    on.target.on('open', caller('inner'));
    on.fire('open');
    expect(calls).toEqual(['inner', 'outer', 'inner']);
  });
});

describe('what a listener returns or throws', () => {
  test('returning anything has no effect', async () => {
    on.target.onopen = () => false;
    on.target.on('open', () => Promise.resolve());
    const uncaught = await uncaughtFrom(() => expect(on.fire('open').defaultPrevented).toBe(false));
    expect(uncaught).toEqual([]);
  });

  test('throwing is reported as an uncaught exception; the others are called all the same', async () => {
    const errors = ['1', '2', '3'].map((text) => new Error(text));
    on.target.onopen = () => {
      throw errors[0];
    };
    on.target.addEventListener('open', {
      handleEvent: () => {
        throw errors[1];
      },
    });
    on.target.on('open', () => {
      throw errors[2];
    });
    on.target.on('open', caller('last'));
    const uncaught = await uncaughtFrom(() => void on.fire('open'));
    expect(uncaught).toEqual(errors);
    expect(calls).toEqual(['last']);
  });

  test('an object that has no handleEvent method is reported likewise', async () => {
    on.target.addEventListener('open', {} as never);
    const uncaught = await uncaughtFrom(() => void on.fire('open'));
    expect(uncaught).toEqual([expect.any(TypeError)]);
  });

  test('the connection goes on, whichever listener throws', async () => {
    const joined = new Joined();
    const { client, server } = joined;
    const fail = (): never => {
      throw new Error('application');
    };
    server.onopen = server.onclose = fail;
    server.onmessage = ({ data }) => {
      server.send(`echo ${data as string}`);
      fail();
    };
    const heard: unknown[] = [];
    client.onmessage = ({ data }) => heard.push(data);
    client.onclose = ({ code }) => heard.push(code);
    const uncaught = await uncaughtFrom(async () => {
      joined.open();
      client.send('1');
      client.send('2');
      await settled();
      client.close(1000);
      await settled();
    });
    expect(uncaught).toHaveLength(4);
    expect(heard).toEqual(['echo 1', 'echo 2', 1000]);
  });
});

test('the first listener for messages to be added after it was asked for is announced, once', () => {
  const table = new ListenerTable();
  table.whenHeard = () => calls.push('heard');
  table.add('open', () => {}, 'emitter', false);
  expect(calls).toEqual([]);
  table.add('message', () => {}, 'emitter', false);
  table.add('message', () => {}, 'emitter', false);
  expect(calls).toEqual(['heard']);
});
